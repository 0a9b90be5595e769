import { Checkbox, NativeSelect, Select, SimpleGrid, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { schemesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { More } from '../../ui/more.tsx';
import { ExemptionFields } from './exemption-fields.tsx';
import { hasMore, natures } from './form-values.ts';
import type { LineFieldsProps } from './line-fields.tsx';

/** What few lines need: VAT, nature, codes, the label that the supplier states, an accepted equivalent, an exemption. */
export function LineMore({ line, field }: LineFieldsProps) {
  const { t } = useTranslation();
  return (
    <More label={t('line.more')} isOpenAtFirst={hasMore(line)}>
      <Stack>
        <AmountFields line={line} field={field} />
        <KindFields line={line} field={field} />
        <LabelFields line={line} field={field} />
        <ExemptionFields code={field('exemption.code')} text={field('exemption.text')} />
      </Stack>
    </More>
  );
}

function AmountFields({ line, field }: LineFieldsProps) {
  const { t } = useTranslation();
  const { onChange } = field('withVat');
  return (
    <SimpleGrid cols={{ base: 1, xs: 2 }}>
      <Checkbox
        label={t('line.withVat')}
        description={t('line.withVatHint')}
        checked={line.withVat}
        onChange={({ currentTarget }) => onChange(currentTarget.checked)}
      />
      <TextInput
        label={t('line.vatRate')}
        inputMode="decimal"
        maxLength={7}
        required={line.withVat}
        {...field('vatRate')}
      />
    </SimpleGrid>
  );
}

function KindFields({ field }: LineFieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 3 }}>
      <NativeSelect
        label={t('line.nature')}
        data={[
          { value: '', label: t('line.natureNone') },
          ...natures.map((nature) => ({ value: nature, label: t(`nature.${nature}`) })),
        ]}
        {...field('nature')}
      />
      <TextInput label={t('line.cpv')} maxLength={10} {...field('cpv')} />
      <TextInput label={t('line.packFactor')} inputMode="decimal" maxLength={20} {...field('packFactor')} />
    </SimpleGrid>
  );
}

function LabelFields({ line, field }: LineFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: schemes = [] } = useQuery(schemesQuery);
  const { value, onChange, error } = field('labelClaim.scheme');
  return (
    <>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <Select
          label={t('line.claimScheme')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('state.clear') }}
          nothingFoundMessage={t('state.nothing')}
          value={value === '' ? null : value}
          onChange={(next) => onChange(next ?? '')}
          data={schemes.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
          error={error}
        />
        <TextInput label={t('line.claimNumber')} maxLength={80} {...field('labelClaim.number')} />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <TextInput
          label={t('line.equivalent')}
          description={t('line.equivalentHint')}
          maxLength={24}
          {...field('equivalence.certificate')}
        />
        <TextInput
          label={t('line.acceptedBy')}
          maxLength={200}
          required={line.equivalence.certificate !== ''}
          {...field('equivalence.acceptedBy')}
        />
        <TextInput label={t('line.evidence')} maxLength={2000} {...field('equivalence.evidence')} />
      </SimpleGrid>
    </>
  );
}
