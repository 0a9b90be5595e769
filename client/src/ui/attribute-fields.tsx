import { Group, NativeSelect, NumberInput, SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { AttributesInput, GroupAttribute } from '../../../schemas/types.d.ts';
import { useFormat } from '../i18n/use-format.ts';

type Value = AttributesInput[string];

interface AttributeFieldsProps {
  /** What the product's group says that its products have. */
  attributes: GroupAttribute[];
  values: AttributesInput;
  /** The server's words by the attribute's key. */
  errors?: Record<string, string>;
  onChange: (values: AttributesInput) => void;
}

/** A field for every attribute of a group; none is required, an empty one is left out. */
export function AttributeFields({ attributes, values, errors, onChange }: AttributeFieldsProps) {
  const change = (key: string, value: Value | undefined) => {
    const { [key]: _before, ...rest } = values;
    onChange(value === undefined ? rest : { ...rest, [key]: value });
  };
  return (
    <SimpleGrid cols={{ base: 1, sm: 2 }}>
      {attributes.map((attribute) => (
        <AttributeField
          key={attribute.key}
          attribute={attribute}
          value={values[attribute.key]}
          error={errors?.[attribute.key]}
          onChange={(value) => change(attribute.key, value)}
        />
      ))}
    </SimpleGrid>
  );
}

interface AttributeFieldProps {
  attribute: GroupAttribute;
  value: Value | undefined;
  error: string | undefined;
  onChange: (value: Value | undefined) => void;
}

function AttributeField({ attribute, value, error, onChange }: AttributeFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const label = format.text(attribute.name);
  if (attribute.type === 'number') return <MeasureField {...{ attribute, value, error, onChange }} />;
  const isYesNo = attribute.type === 'boolean';
  const data = isYesNo
    ? [
        { value: 'true', label: t('state.yes') },
        { value: 'false', label: t('state.no') },
      ]
    : (attribute.codes ?? []).map((code) => ({ value: code.value, label: format.text(code.name) }));
  return (
    <NativeSelect
      label={label}
      data={[{ value: '', label: t('attribute.none') }, ...data]}
      value={typeof value === 'string' || typeof value === 'boolean' ? String(value) : ''}
      error={error}
      onChange={({ currentTarget: { value: chosen } }) =>
        onChange(chosen === '' ? undefined : isYesNo ? chosen === 'true' : chosen)
      }
    />
  );
}

/** A number in the group's unit or in one of those that it is usually stated in. */
function MeasureField({ attribute, value, error, onChange }: AttributeFieldProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { unit, accepts = [], min, max } = attribute;
  const number = typeof value === 'object' ? value.value : value;
  const chosen = typeof value === 'object' ? value.unit : (unit?.code ?? '');
  const units = unit ? [unit, ...accepts.map((other) => other.unit)] : [];
  const bounds = min !== undefined && max !== undefined && { min: format.number(min), max: format.number(max) };
  const change = (next: number | string | undefined, code: string) => {
    if (typeof next !== 'number') onChange(undefined);
    else onChange(code === unit?.code || unit === undefined ? next : { value: next, unit: code });
  };
  return (
    <Group gap="xs" align="flex-end" wrap="nowrap">
      <NumberInput
        label={format.text(attribute.name)}
        description={bounds && t('attribute.bounds', { ...bounds, unit: unit?.symbol ?? '' })}
        value={typeof number === 'number' ? number : ''}
        decimalSeparator={format.language === 'vi' ? ',' : '.'}
        thousandSeparator={format.language === 'vi' ? '.' : ','}
        hideControls
        error={error}
        onChange={(next) => change(next === '' ? undefined : Number(next), chosen)}
        style={{ flex: 1 }}
      />
      {units.length > 1 && (
        <NativeSelect
          aria-label={t('attribute.unitOf', { name: format.text(attribute.name) })}
          data={units.map(({ code, symbol }) => ({ value: code, label: symbol }))}
          value={chosen}
          onChange={({ currentTarget }) => change(number as number | undefined, currentTarget.value)}
          w={110}
        />
      )}
    </Group>
  );
}
