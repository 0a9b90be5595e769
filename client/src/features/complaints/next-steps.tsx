import { List, Paper, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';

const steps = ['check', 'reply', 'decide'] as const;

/** What becomes of a report, and by when. */
export function NextSteps() {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="aside" aria-label={t('complaint.next.title')}>
      <Title order={2} size="h3" mb="sm">
        {t('complaint.next.title')}
      </Title>
      <List type="ordered" spacing="xs" size="sm">
        {steps.map((step) => (
          <List.Item key={step}>{t(`complaint.next.${step}`)}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mt="md">
        {t('complaint.changesNothing')}
      </Text>
    </Paper>
  );
}
