import { Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MeActor } from '../../../../schemas/types.d.ts';
import { OnlyFor } from '../../ui/only-for.tsx';
import { Page } from '../../ui/page.tsx';
import { CheckElsewhere } from './check-elsewhere.tsx';
import { SealsPart } from './seals-part.tsx';
import { VerificationPart } from './verification-part.tsx';

const auditors = new Set<MeActor['role']>(['operator', 'auditor']);

/** Whether the history fits, the seals over its days, and how to check both elsewhere. */
export function AuditPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('audit.title')} lead={t('audit.lead')}>
      <OnlyFor may={({ role }) => auditors.has(role)} title={t('audit.auditorsOnly')}>
        {() => (
          <Stack gap="xl">
            <VerificationPart />
            <CheckElsewhere />
            <SealsPart />
          </Stack>
        )}
      </OnlyFor>
    </Page>
  );
}
