import type { LabelScheme } from '../schemas/types.d.ts';
import { ofBody, underCriterion } from './certificates/stored.rules.ts';
import type { Collections } from './collections.ts';
import type { Filter, Recorded, Records } from './core/records.ts';
import type { LawChanges } from './purchases/redecision.service.ts';
import { unindexed, unrippled } from './reference/model.ts';

type Law = Recorded & { code: string };

/** One kind of the law's records: the mark that its changes bear, and what hangs on one of them. */
interface Kind<T extends Law> {
  records: Records<T>;
  mark: string;
  productsOf(record: T): Promise<string[]>;
}

type Read = (most: number) => ReturnType<LawChanges['pending']>;

/** Changes of schemes, criteria documents, agreements and accreditations for which decisions wait; `restate` follows what ends certificates. */
export function unrippledLaw(records: Collections, restate: (which: Filter) => Promise<void>): LawChanges {
  const { schemes, criteria, agreements, organisations } = records;
  const restated = (which: (code: string) => Filter) =>
    ifChanged(async (code) => {
      await restate(which(code));
      return certified(records, which(code));
    });
  const kinds = [
    reader({
      records: schemes,
      mark: unrippled,
      async productsOf(scheme) {
        if (scheme.revision > 1 && endsCertificates(scheme)) await restate({ scheme: scheme.code });
        return ifChanged((code) => certified(records, { scheme: code }))(scheme);
      },
    }),
    reader({ records: organisations, mark: unrippled, productsOf: restated(ofBody) }),
    reader({ records: criteria, mark: unrippled, productsOf: restated(underCriterion) }),
    reader({
      records: agreements,
      mark: unrippled,
      productsOf: ({ versions }) => certified(records, { scheme: { $in: versions.map(({ scheme }) => scheme) } }),
    }),
  ];
  return {
    pending: inTurn(kinds),
    async waitingSince() {
      const kindsOfLaw = [schemes, criteria, agreements, organisations];
      return earliest(await Promise.all(kindsOfLaw.map((kind) => kind.waitingSince(unrippled))));
    },
  };
}

/** Changes of schemes, groups, criteria documents, suppliers' names and accreditations that the index waits for; it knows no agreements. */
export function unindexedLaw(records: Collections): LawChanges {
  const { schemes, groups, criteria, organisations } = records;
  const kinds = [schemes, groups, criteria, organisations] as const;
  return {
    pending: inTurn([
      reader({
        records: schemes,
        mark: unindexed,
        productsOf: ifChanged((code) => certified(records, { scheme: code })),
      }),
      reader({
        records: criteria,
        mark: unindexed,
        productsOf: ifChanged((code) => certified(records, underCriterion(code))),
      }),
      reader({ records: groups, mark: unindexed, productsOf: ifChanged((group) => found(records, { group })) }),
      reader({
        records: organisations,
        mark: unindexed,
        productsOf: ifChanged(async (code) => [
          ...(await found(records, { supplier: code })),
          ...(await certified(records, ofBody(code))),
        ]),
      }),
    ]),
    waitingSince: async () => earliest(await Promise.all(kinds.map((kind) => kind.waitingSince(unindexed)))),
  };
}

/** The first of the instants; null where there is none. */
export function earliest(instants: (string | null)[]): string | null {
  return instants.filter((instant) => instant !== null).toSorted()[0] ?? null;
}

function reader<T extends Law>({ records, mark, productsOf }: Kind<T>): Read {
  return async (most) => {
    const waiting = await records.marked(mark, most);
    return Promise.all(
      waiting.map(async (record) => ({
        products: await productsOf(record),
        settle: () => records.unmark([record], mark),
      })),
    );
  };
}

function inTurn(kinds: Read[]): Read {
  return async (most) => (await Promise.all(kinds.map((pending) => pending(most)))).flat();
}

function endsCertificates({ versions }: LabelScheme): boolean {
  return versions.some(({ whenMandateEnds }) => whenMandateEnds !== undefined);
}

/** Nothing hangs on what the record was entered with: whatever names it came later, and was made with it. */
function ifChanged(productsOf: (code: string) => Promise<string[]>): (record: Law) => Promise<string[]> {
  return async ({ code, revision }) => (revision > 1 ? productsOf(code) : []);
}

async function certified({ certificates }: Collections, filter: Filter): Promise<string[]> {
  const products = new Set<string>();
  for await (const certificate of certificates.stream(filter))
    certificate.reach.products.forEach((id) => products.add(id));
  return [...products];
}

async function found({ products }: Collections, filter: Filter): Promise<string[]> {
  const ids: string[] = [];
  for await (const { id } of products.stream(filter, ['revision'])) ids.push(id);
  return ids;
}
