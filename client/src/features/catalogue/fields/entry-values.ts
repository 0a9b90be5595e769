import type { CertificateSource, CertifiedPlace } from '../../../../../schemas/types.d.ts';

/** A place while it is typed. */
export interface PlaceValues {
  name: string;
  province: string;
  country: string;
}

/** What a certificate's entry says while it is typed, shaped like the wire; nothing is an empty field. */
export interface EntryValues {
  number: string;
  criterion: string;
  level: string;
  holder: string;
  products: string[];
  places: PlaceValues[];
  issuedOn: string;
  validFrom: string;
  validThrough: string;
  renews: string;
  source: { document: string; url: string; seenOn: string };
}

/** Places as the form takes them. */
export function placeValues(places: readonly CertifiedPlace[] = []): PlaceValues[] {
  return places.map(({ name, province = '', country = '' }) => ({ name, province, country }));
}

/** Places as they are sent; a row without a name says nothing. */
export function toPlaces(places: readonly PlaceValues[]): CertifiedPlace[] {
  return places
    .filter(({ name }) => name.trim() !== '')
    .map(({ name, province, country }) => ({
      name: name.trim(),
      ...(province !== '' && { province }),
      ...(country !== '' && { country }),
    }));
}

/** A source as it is sent, without its empty fields. */
export function toSource(kind: CertificateSource['kind'], source: EntryValues['source']): CertificateSource {
  return { kind, ...Object.fromEntries(Object.entries(source).filter(([, text]) => text.trim() !== '')) };
}
