import { type Interpretation, keyOf } from './interpretation.rules.ts';
import type { Ask, Asked } from './explain.service.ts';
import type { Word } from './fold.rules.ts';
import { widened } from './marks.rules.ts';
import { groupsNamedIn } from './named-groups.rules.ts';
import type { SearchAnswer } from './port.ts';
import { buildRequest, publicFilters, valuesOf } from './query.rules.ts';
import { readLiterally, readQuery, type Reading, withoutFillers } from './reading.rules.ts';
import { renumbered, respaced, respelt, vocabularyOf } from './spelling.rules.ts';
import { decodeTyping } from './typing.rules.ts';

/** What was asked, as it was understood in the end, and what the engine answered. */
export interface Understanding {
  asked: Asked;
  found: SearchAnswer;
}

/** The same search with its words read in another way. */
export function readAs(asked: Omit<Asked, 'reading' | 'named' | 'words' | 'request'>, reading: Reading): Asked {
  const { query, law, attributes } = asked;
  const named = groupsNamedIn(reading.words, law.groups);
  const request = buildRequest(query, law, { attributes, reading, named });
  return { ...asked, reading, named, words: reading.words, request: widened(request, reading.words) };
}

/**
 * Asks as the query was understood; where nothing is found, by its bare words; where no product has these, as it may have
 * been meant: typed with the input method off, spaced otherwise, misspelt. Never with a word less.
 */
export async function findAsUnderstood(find: Ask, asked: Asked): Promise<Understanding> {
  const found = await find(asked.request);
  if (found.total > 0) return (await insteadOfTypos(find, { asked, found })) ?? { asked, found };
  if ((asked.query.q ?? '').trim() === '') return { asked, found };
  if (asked.reading.understood.length > 0) {
    const literal = readAs(asked, readLiterally(asked.query.q ?? ''));
    const answer = await find(literal.request);
    if (answer.total > 0) return { asked: literal, found: answer };
  }
  const isKnown = async (words: Word[]) =>
    (await find({ ...bare(asked), words: words.map(({ folded }) => folded) })).total > 0;
  if (await isKnown(asked.words)) return { asked, found };
  for await (const reading of otherReadings(asked, isKnown)) {
    const other = readAs(asked, reading);
    const answer = await find(other.request);
    if (answer.total > 0) return { asked: other, found: answer };
  }
  return { asked, found };
}

/** Where all hits are words with typos: the same letters with spaces in them, which name a group, are likelier (mayin). */
async function insteadOfTypos(find: Ask, { asked, found }: Understanding): Promise<Understanding | null> {
  const { request, words } = asked;
  if (words.length === 0 || found.hits.some(({ typos }) => typos === 0)) return null;
  // Later pages and other orders say nothing of the best hit.
  const isBest = request.page === 1 && request.sort === 'relevance';
  const { hits } = isBest ? found : await find({ ...request, facets: [], sort: 'relevance', page: 1, size: 1 });
  if (hits.every(({ typos }) => typos === 0)) return null;
  for (const reading of namingReadings(asked)) {
    const other = readAs(asked, reading);
    const answer = await find(other.request);
    if (answer.total > 0) return { asked: other, found: answer };
  }
  return null;
}

/** Without any filter but that it is offered, without counts. */
function bare({ request, law }: Asked) {
  return { ...request, filters: publicFilters(law.on), facets: [], page: 1, size: 1 };
}

/** The query spaced as names of groups are, and naming one; with `others`, also with one of these words spelt as there. */
export function namingReadings({ law, reading, query }: Asked, others: Word[] = []): Reading[] {
  const off = new Set(valuesOf(query.asTyped));
  if (off.has('all')) return [];
  const vocabulary = vocabularyOf(law.groups);
  const suspects = new Set(others.length > 1 ? [] : others.map(({ folded }) => folded));
  const spelt = others.length === 0 ? [] : respelt(reading.words, suspects, vocabulary);
  const readings = [
    ...respaced(reading.words, vocabulary).map((words) => meant('spacing', reading, words)),
    ...spelt.map((words) => meant('spelling', reading, words)),
  ];
  const naming = readings.filter((other) => groupsNamedIn(other.words, law.groups).size > 0);
  const plainer = withoutFillers(reading, off);
  return [...(plainer ? [plainer] : []), ...naming].filter((other) => isOn(other, off));
}

async function* otherReadings(asked: Asked, isKnown: (words: Word[]) => Promise<boolean>): AsyncGenerator<Reading> {
  const { query, law, reading } = asked;
  const q = query.q ?? '';
  const off = new Set(valuesOf(query.asTyped));
  if (off.has('all')) return;
  const decoded = decodeTyping(q);
  if (decoded !== null && !off.has(keyOf('typing', q))) {
    const { words, prefixLast, understood } = readQuery(decoded, law, off);
    yield { words, prefixLast, understood: [instead('typing', q, decoded), ...understood] };
  }
  const plainer = withoutFillers(reading, off);
  if (plainer) yield plainer;
  const vocabulary = vocabularyOf(law.groups);
  yield* [...renumbered(reading.words), ...respaced(reading.words, vocabulary)]
    .map((words) => meant('spacing', reading, words))
    .filter((other) => isOn(other, off));
  const unknown = new Set<string>();
  for (const word of reading.words) if (!(await isKnown([word]))) unknown.add(word.folded);
  yield* respelt(reading.words, unknown, vocabulary)
    .map((words) => meant('spelling', reading, words))
    .filter((other) => isOn(other, off));
}

function meant(kind: 'spacing' | 'spelling', reading: Reading, words: Word[]): Reading {
  const understood = [instead(kind, textOf(reading.words), textOf(words)), ...reading.understood];
  return { words, prefixLast: false, understood };
}

function isOn({ understood }: Reading, off: ReadonlySet<string>): boolean {
  return !understood.some(({ key }) => off.has(key));
}

function instead(kind: Interpretation['kind'], typed: string, other: string): Interpretation {
  return { key: keyOf(kind, typed), kind, typed, meaning: { vi: other, en: other } };
}

function textOf(words: Word[]): string {
  return words.map(({ raw }) => raw).join(' ');
}
