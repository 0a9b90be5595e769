import { accreditationsOf } from './accreditation-endings.ts';
import type { StoredCertificate } from './certificates/stored.rules.ts';
import type { Collections } from './collections.ts';
import { keepEachForAMoment } from './core/kept-moment.ts';
import type { Records } from './core/records.ts';
import { withEndings } from './criterion-endings.ts';
import type { ReferenceService } from './reference/service.ts';

/** Certificates for lists, whose ends follow from the law of a moment ago. */
interface ListedCertificates {
  records: Records<StoredCertificate>;
  /** The law or an organisation changed: what is read from now on follows from it. */
  forget(): void;
}

type Some<T> = (codes: string[]) => Promise<T[]>;

/** What says how certificates end is read once in so many milliseconds; else each list would wait for it after the certificates. */
export function listCertificates(
  { certificates, organisations }: Pick<Collections, 'certificates' | 'organisations'>,
  reference: Pick<ReferenceService, 'criteria' | 'schemes'>,
  ms: number,
): ListedCertificates {
  const criteria = keepSome(reference.criteria.some, ms);
  const schemes = keepSome(reference.schemes.some, ms);
  const bodies = keepSome(organisations.some, ms);
  return {
    records: withEndings(certificates, criteria.some, accreditationsOf(schemes.some, bodies.some)),
    forget() {
      for (const kept of [criteria, schemes, bodies]) kept.forget();
    },
  };
}

function keepSome<T extends { code: string }>(read: Some<T>, ms: number): { some: Some<T>; forget(): void } {
  const kept = keepEachForAMoment(async (codes) => new Map((await read(codes)).map((one) => [one.code, one])), ms);
  return {
    async some(codes) {
      const known = await kept.get(codes);
      return codes.flatMap((code) => known.get(code) ?? []);
    },
    forget: kept.forget,
  };
}
