import type {
  CriteriaDocument,
  HolidayYear,
  LabelScheme,
  ProductGroup,
  RecognitionAgreement,
  RecognitionAgreementInput,
  Target,
} from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { broken, Problem, type Fault } from '../core/problem.ts';
import type { Draft, Page, PageQuery, Records } from '../core/records.ts';
import type { Author } from '../core/author.rules.ts';
import type { Idempotency } from '../core/route.ts';
import { definitionFaults } from '../catalogue/attribute-definitions.rules.ts';
import { isCpvCode } from './cpv.rules.ts';
import { createDatedRecords, type DatedRecords } from './dated.service.ts';
import { createHolidays, type Holidays } from './holiday.service.ts';

/** The law's reference data: schemes, product groups, criteria documents, recognition agreements, targets, days off. */
export interface ReferenceService {
  schemes: DatedRecords<LabelScheme>;
  groups: DatedRecords<ProductGroup>;
  criteria: DatedRecords<CriteriaDocument>;
  agreements: DatedRecords<RecognitionAgreement>;
  targets: Targets;
  holidays: Holidays;
  /** Enters an agreement from its first day on. @throws Problem 409 where the code is taken, 422 for what it names */
  agree(by: Author, input: RecognitionAgreementInput, idempotency?: Idempotency): Promise<RecognitionAgreement>;
}

/** The goals for the national share, each of which is dated in itself. */
interface Targets {
  page(query: PageQuery): Promise<Page<Target>>;
  get(code: string): Promise<Target | null>;
  /** Enters the goal. @throws Problem 409 where the code is taken */
  add(by: Author, target: Draft<Target>): Promise<Target>;
}

interface ReferenceParts {
  schemes: Records<LabelScheme>;
  groups: Records<ProductGroup>;
  criteria: Records<CriteriaDocument>;
  agreements: Records<RecognitionAgreement>;
  targets: Records<Target>;
  holidays: Records<HolidayYear>;
  clock: Clock;
  newId(): string;
  /** Says that a record changed. */
  changed(): void;
}

/** The reference data over its records. */
export function createReferenceService(parts: ReferenceParts): ReferenceService {
  const { clock, changed, targets, newId } = parts;
  const named = (version: Named) => refuseUnknown(parts, version);
  const criteria = createDatedRecords({ records: parts.criteria, clock, changed, check: named });
  const agreements = createDatedRecords({ records: parts.agreements, clock, changed, check: named });
  return {
    schemes: createDatedRecords({ records: parts.schemes, clock, changed, check: async (v) => refuseDays(v) }),
    groups: createDatedRecords({ records: parts.groups, clock, changed, check: (v) => refuseGroup(parts, v) }),
    criteria: {
      ...criteria,
      put: (by, code, { revision, version }) =>
        criteria.put(by, code, { revision, version: { ...version, name: version.name ?? { vi: code } } }),
    },
    agreements,
    targets: {
      page: (query) => targets.page({}, query),
      get: (code) => targets.get(code),
      add: (by, target) =>
        targets.insert(() => target, { by, onDuplicate: () => new Problem('CODE_TAKEN', { code: target.code }) }),
    },
    holidays: createHolidays({ records: parts.holidays, changed }),
    agree: (by, { code = newId(), ...agreement }, idempotency) =>
      agreements.add(by, { code, versions: [{ validFrom: agreement.from, ...agreement }], idempotency }),
  };
}

/** What a criteria document or an agreement names. */
interface Named {
  scheme: string;
  groups: string[];
  from?: string;
  through?: string;
}

async function refuseUnknown(
  { schemes, groups }: Pick<ReferenceParts, 'schemes' | 'groups'>,
  version: Named,
): Promise<void> {
  refuseDays(version);
  const [scheme, known] = await Promise.all([schemes.get(version.scheme), groups.some(version.groups)]);
  const isKnown = new Set(known.map(({ code }) => code));
  const faults = version.groups.flatMap((code, index) =>
    isKnown.has(code) ? [] : [unknown(`/groups/${index}`, code)],
  );
  if (!scheme) faults.unshift(unknown('/scheme', version.scheme));
  if (faults.length > 0) throw broken(...faults);
}

function refuseDays({ from, through }: Pick<Named, 'from' | 'through'>): void {
  if (from !== undefined && through !== undefined && through < from)
    throw broken({ pointer: '/through', code: 'ENDS_BEFORE_BEGIN' });
}

function unknown(pointer: string, code: string): Fault {
  return { pointer, code: 'UNKNOWN_CODE', params: { code } };
}

/** A key has the same type and unit in every group and every version, so that stored values and filters keep their meaning. */
async function refuseGroup(
  { groups }: Pick<ReferenceParts, 'groups'>,
  { attributes = [], cpv = [] }: Pick<ProductGroup, 'attributes' | 'cpv'>,
): Promise<void> {
  const known = attributes.length > 0 ? await groups.all() : [];
  const faults: Fault[] = [
    ...definitionFaults(
      attributes,
      known.flatMap((group) => group.attributes ?? []),
    ),
    ...cpv.flatMap((code, at): Fault[] =>
      isCpvCode(code) ? [] : [{ pointer: `/cpv/${at}`, code: 'UNKNOWN_CODE', params: { code } }],
    ),
  ];
  if (faults.length > 0) throw broken(...faults);
}
