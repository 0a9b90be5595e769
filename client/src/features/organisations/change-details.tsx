import { NativeSelect, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Organisation } from '../../../../schemas/types.d.ts';
import { provincesQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { accreditationsOn } from './change.ts';
import type { ChangeWish } from './change.ts';
import { MandatesSelect } from './mandates-select.tsx';

/** A change while it is typed: what its kind does not ask for is not sent. */
export interface ChangeValues {
  type: ChangeWish['type'];
  on: string;
  vi: string;
  en: string;
  agency: string | null;
  province: string;
  schemes: string[];
  taxCode: string;
  /** Of a laboratory's accreditation. */
  number: string;
}

interface ChangeDetailsProps {
  organisation: Organisation;
  values: ChangeValues;
  /** The server's words about each field. */
  errors: Record<string, string>;
  onChange: (part: Partial<ChangeValues>) => void;
}

/** What a change says beside its day. */
export function ChangeDetails(props: ChangeDetailsProps) {
  switch (props.values.type) {
    case 'rename':
      return <NameFields {...props} />;
    case 'relocate':
      return <ProvinceField {...props} />;
    case 'mandate':
    case 'suspend':
      return <MandatesSelect value={props.values.schemes} onChange={(schemes) => props.onChange({ schemes })} />;
    case 'accredit':
    case 'endAccreditation':
      return <AccreditationField {...props} />;
    case 'taxCode':
      return <TaxCodeField {...props} />;
    default:
      // Only agencies stand below others and are carried on.
      return props.organisation.kind === 'agency' ? <AgencyField {...props} /> : null;
  }
}

function NameFields({ values: { vi, en }, onChange }: ChangeDetailsProps) {
  const { t } = useTranslation();
  return (
    <>
      <TextInput
        label={t('organisation.nameVi')}
        required
        maxLength={1000}
        value={vi}
        onChange={({ currentTarget }) => onChange({ vi: currentTarget.value })}
      />
      <TextInput
        label={t('organisation.nameEn')}
        maxLength={1000}
        value={en}
        onChange={({ currentTarget }) => onChange({ en: currentTarget.value })}
      />
    </>
  );
}

function AgencyField({ values: { type, agency }, onChange }: ChangeDetailsProps) {
  const { t } = useTranslation();
  return (
    <AgencySelect
      label={t(type === 'move' ? 'organisation.newParent' : 'organisation.successor')}
      placeholder={t(type === 'move' ? 'organisation.atTheTop' : 'organisation.noSuccessor')}
      clearable
      value={agency}
      onChange={(chosen) => onChange({ agency: chosen })}
    />
  );
}

/** The provinces of the day: until 30 June 2025 they were others. */
function ProvinceField({ values: { on, province }, onChange }: ChangeDetailsProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: provinces = [] } = useQuery(provincesQuery(on === '' ? undefined : on));
  return (
    <NativeSelect
      label={t('organisation.newProvince')}
      required
      data={[
        { value: '', label: '' },
        ...provinces.map(({ code, name }) => ({ value: code, label: `${format.text(name)} (${code})` })),
      ]}
      value={province}
      onChange={({ currentTarget }) => onChange({ province: currentTarget.value })}
    />
  );
}

function TaxCodeField({ values: { taxCode }, errors, onChange }: ChangeDetailsProps) {
  const { t } = useTranslation();
  return (
    <TextInput
      label={t('organisation.taxCode')}
      description={t('organisation.taxCodeHint')}
      maxLength={14}
      error={errors['taxCode']}
      value={taxCode}
      onChange={({ currentTarget }) => onChange({ taxCode: currentTarget.value })}
    />
  );
}

function AccreditationField({ organisation, values: { type, on, number }, onChange }: ChangeDetailsProps) {
  const { t } = useTranslation();
  if (type === 'accredit') {
    return (
      <TextInput
        label={t('application.accreditation')}
        description={t('application.accreditationHint')}
        required
        maxLength={200}
        value={number}
        onChange={({ currentTarget }) => onChange({ number: currentTarget.value })}
      />
    );
  }
  return (
    <NativeSelect
      label={t('application.accreditation')}
      data={accreditationsOn(organisation.accreditations ?? [], on)}
      value={number}
      onChange={({ currentTarget }) => onChange({ number: currentTarget.value })}
    />
  );
}
