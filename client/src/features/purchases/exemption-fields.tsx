import { NativeSelect, SimpleGrid, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { exemptionCodes } from './form-values.ts';

interface ExemptionFieldsProps {
  /** The input's properties of the code and of the text. */
  code: { value?: string; onChange: (value: never) => void; error?: ReactNode };
  text: { value?: string; onChange: (value: never) => void; error?: ReactNode };
}

/** Why nothing green was bought: a reason of the list, and what it rests on. */
export function ExemptionFields({ code, text }: ExemptionFieldsProps) {
  const { t } = useTranslation();
  const isGiven = (code.value ?? '') !== '';
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <NativeSelect
        label={t('exemption.label')}
        data={[
          { value: '', label: t('exemption.none') },
          ...exemptionCodes.map((value) => ({ value, label: t(`exemption.code.${value}`) })),
        ]}
        {...code}
      />
      <TextInput label={t('exemption.text')} maxLength={2000} required={isGiven} {...text} />
    </SimpleGrid>
  );
}
