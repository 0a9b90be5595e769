import { Alert, Button, Group, List, Loader, Paper, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconAlertTriangle from '@tabler/icons-react/icons/IconAlertTriangle';
import IconShieldCheck from '@tabler/icons-react/icons/IconShieldCheck';
import { useTranslation } from 'react-i18next';
import type { Verification, VerificationFinding } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useVerify, verificationQuery } from './api.ts';

/** Recomputes every history and every seal, and says the first entry that does not fit. */
export function VerificationPart() {
  const { t } = useTranslation();
  const found = useQuery(verificationQuery);
  const verify = useVerify();
  const isRunning = found.data?.state === 'running';
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} aria-label={t('audit.verify')}>
      <Stack>
        <Title order={2} size="h3">
          {t('audit.verify')}
        </Title>
        <Text c="dimmed" size="sm" maw={680}>
          {t('audit.verifyWhat')}
        </Text>
        <div aria-live="polite">
          <QueryState query={found} blocks={1}>
            {(verification) => <Result verification={verification} />}
          </QueryState>
        </div>
        {verify.isError && <ProblemAlert error={verify.error} />}
        <Group>
          <Button onClick={() => verify.mutate()} loading={verify.isPending} disabled={isRunning}>
            {t('audit.verifyNow')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

function Result({ verification }: { verification: Verification }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { state, finishedAt, entries = 0, records = 0, seals = 0, unsealed = 0, findings = [] } = verification;
  if (state === 'none') return null;
  if (state === 'running')
    return (
      <Group gap="sm">
        <Loader size="sm" aria-hidden />
        <Text>{t('audit.running')}</Text>
      </Group>
    );
  if (state === 'failed') return <Alert color="clay" title={t('audit.failed')} />;
  const at = finishedAt === undefined ? '' : format.instant(finishedAt);
  const figures = {
    entries: format.number(entries),
    records: format.number(records),
    seals: format.number(seals),
    unsealed: format.number(unsealed),
  };
  return findings.length === 0 ? (
    <Alert color="leaf" variant="light" icon={<IconShieldCheck aria-hidden />} title={t('audit.fits', { at })}>
      {t('audit.fitsWhat', figures)}
    </Alert>
  ) : (
    <Alert color="clay" variant="light" icon={<IconAlertTriangle aria-hidden />} title={t('audit.misfits', { at })}>
      <List size="sm">
        {findings.map((finding) => (
          <List.Item key={JSON.stringify(finding)} className="xanh-any-break">
            <FindingText finding={finding} />
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function FindingText({ finding: { what, collection, id, seq, day = '', seal } }: { finding: VerificationFinding }) {
  const { t } = useTranslation();
  const format = useFormat();
  const shownDay = /^\d{4}-\d\d-\d\d$/.test(day) ? format.day(day) : day;
  const where =
    collection === undefined
      ? t('audit.ofSeal', { seal, day: shownDay })
      : t(seq === undefined ? 'audit.ofLeaf' : 'audit.ofEntry', { collection, id, seq, seal, day: shownDay });
  return (
    <>
      {where}: {t(`audit.finding.${what}`)}
    </>
  );
}
