import type { CertificateInput, LabelScheme } from '../../../../../schemas/types.d.ts';
import { toPlaces, toSource } from '../fields/entry-values.ts';
import type { EntryValues } from '../fields/entry-values.ts';

/** A certificate while it is typed: shaped like the wire, so that a pointer is a field; what is empty is not sent. */
export interface CertificateValues extends EntryValues {
  scheme: string;
}

type Scheme = Pick<LabelScheme, 'code' | 'subject' | 'levels'>;

/** A certificate of which nothing is said yet. */
export function emptyCertificate(scheme = ''): CertificateValues {
  return {
    scheme,
    number: '',
    criterion: '',
    level: '',
    holder: '',
    products: [],
    places: [],
    issuedOn: '',
    validFrom: '',
    validThrough: '',
    renews: '',
    source: { document: '', url: '', seenOn: '' },
  };
}

/** What is sent: a level only where the scheme has levels, products only where it certifies some, a source by the operator. */
export function toCertificateInput(
  values: CertificateValues,
  scheme: Scheme | undefined,
  isTranscribed: boolean,
): CertificateInput {
  const { number, holder, products, level, source } = values;
  const places = toPlaces(values.places);
  const optional = ['criterion', 'validFrom', 'validThrough', 'renews'] as const;
  return {
    scheme: values.scheme,
    number: number.trim(),
    holder,
    products: scheme?.subject === 'organisation' ? [] : products,
    issuedOn: values.issuedOn,
    ...Object.fromEntries(optional.map((field) => [field, values[field]]).filter(([, text]) => text !== '')),
    ...(level !== '' && (scheme?.levels ?? []).length > 0 && { level }),
    ...(places.length > 0 && { places }),
    ...(isTranscribed && { source: toSource('transcribed', source) }),
  };
}

/**
 * The last valid day where the decision prints none: the corresponding day after the scheme's months, the month's last
 * where there is no such day; null where the scheme knows no term.
 */
export function usualEnd(issuedOn: string, months: number | null): string | null {
  if (months === null) return null;
  const [year = 0, month = 1, day = 1] = issuedOn.split('-').map(Number);
  const lastOfMonth = new Date(Date.UTC(year, month + months, 0));
  const end = new Date(Date.UTC(year, month - 1 + months, Math.min(day, lastOfMonth.getUTCDate())));
  return end.toISOString().slice(0, 10);
}
