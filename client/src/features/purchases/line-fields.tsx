import { Anchor, Autocomplete, NumberInput, Select, SimpleGrid, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { groupsQuery } from '../../api/reference.ts';
import { productQuery } from '../../api/registry.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { unitCodes } from '../../ui/unit-codes.ts';
import type { LineValues } from './form-values.ts';
import { LineMore } from './line-more.tsx';
import type { usePurchaseForm } from './use-purchase-form.ts';

export interface LineFieldsProps {
  line: LineValues;
  /** The input's properties of one field of this line. */
  field: ReturnType<typeof usePurchaseForm>['getInputProps'];
}

/** What was bought, how much, for how much, and the model on the delivery note. */
export function LineFields({ line, field }: LineFieldsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const amount = line.withVat ? 'amountGross' : 'amountNet';
  const basis = line.withVat ? t('line.afterVat') : t('line.beforeVat');
  const amountHint = line[amount] === '' ? basis : `${format.shortMoney(line[amount])} · ${basis}`;
  const [thousands, decimal] = format.language === 'vi' ? ['.', ','] : [',', '.'];
  return (
    <>
      {line.product === '' ? <GroupField field={field} /> : <ProductOfLine product={line.product} />}
      <TextInput label={t('line.description')} required maxLength={500} {...field('description')} />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <NumberInput
          label={t('line.quantity')}
          required
          hideControls
          allowNegative={false}
          decimalScale={6}
          thousandSeparator={thousands}
          decimalSeparator={decimal}
          allowedDecimalSeparators={[decimal ?? ',']}
          valueIsNumericString
          {...numeric(field('quantity'))}
        />
        <Autocomplete
          label={t('line.unit')}
          required
          maxLength={30}
          data={unitCodes.map((code) => t(`unit.${code}`))}
          {...field('unit')}
        />
        <NumberInput
          key={amount}
          label={t('line.amountNet')}
          required
          hideControls
          allowNegative={false}
          allowDecimal={false}
          thousandSeparator={thousands}
          decimalSeparator={decimal}
          valueIsNumericString
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          description={amountHint}
          {...numeric(field(amount))}
        />
      </SimpleGrid>
      <SimpleGrid cols={{ base: 1, xs: 2 }}>
        <TextInput
          label={t('line.deliveredModel')}
          description={t('line.deliveredHint')}
          maxLength={200}
          {...field('asDelivered.model')}
        />
        <TextInput
          label={t('line.deliveredBrand')}
          description={t('line.deliveredBrandHint')}
          maxLength={200}
          {...field('asDelivered.brand')}
        />
      </SimpleGrid>
      <LineMore line={line} field={field} />
    </>
  );
}

/** The kit's number field gives a number where it can: the form keeps digits. */
function numeric({ onChange, ...props }: ReturnType<LineFieldsProps['field']>) {
  return { ...props, onChange: (value: number | string) => onChange(String(value)) };
}

function GroupField({ field }: Pick<LineFieldsProps, 'field'>) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  const { value, onChange, error } = field('group');
  return (
    <Select
      label={t('line.group')}
      description={t('line.groupHint')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('state.clear') }}
      nothingFoundMessage={t('state.nothing')}
      value={value === '' ? null : value}
      onChange={(next) => onChange(next ?? '')}
      data={groups.map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      error={error}
    />
  );
}

function ProductOfLine({ product }: { product: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data } = useQuery(productQuery(product));
  if (data === undefined) return null;
  return (
    <Text size="sm" c="dimmed">
      {t('line.product')}{' '}
      <Anchor component={Link} to={`/products/${product}`} inherit underline="always">
        {format.text(data.name)}
      </Anchor>
      {data.model !== undefined && ` · ${t('line.model', { model: data.model })}`}
    </Text>
  );
}
