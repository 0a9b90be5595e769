import { Button, Checkbox, List, NativeSelect, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ImportColumns, ImportMapping, PurchaseImport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

const fields: (keyof ImportColumns)[] = [
  'reference',
  'basisDate',
  'supplierName',
  'supplierTaxCode',
  'supplierCode',
  'description',
  'quantity',
  'unit',
  'amount',
  'vatRate',
  'method',
  'notice',
  'group',
  'nature',
  'product',
  'brand',
  'model',
];

const choices = {
  amountBasis: ['net', 'gross'],
  amountUnit: ['dong', 'thousand', 'million'],
  numberStyle: ['dot', 'comma'],
  dateOrder: ['dmy', 'mdy'],
} as const;
const settings = ['amountBasis', 'amountUnit', 'numberStyle', 'dateOrder'] as const;

interface ImportMappingFormProps {
  job: PurchaseImport;
  isBusy: boolean;
  onChange: () => void;
  onCheck: (mapping: ImportMapping) => void;
}

/** The mapping as it was understood, to be corrected by hand; what is asked stands at its field. */
export function ImportMappingForm({ job, isBusy, onChange, onCheck }: ImportMappingFormProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const [mapping, setMapping] = useState(job.mapping);
  const questions = new Map(job.questions.map(({ field, text }) => [field, format.text(text)]));
  const change = (patch: ImportMapping) => {
    setMapping((before) => withoutEmpty({ ...before, ...patch }));
    onChange();
  };
  return (
    <Stack gap="lg">
      <Title order={3}>{t('import.mapping')}</Title>
      {job.questions.length > 0 && (
        <output>
          <Text fw={600}>{t('import.asks')}</Text>
          <List size="sm">
            {job.questions.map(({ field, text }) => (
              <List.Item key={field}>{format.text(text)}</List.Item>
            ))}
          </List>
        </output>
      )}
      <SettingFields mapping={mapping} questions={questions} onChange={change} />
      <ColumnTable job={job} mapping={mapping} questions={questions} onChange={change} />
      <div>
        <Button
          variant={job.status === 'done' ? 'default' : 'filled'}
          loading={isBusy}
          onClick={() => onCheck(withUnmapped(mapping))}
        >
          {t(job.status === 'done' ? 'import.checkAgain' : 'import.check')}
        </Button>
      </div>
    </Stack>
  );
}

interface FieldsProps {
  mapping: ImportMapping;
  questions: ReadonlyMap<string, string>;
  onChange: (patch: ImportMapping) => void;
}

function SettingFields({ mapping, questions, onChange }: FieldsProps) {
  const { t } = useTranslation();
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 3 }} className="xanh-filters">
      {settings.map((name) => (
        <NativeSelect
          key={name}
          label={t(`import.setting.${name}`)}
          error={mapping[name] === undefined && questions.get(name)}
          value={mapping[name] ?? ''}
          onChange={({ currentTarget }) => onChange({ [name]: currentTarget.value })}
          data={[
            { value: '', label: t('import.choose') },
            ...choices[name].map((value) => ({ value, label: t(`import.choice.${value}`) })),
          ]}
        />
      ))}
      <TextInput
        label={t('import.setting.vatRate')}
        description={t('import.setting.vatRateHint')}
        inputMode="decimal"
        error={mapping.vatRate === undefined && questions.get('vatRate')}
        value={mapping.vatRate ?? ''}
        onChange={({ currentTarget }) => onChange({ vatRate: currentTarget.value.replace(',', '.').trim() })}
      />
      <Checkbox
        label={t('import.setting.eachRow')}
        checked={mapping.eachRow ?? false}
        onChange={({ currentTarget }) => onChange({ eachRow: currentTarget.checked })}
      />
    </SimpleGrid>
  );
}

function ColumnTable({ job, mapping, questions, onChange }: FieldsProps & { job: PurchaseImport }) {
  const { t } = useTranslation();
  const samples = (column: string | undefined) => {
    const at = job.columns.indexOf(column ?? '');
    return job.firstRows.flatMap((cells) => cells[at] || []).slice(0, 3);
  };
  return (
    <table className="xanh-mapping">
      <caption>{t('import.columnsCaption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('import.fieldHead')}</th>
          <th scope="col">{t('import.columnHead')}</th>
          <th scope="col" className="xanh-mapping-samples">
            {t('import.samplesHead')}
          </th>
        </tr>
      </thead>
      <tbody>
        {fields.map((field) => (
          <tr key={field}>
            <th scope="row">{t(`import.field.${field}`)}</th>
            <td>
              <NativeSelect
                aria-label={t(`import.field.${field}`)}
                error={!mapping.columns?.[field] && questions.get(field)}
                value={mapping.columns?.[field] ?? ''}
                onChange={({ currentTarget }) =>
                  onChange({ columns: { ...mapping.columns, [field]: currentTarget.value } })
                }
                data={[{ value: '', label: t('import.noColumn') }, ...job.columns]}
              />
            </td>
            <td className="xanh-mapping-samples">{samples(mapping.columns?.[field]).join(' · ')}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** A setting that was emptied is not said, so that it is guessed or asked again. */
function withoutEmpty(mapping: ImportMapping): ImportMapping {
  return Object.fromEntries(Object.entries(mapping).filter(([, value]) => value !== '' && value !== false));
}

/** Every field is said, the empty ones too: what was corrected by hand is not guessed again. */
function withUnmapped(mapping: ImportMapping): ImportMapping {
  const columns = Object.fromEntries(fields.map((field) => [field, mapping.columns?.[field] ?? '']));
  return { ...mapping, columns };
}
