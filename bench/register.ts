import { insertCatalogue, modelOf, idOf } from './catalogue.ts';
import { benchSearchAims } from './search-aims.ts';
import { header, interleaved, say, shown, withServer, type Bench } from './measure.ts';

const classes: [name: string, query: (round: number) => string][] = [
  ['exact model code', (round) => `q=${modelOf((round * 37) % 2000)}`],
  ['one word', (round) => `q=${encodeURIComponent(['giấy', 'den', 'máy', 'son'][round % 4]!)}`],
  ['two or three words', (round) => `q=${encodeURIComponent(['giấy in tái chế', 'may lanh', 'đèn led'][round % 3]!)}`],
  ['prefix as you type', (round) => `q=${encodeURIComponent(['giấ', 'photoc', 'tu la', 'bong de'][round % 4]!)}`],
  ['one or two typos', (round) => `q=${encodeURIComponent(['photocopi', 'cartrigde', 'monitro'][round % 3]!)}`],
  ['browse: filters and facets', (round) => `kind=good&scheme=${['VN-ECOLABEL', 'FSC'][round % 2]!}`],
  ['query, three filters, facets, sort', () => `q=may&kind=good&scheme=FSC&family=appliances&sort=name`],
];
const facets = 'facets=kind,group,family,scheme,tier,supplier';
/** A server that is in use is warm: its code has been compiled for the questions that it gets. */
const times = { rounds: 100, warmUp: 300 };

/** Search by class, a product's labels and a certificate's validity, in medians of a bare answer of the same run. */
export async function benchRegister(size: number): Promise<void> {
  await withServer({ prepare: ({ connection }) => insertCatalogue(connection, size) }, async (bench) => {
    const { askPublicly: ask } = bench;
    say(`\n${size} products, embedded search\n`);
    say(header);
    for (const [name, query] of classes) {
      await refuseEmpty(bench, query);
      say(
        shown(
          name,
          await interleaved((round) => ask(`/api/products?limit=20&${query(round)}&${facets}`), bench, times),
        ),
      );
    }
    const labels = (round: number) => ask(`/api/products/${idOf(round * 2)}/labels?on=2026-03-14`);
    say(shown('labels of a product on a day', await interleaved(labels, bench, times)));
    const validity = (round: number) => ask(`/api/certificates/c${idOf(round * 2).slice(1)}/validity?on=2026-03-14`);
    say(shown('validity of a certificate on a day', await interleaved(validity, bench, times)));
    await benchSearchAims(
      bench,
      size,
      [0, 1, 2, 3].flatMap((round) => classes.map(([, query]) => query(round))),
    );
  });
}

/** What finds nothing measures something else. */
async function refuseEmpty({ officer }: Bench, query: (round: number) => string): Promise<void> {
  for (const round of [0, 1, 2, 3]) {
    const { total } = (await officer(`/api/products?${query(round)}`)) as { total: number };
    if (total === 0) throw new Error(`${query(round)} finds nothing.`);
  }
}
