import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { ProductInput, SearchResult } from '../schemas/types.d.ts';
import { createRandom, type Random } from '../seed/random.ts';
import groups from '../seed/data/groups.json' with { type: 'json' };
import type { SearchDoc } from '../server/search/document.rules.ts';
import { createIndex } from '../server/search/embedded-index.ts';
import { foldTexts } from '../server/search/fold.rules.ts';
import { idOf, modelOf, supplierOf } from './catalogue.ts';
import { meilisearchWork } from './meilisearch-work.ts';
import { asJson, bareWhile, percentile, say, timed, type Bench } from './measure.ts';

const clients = 4;
const searchingMs = 10_000;
const writes = 40;
const asked = 200;
const letters = 'abcdefghijklmnopqrstuvwxyz'.split('');

/** What is asked of search beside its speed: that others need not wait, that a write is found, that what is misspelt is found too. */
export async function benchSearchAims(bench: Bench, size: number, queries: string[]): Promise<void> {
  say('\n| beside that | figure | aim |\n| --- | --- | --- |');
  const quiet = await bareWhile(bench, delay(3000));
  const unit = percentile(quiet, 0.5);
  const busy = await bareWhile(bench, searching(bench, queries));
  say(
    `| bare answer while ${clients} clients search, p95 in bare answers | ${shown(percentile(busy, 0.95) / unit)} | 15 |`,
  );
  await benchRebuild(bench, unit);
  const found = await foundAfter(bench);
  say(`| a write is found after, p95 in ms | ${percentile(found, 0.95).toFixed(0)} | 500 |`);
  say(`| a write is found after, longest in ms | ${Math.max(...found).toFixed(0)} | 2000 |`);
  say(`| a model code's product comes first | ${shown(await firstByCode(bench, size))} | 1.00 |`);
  const random = createRandom(size);
  for (const [typos, shortest] of [[1, 5] as const, [2, 9] as const]) {
    const recall = await recallOf(bench, misspelt(random, typos, shortest));
    say(
      `| the word that ${typos === 1 ? 'one typo' : 'two typos'} misspelt is among the first ten | ${shown(recall)} | 0.95 |`,
    );
  }
  const work = (await meilisearchWork(bench)) / unit;
  say(`| a search with Meilisearch but for the engine and the way to it, in bare answers | ${shown(work)} | 3 |`);
  // Last, because it holds the event loop.
  say(`| memory of the index, kB a product | ${shown((await memoryOf(bench)) / 1024 / size)} | 6 |`);
}

function shown(figure: number): string {
  return figure.toFixed(2);
}

/** Clients that search one query after the other, as fast as they are answered. */
async function searching({ askPublicly }: Bench, queries: string[]): Promise<void> {
  const until = performance.now() + searchingMs;
  const client = async (_: unknown, own: number) => {
    for (let round = own; performance.now() < until; round++)
      await askPublicly(`/api/products?limit=20&${queries[round % queries.length] ?? ''}`);
  };
  await Promise.all(Array.from({ length: clients }, client));
}

async function benchRebuild(bench: Bench, unit: number): Promise<void> {
  let took = 0;
  const rebuild = timed(() => bench.services.search.rebuild()).then((ms) => void (took = ms));
  const meanwhile = await bareWhile(bench, rebuild);
  say(
    `| bare answer while the index is built anew, longest in bare answers | ${shown(Math.max(...meanwhile) / unit)} | 150 |`,
  );
  const quiet = await timed(() => bench.services.search.rebuild());
  say(
    `| the index built from the store, as at a start, in s (with bare answers beside it ${shown(took / 1000)}) | ${shown(quiet / 1000)} | 3 |`,
  );
}

/** Bytes that an index of all products has on the heap and beside it, once garbage is collected. */
async function memoryOf({ services, searchPort }: Bench): Promise<number> {
  const docs: SearchDoc[] = [];
  const { rebuild } = searchPort;
  searchPort.rebuild = (source) => rebuild(keptIn(docs, source));
  await services.search.rebuild();
  searchPort.rebuild = rebuild;
  const before = memory();
  const index = createIndex();
  for (let at = 0; at < docs.length; at += 500) index.put(docs.slice(at, at + 500));
  const used = memory() - before;
  if (index.documents() !== docs.length) throw new Error('The index has not all products.');
  return used;
}

async function* keptIn(docs: SearchDoc[], source: AsyncIterable<SearchDoc[]>): AsyncGenerator<SearchDoc[]> {
  for await (const batch of source) {
    docs.push(...batch);
    yield batch;
  }
}

function memory(): number {
  setFlagsFromString('--expose-gc');
  (runInNewContext('gc') as () => void)();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return heapUsed + arrayBuffers;
}

/** From the answer to a write until a search finds the product, in ms, one write after the other. */
async function foundAfter({ operator }: Bench): Promise<number[]> {
  const taken: number[] = [];
  for (let write = 0; write < writes; write++) {
    const model = `GHI${String(Date.now())}${String(write)}`;
    await operator('/api/products', asJson(aProduct(model)));
    taken.push(await timed(() => untilFound(operator, model)));
  }
  return taken;
}

async function untilFound(operator: Bench['operator'], model: string): Promise<void> {
  for (;;) {
    const { total } = (await operator(`/api/products?q=${model}`)) as SearchResult;
    if (total > 0) return;
    await delay(5);
  }
}

function aProduct(model: string): ProductInput {
  const name = { vi: `Giấy in ${model} (hư cấu)` };
  return { kind: 'good', name, brand: 'Mẫu', model, group: 'office-paper', supplier: supplierOf(1) };
}

async function firstByCode({ officer }: Bench, size: number): Promise<number> {
  let first = 0;
  for (let round = 0; round < asked; round++) {
    const number = (round * 97) % size;
    const { items } = (await officer(`/api/products?q=${modelOf(number)}`)) as SearchResult;
    if (items[0]?.id === idOf(number)) first += 1;
  }
  return first / asked;
}

interface Misspelling {
  meant: string;
  typed: string;
}

/** The part of the misspellings whose first ten hits have one with the word that was meant in its name or group. */
async function recallOf({ officer }: Bench, misspellings: Misspelling[]): Promise<number> {
  let found = 0;
  for (const { meant, typed } of misspellings) {
    const { items } = (await officer(`/api/products?limit=10&q=${typed}%20`)) as SearchResult;
    const texts = items.map(({ name, groupName }) => foldTexts(name.vi, name.en, groupName.vi, groupName.en));
    if (texts.some((text) => text.split(' ').includes(meant))) found += 1;
  }
  return found / misspellings.length;
}

/** Words of the groups' names with so many letters changed, added or left out behind the first, still long enough for as many typos. */
function misspelt(random: Random, typos: number, shortest: number): Misspelling[] {
  const names = foldTexts(...groups.flatMap(({ name }) => [name.vi, name.en]));
  const words = [...new Set(names.split(' '))].filter(
    (word) => word.length >= shortest + typos && /^[a-z]+$/.test(word),
  );
  return Array.from({ length: asked }, () => {
    const meant = random.pick(words);
    let typed = meant;
    for (let typo = 0; typo < typos; typo++) typed = mistyped(random, typed);
    return { meant, typed };
  });
}

function mistyped(random: Random, word: string): string {
  const at = random.integer(1, word.length - 1);
  const letter = random.pick(letters);
  const [head, tail] = [word.slice(0, at), word.slice(at + 1)];
  return random.pick([`${head}${letter}${tail}`, `${head}${tail}`, `${head}${letter}${word[at] ?? ''}${tail}`]);
}
