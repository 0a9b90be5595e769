import type { Organisation, OrganisationInput } from '../../../../schemas/types.d.ts';
import { localised } from '../../ui/localised.ts';

export const kinds = ['agency', 'supplier', 'certifier', 'laboratory'] as const satisfies Organisation['kind'][];
export const levels = ['central', 'province', 'district', 'commune'] as const satisfies OrganisationInput['level'][];

/** An organisation while it is typed: shaped like the wire, so that a pointer is a field; what is empty is not sent. */
export interface OrganisationValues {
  code: string;
  kind: Organisation['kind'];
  name: { vi: string; en: string };
  taxCode: string;
  budgetUnitCode: string;
  level: string;
  province: string;
  parent: string;
  mayCertify: string[];
  from: string;
  reportsFrom: string;
  publish: boolean;
}

/** An organisation of which nothing is said yet. */
export const emptyOrganisation: OrganisationValues = {
  code: '',
  kind: 'supplier',
  name: { vi: '', en: '' },
  taxCode: '',
  budgetUnitCode: '',
  level: '',
  province: '',
  parent: '',
  mayCertify: [],
  from: '',
  reportsFrom: '',
  publish: true,
};

const ofAgencies = ['budgetUnitCode', 'level', 'parent', 'reportsFrom'] as const;
const ofAll = ['taxCode', 'province', 'from'] as const;

/** What is sent: what is said, and of an agency's fields nothing where it is none. */
export function toOrganisationInput(values: OrganisationValues): OrganisationInput {
  const { code, kind, name, mayCertify, publish } = values;
  const isAgency = kind === 'agency';
  const said = [...ofAll, ...(isAgency ? ofAgencies : [])].map((field) => [field, values[field].trim()] as const);
  return {
    code: code.trim(),
    kind,
    name: localised(name),
    ...Object.fromEntries(said.filter(([, text]) => text !== '')),
    ...(mayCertify.length > 0 && { mayCertify }),
    ...(isAgency && !publish && { publish }),
  };
}
