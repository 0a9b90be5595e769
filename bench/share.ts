import { join } from 'node:path';
import { seed } from '../server/core/author.rules.ts';
import query from '../schemas/share-query.json' with { type: 'json' };
import { insertRegister, registerAgencies, type RegisterSize } from './big-register.ts';
import { header, interleaved, say, shown, timed, withServer, type Bench } from './measure.ts';

const tries = 5;
const edition = {
  code: 'BENCH-3',
  title: { vi: 'Bản danh mục thử (hư cấu)' },
  legalBasis: 'Thử',
  effectiveFrom: '2026-01-01',
  entries: [{ group: 'office-paper', obligation: 'mandatory' as const, accepts: [{ scheme: 'VN-ECOLABEL' }] }],
};

/** The share by every grouping over a generated register: first how long it takes to enter it and to make its cells. */
export async function benchShare(lines: number, keep?: string): Promise<void> {
  const size: RegisterSize = { lines, agencies: lines < 10_000 ? 60 : 300, months: 36, seed: 1 };
  await withServer(
    {
      ...(keep !== undefined && { folder: join(keep, String(lines)) }),
      async prepare({ services, connection }) {
        say(`\n${lines} lines, ${size.agencies} agencies, ${size.months} months\n`);
        if ((await connection.collection('purchases').findOne()) === null) {
          for (const agency of registerAgencies(size)) await services.organisations.create(seed, agency);
          await services.priorityLists.create(seed, edition);
          say(`inserted in ${seconds(await timed(() => insertRegister(connection, size)))} s`);
        }
        say(`cells made in ${seconds(await timed(services.settle))} s\n`);
      },
    },
    (bench) => report(bench, size),
  );
}

async function report(bench: Bench, { months }: RegisterSize): Promise<void> {
  const period = `from=2023-01-01&to=${2023 + Math.ceil(months / 12) - 1}-12-31`;
  say(header);
  const row = async (name: string, path: string, rounds = tries) =>
    say(shown(name, await interleaved(() => bench.ask(`/api/share${path}`), bench, { rounds })));
  await row('whole', `?${period}`);
  for (const groupBy of query.properties.groupBy.enum) await row(groupBy, `?${period}&groupBy=${groupBy}`);
  for (const groupBy of ['month', 'group', 'supplier'])
    await row(`below a root, ${groupBy}`, `?${period}&agency=BENCH-0&groupBy=${groupBy}`);
  await row('broken months, group', `?${period.replace('01-01', '01-15')}&groupBy=group`, 1);
  await row('edition, group', `?${period}&groupBy=group&edition=BENCH-3`, 1);
  await row('knownAt, group', `?${period}&groupBy=group&knownAt=2026-01-01T00:00:00Z`, 1);
  await row('a page of lines of a group', `/lines?${period}&groupBy=group&key=group-7`);
  say(
    `\nmemory of the process, store and client of the bench included: ${(process.memoryUsage.rss() / 2 ** 20).toFixed(0)} MB`,
  );
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(1);
}
