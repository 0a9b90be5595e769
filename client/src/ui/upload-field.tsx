import { Box, FileButton, Button, Group, Text } from '@mantine/core';
import IconUpload from '@tabler/icons-react/icons/IconUpload';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { createIdempotencyKey } from '../api/idempotency-key.ts';
import { largestFile, refusedFile } from './file-limits.ts';

interface UploadFieldProps {
  /** For which item. */
  name: string;
  /** What is asked for first is not there yet. */
  disabled?: boolean;
  onChosen: (file: File, key: string) => void;
}

/** Chooses a file, or takes one that is dropped; what would be refused is said before it is sent. */
export function UploadField({ name, disabled = false, onChosen }: UploadFieldProps) {
  const { t } = useTranslation();
  const [isOver, setIsOver] = useState(false);
  const [fault, setFault] = useState<string | null>(null);
  const take = (file: File | null | undefined) => {
    if (!file || disabled) return;
    const refused = refusedFile(file);
    setFault(refused === null ? null : t(`application.fileFault.${refused}`, { name: file.name, most: largestFile }));
    if (refused === null) onChosen(file, createIdempotencyKey());
  };
  return (
    <Box
      className="xanh-dropzone"
      data-over={isOver || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        take(event.dataTransfer.files[0]);
      }}
    >
      <Group gap="sm">
        <FileButton onChange={take} accept=".pdf,.png,.jpg,.jpeg,.xlsx,.csv" resetRef={{ current: null }}>
          {(props) => (
            <Button
              {...props}
              variant="default"
              size="compact-md"
              disabled={disabled}
              leftSection={<IconUpload size={16} aria-hidden />}
            >
              {t('application.chooseFile')}
              <span className="xanh-for-reader"> {name}</span>
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed">
          {t('application.orDrop')}
        </Text>
      </Group>
      {fault !== null && (
        <Text size="sm" c="clay.7" role="alert" mt={4}>
          {fault}
        </Text>
      )}
    </Box>
  );
}
