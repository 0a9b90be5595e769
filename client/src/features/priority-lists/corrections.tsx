import { Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PriorityList, PriorityListCorrection } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { InstantText } from '../../ui/date-text.tsx';

/** What was put right in a published edition, by which document, and since when the register knows. */
export function Corrections({ edition: { corrections } }: { edition: PriorityList }) {
  const { t } = useTranslation();
  if (corrections === undefined || corrections.length === 0) return null;
  return (
    <Paper component="section" p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
      <Title order={2} size="h3" mb="xs">
        {t('editionCorrection.history')}
      </Title>
      <Text size="sm" c="dimmed" mb="sm">
        {t('editionCorrection.historyWhat')}
      </Text>
      <ul className="xanh-history">
        {corrections.map((correction) => (
          <li key={correction.recordedAt}>
            <Corrected correction={correction} />
          </li>
        ))}
      </ul>
    </Paper>
  );
}

function Corrected({ correction }: { correction: PriorityListCorrection }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { reason, document, entries, through, recordedAt } = correction;
  return (
    <>
      <b>
        <InstantText instant={recordedAt} />
      </b>
      : {reason}
      {document !== undefined && ` (${document})`}
      {entries !== undefined && ` · ${t('editionCorrection.newEntries', { count: entries.length })}`}
      {through !== undefined && ` · ${t('editionCorrection.newThrough', { day: format.day(through) })}`}
    </>
  );
}
