import { NativeSelect, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconMoodSearch from '@tabler/icons-react/icons/IconMoodSearch';
import { useTranslation } from 'react-i18next';
import type { Need, NeedMap } from '../../../../schemas/types.d.ts';
import { meQuery } from '../../api/me.ts';
import { provincesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { followsQuery, needsQuery } from './api.ts';
import { FollowedNeeds } from './followed-needs.tsx';
import { NeedCard } from './need-card.tsx';
import { isMet } from './need.ts';
import { OtherGroups } from './other-groups.tsx';

/** What agencies look for in vain, beside what there is, by product group. */
export function NeedsPage() {
  const { t } = useTranslation();
  const [params, change] = useAddress();
  const province = params.get('province') ?? undefined;
  const needs = useQuery(needsQuery(province));
  return (
    <Page title={t('needs.title')} lead={t('needs.lead')}>
      <Stack gap="xl">
        <ProvinceSelect value={province} onChange={(code) => change({ province: code })} />
        <QueryState query={needs}>{(map) => <NeedList map={map} />}</QueryState>
      </Stack>
    </Page>
  );
}

function ProvinceSelect({ value, onChange }: { value: string | undefined; onChange: (code: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: provinces = [] } = useQuery(provincesQuery(undefined));
  const names = provinces.map(({ code, name }) => ({ value: code, label: format.text(name) }));
  return (
    <NativeSelect
      label={t('needs.province')}
      maw={320}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value)}
      data={[
        { value: '', label: t('needs.wholeCountry') },
        ...names.toSorted((a, b) => a.label.localeCompare(b.label, format.language)),
      ]}
    />
  );
}

function NeedList({ map }: { map: NeedMap }) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const mayFollow = me?.actor?.role === 'supplier' || me?.actor?.role === 'certifier';
  const { data: follows } = useQuery({ ...followsQuery, enabled: mayFollow });
  const followed = follows && new Set(follows.items.map(({ group }) => group));
  const told = map.items.filter(({ published }) => published !== null).toSorted(byAsks);
  const most = {
    asks: Math.max(1, ...told.map(asksOf)),
    accepted: Math.max(1, ...told.map(({ accepted }) => accepted)),
  };
  const parts = [
    { key: 'unmet', items: told.filter((need) => !isMet(need)) },
    { key: 'met', items: told.filter(isMet) },
  ] as const;
  return (
    <>
      {follows && <FollowedNeeds follows={follows.items} needs={map.items} />}
      {told.length === 0 && (
        <EmptyNote icon={<IconMoodSearch />} title={t('needs.none', { fewest: map.fewest })}>
          {t('needs.noneWhy', { fewest: map.fewest })}
        </EmptyNote>
      )}
      {parts
        .filter(({ items }) => items.length > 0)
        .map(({ key, items }) => (
          <section key={key} aria-labelledby={`needs-${key}`}>
            <Title order={2} size="h3" id={`needs-${key}`}>
              {t(`needs.${key}`)}
            </Title>
            <Text size="sm" c="dimmed" mb="md">
              {t(`needs.${key}What`)}
            </Text>
            <Stack component="ul" gap="md" className="xanh-list">
              {items.map((need) => (
                <NeedCard key={need.group} need={need} most={most} follows={followed?.has(need.group)} />
              ))}
            </Stack>
          </section>
        ))}
      <OtherGroups
        needs={map.items.filter(({ published }) => published === null)}
        fewest={map.fewest}
        followed={followed}
      />
      <Text size="sm" c="dimmed">
        {t('needs.how', { fewest: map.fewest })}
      </Text>
    </>
  );
}

function asksOf({ published }: Need): number {
  return published?.asks ?? 0;
}

function byAsks(a: Need, b: Need): number {
  return asksOf(b) - asksOf(a);
}
