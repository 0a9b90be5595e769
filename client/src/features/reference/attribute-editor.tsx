import { Button, Group, NativeSelect, NumberInput, SimpleGrid, Stack, Text, TextInput } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../../i18n/use-format.ts';
import { attributeTypes } from './attribute-values.ts';
import type { GroupFormState } from './use-group-form.ts';

interface AttributeEditorProps {
  form: GroupFormState;
  at: number;
  onRemove: () => void;
}

/** One attribute: its key and names, and a number's unit and bounds or a list's values. */
export function AttributeEditor({ form, at, onRemove }: AttributeEditorProps) {
  const { t } = useTranslation();
  const field = (name: string) => form.getInputProps(`attributes.${at}.${name}`);
  const type = form.values.attributes[at]?.type;
  return (
    <Stack gap="sm">
      <SimpleGrid cols={{ base: 1, sm: 2 }}>
        <TextInput label={t('entry.nameVi')} required maxLength={1000} {...field('name.vi')} />
        <TextInput label={t('entry.nameEn')} maxLength={1000} {...field('name.en')} />
        <TextInput
          label={t('reference.attributeKey')}
          description={t('reference.attributeKeyHint')}
          required
          maxLength={40}
          {...field('key')}
        />
        <NativeSelect
          label={t('reference.attributeType')}
          data={attributeTypes.map((one) => ({ value: one, label: t(`reference.attributeTypeOf.${one}`) }))}
          {...field('type')}
        />
      </SimpleGrid>
      {type === 'number' && <NumberFields field={field} />}
      {type === 'code' && <CodeFields form={form} at={at} />}
      <Button
        variant="subtle"
        color="clay"
        size="compact-sm"
        w="fit-content"
        className="xanh-flush"
        leftSection={<IconTrash size={16} aria-hidden />}
        onClick={onRemove}
      >
        {t('reference.removeAttribute')}
      </Button>
    </Stack>
  );
}

function NumberFields({ field }: { field: (name: string) => ReturnType<GroupFormState['getInputProps']> }) {
  const { t } = useTranslation();
  const { language } = useFormat();
  const written = {
    hideControls: true,
    decimalSeparator: language === 'vi' ? ',' : '.',
    thousandSeparator: language === 'vi' ? '.' : ',',
  };
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, sm: 4 }}>
      <TextInput
        label={t('reference.attributeUnit')}
        description={t('reference.attributeUnitHint')}
        maxLength={10}
        {...field('unit.code')}
      />
      <TextInput
        label={t('reference.attributeSymbol')}
        description={t('reference.attributeSymbolHint')}
        maxLength={20}
        {...field('unit.symbol')}
      />
      <NumberInput label={t('reference.attributeMin')} {...written} {...field('min')} />
      <NumberInput label={t('reference.attributeMax')} {...written} {...field('max')} />
    </SimpleGrid>
  );
}

function CodeFields({ form, at }: Omit<AttributeEditorProps, 'onRemove'>) {
  const { t } = useTranslation();
  const path = `attributes.${at}.codes`;
  const codes = form.values.attributes[at]?.codes ?? [];
  return (
    <Stack gap="xs">
      <Text size="sm" fw={500}>
        {t('reference.attributeCodes')}
      </Text>
      {codes.map((_, index) => {
        const field = (name: string) => form.getInputProps(`${path}.${index}.${name}`);
        const number = index + 1;
        return (
          // A value that is typed has nothing of its own to be known by but where it stands in the list.
          // oxlint-disable-next-line react/no-array-index-key
          <Group key={index} gap="xs" align="flex-start">
            <TextInput
              flex="1 1 7rem"
              aria-label={t('reference.codeValue', { number })}
              placeholder={t('reference.codeValueHint')}
              required
              {...field('value')}
            />
            <TextInput
              flex="2 1 10rem"
              aria-label={t('reference.codeVi', { number })}
              placeholder={t('entry.nameVi')}
              required
              {...field('name.vi')}
            />
            <TextInput
              flex="2 1 10rem"
              aria-label={t('reference.codeEn', { number })}
              placeholder={t('entry.nameEn')}
              {...field('name.en')}
            />
            <Button
              variant="subtle"
              color="clay"
              px="xs"
              aria-label={t('reference.removeCode', { number })}
              onClick={() => form.removeListItem(path, index)}
            >
              <IconTrash size={18} aria-hidden />
            </Button>
          </Group>
        );
      })}
      {form.errors[path] !== undefined && (
        <Text size="sm" c="clay.7" role="alert">
          {form.errors[path]}
        </Text>
      )}
      <Button
        variant="light"
        size="compact-sm"
        w="fit-content"
        leftSection={<IconPlus size={16} aria-hidden />}
        onClick={() => form.insertListItem(path, { value: '', name: { vi: '', en: '' } })}
      >
        {t('reference.addCode')}
      </Button>
    </Stack>
  );
}
