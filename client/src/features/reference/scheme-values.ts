import type { LabelScheme, LabelSchemeInput } from '../../../../schemas/types.d.ts';
import { localised, typedText } from '../../ui/localised.ts';
import type { TypedText } from '../../ui/localised.ts';

export const bases = [
  'statutory',
  'legacy-transitional',
  'statutory-preference',
  'equivalent-buyer-decides',
  'information-only',
] as const satisfies LabelScheme['basis'][];
export const subjects = ['product', 'organisation'] as const satisfies LabelScheme['subject'][];

/** A label while it is typed, shaped like the wire; nothing is an empty field. */
export interface SchemeValues {
  code: string;
  validFrom: string;
  name: TypedText;
  owner: TypedText;
  basis: LabelScheme['basis'];
  subject: LabelScheme['subject'];
  levels: string[];
  from: string;
  through: string;
  validityMonths: number | string;
  canSuspend: boolean;
  /** What becomes of certificates when their body's accreditation ends; nothing where nobody said it. */
  whenMandateEnds: '' | 'stay' | 'end';
  afterDays: number | string;
  website: string;
  plain: TypedText;
}

/** What the form begins with: the label as it stands, or one of which nothing is said yet. */
export function schemeValues(scheme: LabelScheme | undefined, today: string): SchemeValues {
  return {
    code: scheme?.code ?? '',
    validFrom: today,
    name: typedText(scheme?.name),
    owner: typedText(scheme?.owner),
    basis: scheme?.basis ?? 'information-only',
    subject: scheme?.subject ?? 'product',
    levels: [...(scheme?.levels ?? [])],
    from: scheme?.from ?? '',
    through: scheme?.through ?? '',
    validityMonths: scheme?.validityMonths ?? '',
    canSuspend: scheme?.canSuspend ?? false,
    whenMandateEnds: scheme?.whenMandateEnds?.certificates ?? '',
    afterDays: scheme?.whenMandateEnds?.afterDays ?? '',
    website: scheme?.website ?? '',
    plain: typedText(scheme?.plain),
  };
}

/** The whole version: what the form does not ask about stays as it is. */
export function schemeVersion(values: SchemeValues, before: LabelScheme | undefined): LabelSchemeInput {
  const { validFrom, name, owner, plain, basis, subject, levels, from, through, canSuspend } = values;
  const { whenMandateEnds, afterDays } = values;
  const website = values.website.trim();
  return {
    validFrom,
    name: localised(name),
    owner: localised(owner),
    plain: localised(plain),
    basis,
    subject,
    levels,
    canSuspend,
    validityMonths: values.validityMonths === '' ? null : Number(values.validityMonths),
    website: website === '' ? null : website,
    ...(whenMandateEnds !== '' && {
      whenMandateEnds: {
        certificates: whenMandateEnds,
        ...(whenMandateEnds === 'end' && afterDays !== '' && { afterDays: Number(afterDays) }),
      },
    }),
    ...(from !== '' && { from }),
    ...(through !== '' && { through }),
    ...(before?.isoType !== undefined && { isoType: before.isoType }),
    ...(before?.source !== undefined && { source: before.source }),
  };
}
