import type { HolidayYear, OrganisationInput, Target } from '../schemas/types.d.ts';
import type { Services } from '../server/compose.ts';
import type { SettableClock } from '../server/core/clock.ts';
import { seed, type Author } from '../server/core/author.rules.ts';
import type { Actor, Idempotency } from '../server/core/route.ts';
import { versionsOf, type DatedRow } from './dated-row.ts';
import { buildDemo, type DemoSize } from './demo.ts';
import { searchInVain } from './demo-needs.ts';
import { withIds, type DemoOperation, type Unrecorded } from './demo-operation.ts';
import { stages } from './demo-stages.ts';
import agreements from './data/agreements.json' with { type: 'json' };
import criteria from './data/criteria.json' with { type: 'json' };
import groups from './data/groups.json' with { type: 'json' };
import holidays from './data/holidays.json' with { type: 'json' };
import organisations from './data/organisations.json' with { type: 'json' };
import provinces from './data/provinces.json' with { type: 'json' };
import schemes from './data/schemes.json' with { type: 'json' };
import targets from './data/targets.json' with { type: 'json' };

const operator: Actor = { id: 'seed', role: 'operator' };
/** Who publishes an edition is not who drafted it. */
const publisher: Actor = { id: 'seed-2', role: 'operator' };

/** Enters the reference data that is not there yet: labels, groups, criteria, agreements, targets, provinces and ministries. */
export async function seedReference({
  reference,
  organisations: register,
  provinces: places,
}: Services): Promise<void> {
  await addDated(reference.schemes, schemes);
  await addDated(reference.groups, groups);
  await addDated(reference.criteria, criteria);
  await addDated(reference.agreements, agreements);
  await Promise.all(
    (targets as Unrecorded<Target>[]).map(
      async (row) => (await reference.targets.get(row.code)) ?? reference.targets.add(seed, row),
    ),
  );
  await Promise.all(
    (holidays as Unrecorded<HolidayYear>[]).map(
      async (row) => (await reference.holidays.get(row.code)) ?? reference.holidays.add(seed, row),
    ),
  );
  await Promise.all(provinces.map((province) => places.add(seed, province)));
  const ministries = organisations as OrganisationInput[];
  await Promise.all(ministries.map((input) => register.create(seed, input, once(input.code))));
}

/**
 * Enters the fictional register as it stands on the day, each entry at its own instant, through services that read the
 * given clock. What an earlier run entered is found by its key and not entered again. @throws Problem where the register
 * refuses an entry
 */
export async function seedDemo(
  services: Services,
  clock: SettableClock,
  { today, progress, ...size }: DemoLoad,
): Promise<void> {
  const ids = new Map<string, string>();
  const idOf = (key: string): string => {
    const id = ids.get(key);
    if (id === undefined) throw new RangeError(`Nothing is entered under ${key}.`);
    return id;
  };
  const operations = buildDemo(today, size);
  let entered = 0;
  for (const together of stages(operations)) {
    const named = together.map((operation) => withIds(operation, idOf));
    const records = await enterTogether(services, clock, named);
    for (const [index, { key }] of together.entries()) {
      const record = records[index];
      if (record && 'id' in record) ids.set(key, record.id);
    }
    entered += together.length;
    progress(entered / operations.length);
  }
  // Decisions and sums that a register in use has worked in: they are of the last entry's day.
  clock.set(operations.at(-1)!.at);
  await services.settle();
  await searchInVain(services, clock, today);
}

/** What is loaded, and who is told how much of it is in, from 0 to 1. */
export interface DemoLoad extends DemoSize {
  /** The day on which it is loaded. */
  today: string;
  progress(share: number): void;
}

interface DatedRecords<V> {
  get(code: string): Promise<unknown>;
  add(by: Author, entry: { code: string; versions: V[] }): Promise<unknown>;
}

async function addDated<V>(records: DatedRecords<V>, rows: DatedRow[]): Promise<void> {
  await Promise.all(
    rows.map(
      async (row) =>
        (await records.get(row.code)) ?? records.add(seed, { code: row.code, versions: versionsOf<V>(row) }),
    ),
  );
}

type Entered = { id: string } | object | void;

/** Entries of one stage side by side, each at its own instant; the purchases of a week are recorded in one go. */
async function enterTogether(
  services: Services,
  clock: SettableClock,
  operations: DemoOperation[],
): Promise<Entered[]> {
  const weeks = new Map<string, (DemoOperation & { do: 'purchase' })[]>();
  const others: Promise<Entered>[] = [];
  const at = async <T>(instant: string, work: () => Promise<T>): Promise<T> => clock.at(instant, work);
  for (const operation of operations) {
    if (operation.do === 'purchase') weeks.set(operation.at, [...(weeks.get(operation.at) ?? []), operation]);
    else others.push(at(operation.at, () => enter(services, operation)));
  }
  const bought = [...weeks].map(([instant, week]) => at(instant, () => enterPurchases(services, week)));
  const recorded = new Map((await everyOne(bought)).flat());
  return others.length > 0 ? everyOne(others) : operations.map(({ key }) => recorded.get(key));
}

/** What all of them give, once none is under way any more. @throws what the first failure threw */
async function everyOne<T>(entries: Promise<T>[]): Promise<T[]> {
  await Promise.allSettled(entries);
  return Promise.all(entries);
}

async function enterPurchases(
  services: Services,
  purchases: (DemoOperation & { do: 'purchase' })[],
): Promise<[key: string, purchase: Entered][]> {
  const entries = purchases.map(({ key, input }) => ({
    actor: officer(input.agency),
    input,
    idempotency: once(key),
  }));
  const outcomes = await services.purchases.createMany(entries, { preview: false });
  return outcomes.map((outcome, index) => {
    if ('problem' in outcome) throw outcome.problem;
    return [purchases[index]!.key, outcome.purchase];
  });
}

function enter(services: Services, operation: Exclude<DemoOperation, { do: 'purchase' }>): Promise<Entered> {
  const key = once(operation.key);
  switch (operation.do) {
    case 'organisation':
      return services.organisations.create(operator, operation.input, key);
    case 'scheme':
      return addDated(services.reference.schemes, [operation.input]);
    case 'criterion':
      return addDated(services.reference.criteria, [operation.input]);
    case 'priorityList':
      return services.priorityLists.create(operator, operation.input, key);
    case 'publication':
      return services.priorityLists.publish(publisher, operation.list, key);
    case 'product':
      return services.catalogue.create(operator, operation.input, key);
    case 'withdrawal':
      return services.catalogue.withdraw(operator, operation.product, {
        withdrawal: operation.input,
        idempotency: key,
      });
    case 'certificate':
      return services.certificates.create(registrar(operation.by), operation.input, key);
    case 'certificateEvent':
      return services.certificates.addEvent(registrar(operation.by), operation.certificate, {
        event: operation.input,
        idempotency: key,
      });
    case 'correction':
      return services.purchases.correct(officer(operation.agency), operation.purchase, {
        correction: operation.input,
        idempotency: key,
      });
    default:
      return enterDossier(services, operation);
  }
}

type OfDossiers = Extract<DemoOperation, { do: 'evidence' | 'application' | 'applicationEvent' }>;

function enterDossier({ evidence, applications }: Services, operation: OfDossiers): Promise<Entered> {
  const idempotency = once(operation.key);
  const { by } = operation;
  if (operation.do === 'evidence') {
    const { input, file } = operation;
    return evidence.create(by, { input, file, idempotency });
  }
  if (operation.do === 'application') return applications.create(by, operation.input, idempotency);
  return applications.act(by, operation.application, { input: operation.input, idempotency });
}

function registrar(by: string | null): Actor {
  return by === null ? operator : { id: 'seed', role: 'certifier', org: by };
}

function officer(agency: string): Actor {
  return { id: 'seed', role: 'officer', org: agency };
}

/** The same key for the same entry in every run; what stands under it never differs. */
function once(key: string): Idempotency {
  return { key: `seed ${key}`, digest: 'seed' };
}
