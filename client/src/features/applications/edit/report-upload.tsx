import { SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../../ui/day-input.tsx';
import type { EvidenceToSend } from '../../../api/evidence.ts';
import { UploadField } from '../../../ui/upload-field.tsx';

interface ReportUploadProps {
  name: string;
  today: string;
  onSend: (sent: EvidenceToSend<'testReport'>) => void;
}

const nothing = { issuedOn: '', validThrough: '', laboratory: '', accreditation: '' };

/** A test report: who tested, by which accreditation, and when it was issued; then the file. */
export function ReportUpload({ name, today, onSend }: ReportUploadProps) {
  const { t } = useTranslation();
  const [values, setValues] = useState(nothing);
  const set = (field: keyof typeof nothing) => (value: string) => setValues({ ...values, [field]: value });
  const { issuedOn, validThrough, laboratory, accreditation } = values;
  const isWhole = issuedOn !== '' && laboratory.trim() !== '' && accreditation.trim() !== '';
  const send = (file: File, key: string) => {
    onSend({
      kind: 'testReport',
      file,
      key,
      issuedOn,
      ...(validThrough !== '' && { validThrough }),
      laboratory: { name: laboratory.trim(), accreditation: accreditation.trim() },
    });
    setValues(nothing);
  };
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <TextInput
          label={t('application.laboratory')}
          required
          maxLength={300}
          value={laboratory}
          onChange={({ currentTarget }) => set('laboratory')(currentTarget.value)}
        />
        <TextInput
          label={t('application.accreditation')}
          description={t('application.accreditationHint')}
          required
          maxLength={200}
          value={accreditation}
          onChange={({ currentTarget }) => set('accreditation')(currentTarget.value)}
        />
        <DayInput
          label={t('application.reportIssuedOn')}
          required
          max={today}
          value={issuedOn}
          onChange={set('issuedOn')}
        />
        <DayInput
          label={t('application.reportValidThrough')}
          description={t('application.ifStated')}
          value={validThrough}
          onChange={set('validThrough')}
        />
      </SimpleGrid>
      <UploadField name={name} disabled={!isWhole} onChosen={send} />
      {!isWhole && (
        <Text size="sm" c="dimmed">
          {t('application.reportFirst')}
        </Text>
      )}
    </Stack>
  );
}
