import { Button, CopyButton, Group, Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import IconCircleCheck from '@tabler/icons-react/icons/IconCircleCheck';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Complaint } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** The report is in: its number, by which it can be followed, and what comes next. */
export function ReportDone({ complaint: { reference, checkDueOn } }: { complaint: Complaint }) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Paper p={{ base: 'lg', sm: 'xl' }} className="xanh-soft" maw={680} component="output" display="block">
      <Stack gap="sm">
        <Group gap="sm">
          <ThemeIcon size={40} radius="xl" color="leaf.7" aria-hidden>
            <IconCircleCheck size={24} />
          </ThemeIcon>
          <Title order={2} size="h3">
            {t('complaint.sent')}
          </Title>
        </Group>
        <Text>{t('complaint.sentWhat', { day: format.day(checkDueOn) })}</Text>
        <Group gap="sm">
          <Text size="xl" fw={700} className="xanh-figure">
            {reference}
          </Text>
          <CopyButton value={reference}>
            {({ copied, copy }) => (
              <Button variant="default" size="compact-md" onClick={copy}>
                {copied ? t('complaint.copied') : t('complaint.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
        <Text size="sm" c="dimmed">
          {t('complaint.keepNumber')}
        </Text>
        <Group>
          <Button component={Link} to={`/complaints/${reference}`}>
            {t('complaint.follow')}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}
