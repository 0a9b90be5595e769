import { Anchor, Paper, Title } from '@mantine/core';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { ShareReport } from '../../../../schemas/types.d.ts';
import { InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';

interface AssumptionsProps {
  report: ShareReport;
  knownAt: string | undefined;
}

function EditionLinks({ codes }: { codes: string[] }) {
  const { t } = useTranslation();
  if (codes.length === 0) return t('assume.noEdition');
  return codes.map((code, at) => (
    <Fragment key={code}>
      {at > 0 && ', '}
      <Anchor component={Link} to={`/priority-lists/${encodeURIComponent(code)}`}>
        {code}
      </Anchor>
    </Fragment>
  ));
}

/** What every figure of the page rests on. */
export function Assumptions({ report, knownAt }: AssumptionsProps) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'xl' }} className="xanh-soft">
      <Title order={2} size="h3" mb="md">
        {t('assume.title')}
      </Title>
      <Facts
        items={[
          { name: t('assume.value'), value: t('assume.beforeVat') },
          { name: t('assume.day'), value: t('assume.basisDate') },
          { name: t('assume.small'), value: t('assume.smallIncluded') },
          { name: t('assume.editions'), value: <EditionLinks codes={report.editions} /> },
          {
            name: t('assume.knownAt'),
            value: knownAt === undefined ? t('knownAt.now') : <InstantText instant={knownAt} />,
          },
          { name: t('assume.cutOff'), value: <InstantText instant={report.cutOff} /> },
          { name: t('assume.rules'), value: report.ruleVersions.join(', ') },
        ]}
      />
    </Paper>
  );
}
