import type { CriteriaDocument } from '../schemas/types.d.ts';
import type { Accreditation } from './certificates/accreditation.rules.ts';
import type { EndingVersion, Endings } from './certificates/ending.rules.ts';
import type { StoredCertificate } from './certificates/stored.rules.ts';
import type { Accreditations } from './accreditation-endings.ts';
import type { Records } from './core/records.ts';

type Certificates = Records<StoredCertificate>;

/**
 * The certificates, each read with what the criteria documents that it ever named, and the accreditations of its body, say
 * of its end. They are the only home of that: it is read with the certificate and never stored with it.
 */
export function withEndings(
  records: Certificates,
  criteria: (codes: string[]) => Promise<CriteriaDocument[]>,
  accreditations: Accreditations,
): Certificates {
  const attach = attaching(criteria, accreditations);
  const attachToPage = async <P extends { items: StoredCertificate[] }>(page: P): Promise<P> => ({
    ...page,
    items: await attach(page.items),
  });
  return {
    ...records,
    async get(id) {
      const found = await records.get(id);
      return found && (await attach([found]))[0]!;
    },
    some: async (ids) => attach(await records.some(ids)),
    find: async (filter, most, order) => attach(await records.find(filter, most, order)),
    findFields: async (filter, fields) => attach(await records.findFields(filter, [...fields, ...endedBy])),
    page: async (filter, query) => attachToPage(await records.page(filter, query)),
    feed: async (filter, query) => attachToPage(await records.feed(filter, query)),
    async repeated(owner, idempotency) {
      const found = await records.repeated(owner, idempotency);
      return found && (await attach([found]))[0]!;
    },
    async insert(make, options) {
      const inserted = await records.insert((now) => withoutEndings(make(now)), options);
      return (await attach([inserted]))[0]!;
    },
    async change(id, change, options) {
      const changed = await records.change(
        id,
        async (before, now) => withoutEndings(await change((await attach([before]))[0]!, now)),
        options,
      );
      return (await attach([changed]))[0]!;
    },
  };
}

function attaching(
  criteria: (codes: string[]) => Promise<CriteriaDocument[]>,
  accreditations: Accreditations,
): (certificates: StoredCertificate[]) => Promise<StoredCertificate[]> {
  return async (certificates) => {
    const named = certificates.map(criteriaOf);
    const found = named.some((codes) => codes.length > 0) ? await criteria(named.flat()) : [];
    const accredited = await accreditations(certificates);
    const versions = new Map(found.map((criterion) => [criterion.code, criterion.versions.map(endingOf)]));
    return certificates.map((certificate, at) => {
      const [codes, accreditation] = [named[at]!, accredited[at]];
      if (codes.length === 0 && !accreditation) return certificate;
      const endings = Object.fromEntries(codes.map((code) => [code, versions.get(code) ?? []]));
      return { ...certificate, endings, ...(accreditation && { accreditation }) };
    });
  };
}

/** The fields of a certificate by which it is told what ends it. */
const endedBy = ['criterion', 'events', 'scheme', 'body', 'groups', 'issuedOn'];

type Named = Pick<StoredCertificate, 'criterion' | 'events'>;

function criteriaOf({ criterion, events }: Named): string[] {
  const corrected = events.map(({ fields }) => fields?.criterion);
  return [criterion, ...corrected].filter((code) => typeof code === 'string');
}

function endingOf({ validFrom, recordedAt, certificatesEndOn }: EndingVersion): EndingVersion {
  return { validFrom, recordedAt, ...(certificatesEndOn !== undefined && { certificatesEndOn }) };
}

function withoutEndings<T extends object>(certificate: T): T {
  const {
    endings: _endings,
    accreditation: _accreditation,
    ...stored
  } = certificate as T & {
    endings?: Endings;
    accreditation?: Accreditation;
  };
  return stored as T;
}
