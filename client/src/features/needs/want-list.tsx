import { Anchor, Badge, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { NeedWant, ProductGroup } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { searchOf } from './need.ts';

/** What was asked for in a group, and whether it can be had today. */
export function WantList({ group, wants }: { group: string; wants: NeedWant[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  const about = groups.find(({ code }) => code === group);
  return (
    <>
      <Text size="sm" fw={600} mt="md">
        {t('needs.wants')}
      </Text>
      <ul className="xanh-list">
        {wants.map(({ attributes, agencies, asks, matching }) => (
          <li key={JSON.stringify(attributes)}>
            <Text size="sm">
              <Anchor component={Link} to={searchOf(group, attributes)} underline="always">
                {said(attributes, about, format.text)}
              </Anchor>{' '}
              · {t('needs.wantBy', { count: asks, agencies: format.number(agencies) })}{' '}
              <Badge variant="light" color={matching > 0 ? 'leaf' : 'amber'} className="xanh-badge">
                {matching > 0 ? t('needs.matching', { count: matching }) : t('needs.noMatch')}
              </Badge>
            </Text>
          </li>
        ))}
      </ul>
    </>
  );
}

type Say = ReturnType<typeof useFormat>['text'];

/** Attributes in words: Định lượng 80 g/m², Khổ A4. */
function said(attributes: NeedWant['attributes'], group: ProductGroup | undefined, text: Say): string {
  return Object.entries(attributes)
    .map(([key, values]) => {
      const attribute = group?.attributes?.find((one) => one.key === key);
      const nameOf = (value: string) => {
        const code = attribute?.codes?.find((one) => one.value === value);
        return code ? text(code.name) : value.replace('..<', ' – < ').replace('..', ' – ');
      };
      const unit = attribute?.unit ? ` ${attribute.unit.symbol}` : '';
      return `${attribute ? text(attribute.name) : key} ${values.split(',').map(nameOf).join(', ')}${unit}`;
    })
    .join(' · ');
}
