import type {
  Certificate,
  LabelScheme,
  PriorityList,
  Product,
  ProductGroup,
  RecognitionAgreement,
} from '../../schemas/types.d.ts';
import { labelsOf } from '../../server/certificates/labels.rules.ts';
import { validRuns } from '../../server/certificates/validity.rules.ts';
import { createEmbeddedSearch } from '../../server/search/embedded.adapter.ts';
import type { SearchPort } from '../../server/search/port.ts';
import { createSearchService, type SearchParts, type SearchService } from '../../server/search/service.ts';
import { idOf } from './support.ts';

export const today = '2026-03-14';
const now = '2026-03-14T05:00:00.000Z';
const supplierName = { vi: 'Công ty Hư Cấu', en: 'Fictional Company' };

/** A register in memory: records, their marks, and the search over them. */
export interface Register {
  products: Map<string, Product>;
  certificates: Map<string, Certificate>;
  groups: ProductGroup[];
  schemes: LabelScheme[];
  agreements: RecognitionAgreement[];
  edition: PriorityList | null;
  /** Ids of records that the index has not seen. */
  marks: Set<string>;
  /** Happens once, between the reading of the waiting writes and their end. */
  meanwhile: (() => void) | null;
  putProduct(product: Product): void;
  putCertificate(certificate: Certificate): void;
  service(port?: SearchPort): SearchService;
}

/** A certificate of the products by their numbers, valid for three years from 2024-06-01. */
export function aCertificate(number: number, products: number[], parts: Partial<Certificate> = {}): Certificate {
  return {
    id: idOf(0xc0_00_00 + number),
    number: `${100 + number}/DEMO`,
    scheme: 'VN-ECOLABEL',
    holder: 'SUP-1',
    products: products.map(idOf),
    issuedOn: '2024-06-01',
    validFrom: '2024-06-01',
    validThrough: '2027-06-01',
    source: { kind: 'issuer' },
    events: [],
    status: 'valid',
    recordedAt: '2024-06-01T03:00:00.000Z',
    changedAt: '2024-06-01T03:00:00.000Z',
    revision: 1,
    ...parts,
  };
}

/** A register without records. */
export function createRegister(parts: Partial<Register> = {}): Register {
  const register: Register = {
    products: new Map(),
    certificates: new Map(),
    groups: [],
    schemes: [],
    agreements: [],
    edition: null,
    marks: new Set(),
    meanwhile: null,
    putProduct(product) {
      register.products.set(product.id, product);
      register.marks.add(product.id);
    },
    putCertificate(certificate) {
      register.certificates.set(certificate.id, certificate);
      register.marks.add(certificate.id);
    },
    service: (port = createEmbeddedSearch()) => createSearchService(partsOf(register, port)),
    ...parts,
  };
  return register;
}

function partsOf(register: Register, port: SearchPort): SearchParts {
  const { products, certificates } = register;
  return {
    port,
    clock: { now: () => now, today: () => today },
    async facts() {
      const { edition, schemes, agreements, groups } = register;
      return {
        edition,
        schemes,
        agreements,
        groups,
        criteria: [],
        suppliers: async (codes) => new Map(codes.map((code) => [code, supplierName])),
      };
    },
    opens: async () => [],
    absence: async () => undefined,
    unmet: async () => {},
    products: async (ids) => ids.flatMap((id) => products.get(id) ?? []),
    titles: async (hits) => hits.flatMap(({ id }) => products.get(id) ?? []),
    async browse({ kinds, groups }, { skip, limit }) {
      const chosen = [...products.values()].filter(
        ({ kind, group }) =>
          (kinds.length === 0 || kinds.includes(kind)) && (groups.length === 0 || groups.includes(group)),
      );
      return { items: chosen.toReversed().slice(skip, skip + limit), total: chosen.length };
    },
    async labels(_, { on }) {
      const about = { certificates: [...certificates.values()], renewals: [], facts: register };
      return (product) => labelsOf(product, about, { on, knownAt: now });
    },
    async *sources(ids) {
      const wanted = ids ?? [...products.keys()];
      for (let at = 0; at < wanted.length; at += 50) {
        yield wanted.slice(at, at + 50).flatMap((id) => sourceOf(register, id));
        register.meanwhile?.();
        register.meanwhile = null;
      }
    },
    waitingSince: async () => (register.marks.size > 0 ? now : null),
    async *revisions() {
      for (const { id, revision } of products.values()) yield { id, seq: revision };
    },
    messages: { by: 'alone', send: async () => '', hear: async () => [], lead: async () => true },
    async pending(limit) {
      return [...register.marks].slice(0, limit).map((id) => {
        const read = products.get(id) ?? certificates.get(id);
        const settle = async () => {
          const current = products.get(id) ?? certificates.get(id);
          if (current?.revision === read?.revision) register.marks.delete(id);
        };
        return { products: certificates.get(id)?.products ?? [id], settle };
      });
    },
  };
}

function sourceOf(register: Register, id: string) {
  const product = register.products.get(id);
  const group = register.groups.find(({ code }) => code === product?.group);
  if (!product || !group) return [];
  const covering = [...register.certificates.values()].filter(({ products }) => products.includes(id));
  const certificates = covering.map((certificate) => {
    const { scheme, level, number } = certificate;
    const schemeName = register.schemes.find(({ code }) => code === scheme)?.name ?? { vi: scheme };
    return {
      scheme,
      schemeName,
      ...(level !== undefined && { level }),
      numbers: [number],
      changedAt: certificate.changedAt,
      runs: validRuns(certificate, now),
    };
  });
  return [{ product, group, supplierNames: [supplierName], certificates }];
}
