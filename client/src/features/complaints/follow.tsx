import { Button, Paper, Stack, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';

/** Leads to a report by the number that its reporter was given. */
export function Follow() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [number, setNumber] = useState('');
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    void navigate(`/complaints/${encodeURIComponent(number.trim().toUpperCase())}`);
  };
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="form" onSubmit={submit}>
      <Stack gap="sm">
        <Title order={2} size="h3">
          {t('complaint.followTitle')}
        </Title>
        <TextInput
          label={t('complaint.number')}
          placeholder="PA-2026-…"
          required
          maxLength={20}
          value={number}
          onChange={({ currentTarget }) => setNumber(currentTarget.value)}
        />
        <Button type="submit" variant="default" w="fit-content">
          {t('complaint.open')}
        </Button>
      </Stack>
    </Paper>
  );
}
