import { Paper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { DayText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { OrganisationLink, ProvinceName } from '../../ui/names.tsx';

/** What is known of the organisation on the day. */
export function OrganisationFacts({ organisation, on }: { organisation: Organisation; on: string | undefined }) {
  const { t } = useTranslation();
  const { code, taxCode, budgetUnitCode, level, province, parent, from, through, successors, reportsFrom, source } =
    organisation;
  return (
    <Paper p={{ base: 'md', sm: 'lg' }}>
      <Facts
        className="xanh-facts xanh-facts-narrow"
        items={[
          { name: t('organisation.code'), value: code },
          taxCode !== undefined && { name: t('organisation.taxCode'), value: taxCode },
          budgetUnitCode !== undefined && { name: t('organisation.budgetUnitCode'), value: budgetUnitCode },
          level !== undefined && { name: t('organisation.level'), value: t(`organisation.levels.${level}`) },
          province !== undefined && {
            name: t('organisation.province'),
            value: <ProvinceName code={province} on={on} />,
          },
          parent !== undefined && { name: t('organisation.parent'), value: <OrganisationLink code={parent} /> },
          from !== undefined && { name: t('organisation.from'), value: <DayText day={from} /> },
          through !== undefined && { name: t('organisation.through'), value: <DayText day={through} /> },
          successors !== undefined && {
            name: t('organisation.successors'),
            value: successors.map((successor) => <OrganisationLink key={successor} code={successor} />),
          },
          reportsFrom !== undefined && { name: t('organisation.reportsFrom'), value: <DayText day={reportsFrom} /> },
          source !== undefined && { name: t('organisation.source'), value: source },
        ]}
      />
    </Paper>
  );
}
