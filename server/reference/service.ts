import type {
  CriteriaDocument,
  LabelScheme,
  ProductGroup,
  RecognitionAgreement,
  Target,
} from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Draft, Page, PageQuery, Recorded, Records } from '../core/records.ts';

/** One kind of reference record: small, public, read by code. */
export interface ReferenceRecords<T extends Recorded> {
  page(query: PageQuery): Promise<Page<T>>;
  /** All of them; a few hundred at the most. */
  all(): Promise<T[]>;
  get(code: string): Promise<T | null>;
  /** Those of the codes that exist. */
  some(codes: string[]): Promise<T[]>;
  /** Enters the record. @throws Problem 409 where the code is taken */
  add(record: Draft<T> & { code: string }): Promise<T>;
}

/** The law's reference data: schemes, product groups, criteria documents, recognition agreements, targets. */
export interface ReferenceService {
  schemes: ReferenceRecords<LabelScheme>;
  groups: ReferenceRecords<ProductGroup>;
  criteria: ReferenceRecords<CriteriaDocument>;
  agreements: ReferenceRecords<RecognitionAgreement>;
  targets: ReferenceRecords<Target>;
}

type Parts = {
  [K in keyof ReferenceService]: ReferenceService[K] extends ReferenceRecords<infer T> ? Records<T> : never;
};

/** The reference data over its records. */
export function createReferenceService(parts: Parts): ReferenceService {
  return {
    schemes: referenceRecords(parts.schemes),
    groups: referenceRecords(parts.groups),
    criteria: referenceRecords(parts.criteria),
    agreements: referenceRecords(parts.agreements),
    targets: referenceRecords(parts.targets),
  };
}

function referenceRecords<T extends Recorded>(records: Records<T>): ReferenceRecords<T> {
  return {
    page: (query) => records.page({}, query),
    all: () => records.find({}),
    get: (code) => records.get(code),
    some: (codes) => records.find({ _id: { $in: [...new Set(codes)] } }),
    add: (record) =>
      records.insert(() => record, { onDuplicate: () => new Problem('CODE_TAKEN', { code: record.code }) }),
  };
}
