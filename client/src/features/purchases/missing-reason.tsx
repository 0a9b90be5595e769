import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ExemptionFields } from './exemption-fields.tsx';

/** An exemption as it is typed. */
export interface TypedExemption {
  code: string;
  text: string;
}

interface MissingReasonProps {
  isBusy: boolean;
  onExempt: (exemption: TypedExemption) => void;
}

/** A mandatory group without a green product: the reason, and the decision once more. */
export function MissingReason({ isBusy, onExempt }: MissingReasonProps) {
  const { t } = useTranslation();
  const [code, setCode] = useState('');
  const [text, setText] = useState('');
  return (
    <Stack gap="sm" mt="md" className="xanh-soft" p="md">
      <Text size="sm" fw={600}>
        {t('exemption.ask')}
      </Text>
      <ExemptionFields code={{ value: code, ...typed(setCode) }} text={{ value: text, ...typed(setText) }} />
      <Button
        variant="light"
        w="fit-content"
        loading={isBusy}
        disabled={code === '' || text.trim() === ''}
        onClick={() => onExempt({ code, text: text.trim() })}
      >
        {t('exemption.add')}
      </Button>
    </Stack>
  );
}

function typed(set: (value: string) => void) {
  return { onChange: (event: { currentTarget: { value: string } }) => set(event.currentTarget.value) };
}
