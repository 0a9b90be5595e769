import { Button, FileInput, Paper, Stack, Text } from '@mantine/core';
import IconFileSpreadsheet from '@tabler/icons-react/icons/IconFileSpreadsheet';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { PurchaseImport } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useSendLedger } from './import-api.ts';

interface ImportFileProps {
  root: string | undefined;
  onSent: (job: PurchaseImport) => void;
}

/** For which agency, and which file: chosen by keyboard or pointer, or dropped. */
export function ImportFile({ root, onSent }: ImportFileProps) {
  const { t } = useTranslation();
  const [agency, setAgency] = useState(root ?? '');
  const [file, setFile] = useState<File | null>(null);
  const [isOver, setIsOver] = useState(false);
  const send = useSendLedger();
  const submit = () => {
    if (file) send.mutate({ agency, file, key: createIdempotencyKey() }, { onSuccess: onSent });
  };
  return (
    <Stack gap="lg" maw={680}>
      <AgencySelect
        label={t('purchase.agency')}
        root={root}
        value={agency}
        onChange={(value) => setAgency(value ?? agency)}
      />
      <Paper
        p="lg"
        className="xanh-drop"
        data-over={isOver || undefined}
        onDragOver={(event) => {
          event.preventDefault();
          setIsOver(true);
        }}
        onDragLeave={() => setIsOver(false)}
        onDrop={(event) => {
          event.preventDefault();
          setIsOver(false);
          setFile(event.dataTransfer.files[0] ?? file);
        }}
      >
        <Stack gap="sm">
          <FileInput
            label={t('import.file')}
            description={t('import.fileHint')}
            placeholder={t('import.choose')}
            accept=".csv,.tsv,.txt,.xlsx,text/csv"
            leftSection={<IconFileSpreadsheet size={18} aria-hidden />}
            value={file}
            onChange={setFile}
          />
          <Text size="sm" c="dimmed">
            {t('import.drop')}
          </Text>
        </Stack>
      </Paper>
      {send.error !== null && <ProblemAlert error={send.error} />}
      <div>
        <Button disabled={file === null || agency === ''} loading={send.isPending} onClick={submit}>
          {t('import.check')}
        </Button>
      </div>
      <Text size="sm" c="dimmed">
        {t('import.checkNote')}
      </Text>
    </Stack>
  );
}
