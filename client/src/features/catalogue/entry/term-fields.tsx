import { SimpleGrid } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { criteriaQuery } from '../../../api/reference.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { DayInput } from '../../../ui/day-input.tsx';
import { RenewsPicker } from '../fields/renews-picker.tsx';
import { usualEnd } from './certificate-values.ts';
import type { CertificateFormState } from './use-certificate-form.ts';

interface TermFieldsProps {
  form: CertificateFormState;
  today: string;
}

/** From when to when, and which earlier certificate it renews. */
export function TermFields({ form, today }: TermFieldsProps) {
  const { t } = useTranslation();
  const { scheme, holder, renews } = form.values;
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      <DayInput label={t('certificate.issuedOn')} required max={today} {...form.getInputProps('issuedOn')} />
      <DayInput
        label={t('certificate.validFrom')}
        description={t('certificateEntry.startHint')}
        {...form.getInputProps('validFrom')}
      />
      <DayInput
        label={t('certificate.validThrough')}
        description={useEndHint(form)}
        {...form.getInputProps('validThrough')}
      />
      <RenewsPicker
        scheme={scheme}
        holder={holder}
        value={renews}
        onChange={(id) => form.setFieldValue('renews', id)}
        error={form.errors['renews']}
      />
    </SimpleGrid>
  );
}

/** What an empty last day means for this scheme and day of issue, and how far the criteria let it reach. */
function useEndHint({ scheme, values: { issuedOn, criterion } }: CertificateFormState): string {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: criteria = [] } = useQuery(criteriaQuery);
  if (scheme === undefined) return t('certificateEntry.endOfScheme');
  const months = scheme.validityMonths;
  const end = issuedOn === '' ? null : usualEnd(issuedOn, months);
  const limit = criteria.find(({ code }) => code === criterion)?.certificatesEndOn;
  const usual =
    months === null
      ? t('event.openEnd')
      : end === null
        ? t('certificateEntry.endAfter', { months })
        : t('certificateEntry.endOn', { day: format.day(end), months });
  return limit === undefined ? usual : `${usual} ${t('certificateEntry.endLimit', { day: format.day(limit) })}`;
}
