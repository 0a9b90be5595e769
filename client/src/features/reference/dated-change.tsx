import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import type { ReactNode, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemAlert } from '../../ui/problem-alert.tsx';

interface DatedChangeProps {
  title: string;
  isBusy: boolean;
  error: unknown;
  /** The pointers that a field of the form shows by itself. */
  shownAtFields: string[];
  onSave: () => void;
  onCancel: () => void;
  children: ReactNode;
}

/** The operator's form of one dated change of the law, with what it does to purchases. */
export function DatedChange({ title, isBusy, error, shownAtFields, onSave, onCancel, children }: DatedChangeProps) {
  const { t } = useTranslation();
  const save = (event: SyntheticEvent) => {
    event.preventDefault();
    onSave();
  };
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} className="xanh-soft xanh-no-print" aria-label={title}>
      <form onSubmit={save}>
        <Stack maw={760}>
          <Title order={2} size="h3">
            {title}
          </Title>
          {children}
          <Text size="sm" c="dimmed">
            {t('reference.consequence')}
          </Text>
          {error !== null && <ProblemAlert error={error} shownAtFields={shownAtFields} />}
          <Group>
            <Button type="submit" loading={isBusy}>
              {t('reference.save')}
            </Button>
            <Button variant="default" onClick={onCancel}>
              {t('state.cancel')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Paper>
  );
}
