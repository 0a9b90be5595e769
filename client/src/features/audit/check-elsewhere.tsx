import { Button, Code, Group, List, Paper, Stack, Text, Title } from '@mantine/core';
import IconDownload from '@tabler/icons-react/icons/IconDownload';
import { useTranslation } from 'react-i18next';

/** How to check the history with nothing of this register: the export, and a short program to read first. */
export function CheckElsewhere() {
  const { t } = useTranslation();
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} aria-label={t('audit.elsewhere')}>
      <Stack>
        <Title order={2} size="h3">
          {t('audit.elsewhere')}
        </Title>
        <Text c="dimmed" size="sm" maw={680}>
          {t('audit.elsewhereWhat')}
        </Text>
        <List type="ordered" spacing="xs">
          <List.Item>{t('audit.step1')}</List.Item>
          <List.Item>{t('audit.step2')}</List.Item>
          <List.Item>
            {t('audit.step3')}
            <Code block mt={6} className="xanh-copy">
              python3 docs/verify-history.py xanh-history.jsonl {t('audit.keptSeal')}
            </Code>
          </List.Item>
        </List>
        <Group>
          <Button
            component="a"
            href="/api/audit/export"
            download
            variant="default"
            leftSection={<IconDownload size={18} aria-hidden />}
          >
            {t('audit.download')}
          </Button>
        </Group>
        <Text size="sm" c="dimmed">
          {t('audit.notPublic')}
        </Text>
      </Stack>
    </Paper>
  );
}
