import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { createMeilisearch } from '../../server/search/meilisearch.adapter.ts';
import { filterText, toEngineDoc, toEngineQueries } from '../../server/search/meilisearch-query.ts';
import { indexUid, nextUid, settings } from '../../server/search/meilisearch-settings.ts';
import type { SearchPort } from '../../server/search/port.ts';
import { attributesOf } from '../../server/search/attribute-query.rules.ts';
import { buildRequest } from '../../server/search/query.rules.ts';
import { cannedAnswers, documented, type CannedAnswers } from './canned-answers.ts';
import { describeSearchPort } from './port-contract.ts';
import { createRegister } from './register.ts';
import { aDoc, aGroup, aProduct, aRequest, aScheme, idOf, inBatches } from './support.ts';

const { MEILI_URL, MEILI_KEY } = process.env;
// The same guarantees on the real engine, whenever there is one.
if (MEILI_URL) {
  describeSearchPort('Meilisearch', () => createMeilisearch({ url: MEILI_URL, key: MEILI_KEY }), {
    keepsIndex: true,
    keepsTextsExact: false,
  });
}

const documents = `POST /indexes/${indexUid}/documents`;
const anAnswer = {
  indexUid,
  hits: [
    {
      id: idOf(7),
      seq: 3,
      _rankingScoreDetails: { words: { order: 0 }, typo: { order: 1, typoCount: 1, maxTypoCount: 2, score: 0.7 } },
    },
  ],
  query: 'giay in',
  processingTimeMs: 1,
  page: 2,
  hitsPerPage: 1,
  totalPages: 3,
  totalHits: 3,
  facetDistribution: { kind: { good: 2, service: 1 } },
  facetStats: {},
};

describe('the Meilisearch adapter', () => {
  let engine: CannedAnswers;
  let port: SearchPort;

  beforeEach(async () => {
    engine = await cannedAnswers();
    port = createMeilisearch({ url: engine.url, key: 'master' });
    engine.give('GET /version', { body: documented.version('1.37.0') });
    engine.give('POST /keys', { body: { uid: 'x', key: 'search-only', actions: ['search'], indexes: [indexUid] } });
    engine.give(`GET /indexes/${indexUid}/settings`, { body: settings });
    engine.give(`GET /indexes/${indexUid}/stats`, { body: documented.stats(3) });
    engine.give(documents, { status: 202, body: documented.enqueued(1) });
    engine.give('GET /tasks/1', { body: documented.task(1, 'processing') }, { body: documented.task(1, 'succeeded') });
  });
  afterEach(() => engine.close());

  describe('at the start', () => {
    it('makes itself a key that may search and nothing else, and searches with it', async () => {
      engine.give('POST /multi-search', { body: { results: [anAnswer] } });
      await port.init();
      expect(engine.of('POST /keys')).toMatchObject([
        { key: 'master', body: { actions: ['search'], indexes: [indexUid], expiresAt: null } },
      ]);
      await port.search(aRequest('giấy'));
      expect(engine.of('POST /multi-search')).toMatchObject([{ key: 'search-only' }]);
    });

    it('searches with the given key where that key may not manage keys', async () => {
      const refused = { status: 403, body: documented.forbidden };
      engine.give('POST /keys', refused);
      engine.give('POST /multi-search', { body: { results: [anAnswer] } });
      await port.init();
      await port.search(aRequest('giấy'));
      expect(engine.of('POST /multi-search')).toMatchObject([{ key: 'master' }]);
    });

    it.each(['1.36.9', '0.99.0'])('refuses a server of version %s and says which one to install', async (version) => {
      engine.give('GET /version', { body: documented.version(version) });
      await expect(port.init()).rejects.toThrow(/too old: install 1\.37 or later/);
    });

    it('leaves settings alone that are right, and sends those that differ, waiting until they hold', async () => {
      await port.init();
      expect(engine.of(`PATCH /indexes/${indexUid}/settings`)).toEqual([]);
      engine.give(`GET /indexes/${indexUid}/settings`, {
        body: { ...settings, searchCutoffMs: null, stopWords: ['va'] },
      });
      engine.give(`PATCH /indexes/${indexUid}/settings`, { status: 202, body: documented.enqueued(1) });
      await port.init();
      expect(engine.of(`PATCH /indexes/${indexUid}/settings`).map(({ body }) => body)).toEqual([
        { searchCutoffMs: 1000, stopWords: [] },
      ]);
      expect(engine.of('GET /tasks/1')).toHaveLength(2);
    });
  });

  describe('a search', () => {
    it('is one round trip: the page with its counts, and one query for each count that leaves a filter out', async () => {
      engine.give('POST /multi-search', {
        body: { results: [anAnswer, { ...anAnswer, facetDistribution: { group: { a: 4, b: 9 } } }, anAnswer] },
      });
      const answer = await port.search({
        words: ['giay', 'in'],
        prefixLast: true,
        filters: [
          { where: { field: 'status', in: ['listed'] } },
          { where: { not: { field: 'withdrawnDay', lte: 20_000 } } },
          { facet: 'group', where: { any: [{ field: 'group', in: ['a'] }] } },
        ],
        facets: [
          { name: 'kind', field: 'kind' },
          { name: 'group', field: 'group' },
          { name: 'scheme', values: [{ value: 'EU', where: { valid: 'EU', on: 20_000 } }] },
        ],
        prefer: [],
        sort: 'name',
        page: 2,
        size: 1,
      });
      const isPublic = ['status IN ["listed"]', 'NOT ((withdrawnDay <= 20000))'];
      const both = { indexUid, q: 'giay in', matchingStrategy: 'all', attributesToRetrieve: ['id', 'seq'] };
      expect(engine.sent.map(({ call }) => call)).toEqual(['POST /multi-search']);
      expect(engine.sent[0]?.body).toEqual({
        queries: [
          {
            ...both,
            filter: [...isPublic, '(group IN ["a"])'],
            facets: ['kind'],
            page: 2,
            hitsPerPage: 1,
            showRankingScoreDetails: true,
            sort: ['nameKey:asc'],
          },
          { ...both, filter: isPublic, facets: ['group'], page: 1, hitsPerPage: 1 },
          { ...both, filter: [...isPublic, '(group IN ["a"])', inSlots('EU', 20_000)], page: 1, hitsPerPage: 1 },
        ],
      });
      expect({ ...answer, facets: await answer.facets }).toMatchObject({
        hits: [{ id: idOf(7), seq: 3, typos: 1, rank: 1 }],
        total: 3,
        facets: {
          kind: {
            values: [
              { value: 'good', count: 2 },
              { value: 'service', count: 1 },
            ],
            truncated: false,
          },
          group: {
            values: [
              { value: 'b', count: 9 },
              { value: 'a', count: 4 },
            ],
          },
          scheme: { values: [{ value: 'EU', count: 3 }] },
        },
      });
    });

    it('puts what the words leave equal in the preferred order, asked for in the same round trip', async () => {
      const details = (typoCount: number) => ({
        typo: { order: 1, typoCount, maxTypoCount: 2, score: 1 - typoCount / 3 },
      });
      const hit = (number: number, typoCount = 0) => ({ id: idOf(number), _rankingScoreDetails: details(typoCount) });
      const answerOf = (hits: { id: string }[]) => ({
        ...anAnswer,
        hits,
        facetDistribution: {},
        totalHits: hits.length,
      });
      const green = { valid: 'A', on: 20_000 };
      const listed = { field: 'group' as const, in: ['a'] };
      const results = [
        answerOf([hit(1), hit(2), hit(3), hit(4), hit(5, 1), hit(6, 1)]),
        answerOf([hit(3), hit(6, 1)]),
        answerOf([hit(2), hit(3), hit(4)]),
      ];
      engine.give('POST /multi-search', { body: { results } });
      const prefer = [[green, { any: [] }], [listed]];
      const ask = async (page: number, size: number) =>
        (await port.search(aRequest('giấy', { prefer, page, size }))).hits.map(({ id }) => Number.parseInt(id, 16));
      expect(await ask(1, 100)).toEqual([3, 2, 4, 1, 6, 5]);
      expect([await ask(1, 4), await ask(2, 4)]).toEqual([
        [3, 2, 4, 1],
        [6, 5],
      ]);
      const [, { body }] = engine.sent as [unknown, { body: { queries: object[] } }];
      const both = { indexUid, q: 'giay', matchingStrategy: 'all', attributesToRetrieve: ['id', 'seq'] };
      expect(body.queries).toEqual([
        { ...both, filter: [], facets: [], page: 1, hitsPerPage: 100, showRankingScoreDetails: true },
        { ...both, filter: [inSlots('A', 20_000)], page: 1, hitsPerPage: 100 },
        { ...both, filter: ['group IN ["a"]'], page: 1, hitsPerPage: 100 },
      ]);
      // Behind the window, and in an order that was asked for, the engine's own order stands.
      await port.search(aRequest('giấy', { prefer, page: 6, size: 20 }));
      await port.search(aRequest('giấy', { prefer, sort: 'name', size: 20 }));
      for (const { body: later } of engine.sent.slice(-2))
        expect((later as { queries: object[] }).queries).toHaveLength(1);
    });

    it('begins its last word unless a space ends it', async () => {
      engine.give('POST /multi-search', { body: { results: [anAnswer] } });
      await port.search(aRequest('giấy in'));
      await port.search(aRequest('giấy in '));
      expect(engine.sent.map(({ body }) => (body as { queries: { q: string }[] }).queries[0]?.q)).toEqual([
        'giay in',
        'giay in ',
      ]);
    });

    it('never gives a cut answer for a whole one', async () => {
      engine.give('POST /multi-search', { body: { results: [{ ...anAnswer, processingTimeMs: 1000 }] } });
      await expect(port.search(aRequest('giấy'))).rejects.toMatchObject({ code: 'unavailable' });
    });

    it.each([
      ['an engine without the index', { status: 404, body: documented.notFound }, 'not_ready'],
      ['a filter that it does not take', { status: 400, body: documented.badFilter }, 'bad_filter'],
      ['a key that it does not know', { status: 403, body: documented.forbidden }, 'failed'],
      ['an engine that is failing', { status: 503, body: documented.unavailable }, 'unavailable'],
      ['an engine that takes too long', { body: { results: [anAnswer] }, afterMs: 2500 }, 'unavailable'],
    ])('says of %s what it is', async (_what, answer, code) => {
      engine.give('POST /multi-search', answer);
      await expect(port.search(aRequest('giấy'))).rejects.toMatchObject({ code });
    });

    it('is refused without a call where no page reaches so far', async () => {
      await expect(port.search(aRequest('', { page: 101, size: 100 }))).rejects.toMatchObject({
        code: 'page_too_deep',
      });
      expect(engine.sent).toEqual([]);
    });
  });

  describe('a write', () => {
    it('counts once its task has succeeded', async () => {
      const ticket = await port.upsert([aDoc(1, 'Giấy', { seq: 4 })]);
      expect(await port.settle(ticket, 5000)).toEqual({ state: 'done' });
      expect(engine.of('GET /tasks/1')).toHaveLength(2);
      expect(engine.of(documents).map(({ body }) => body)).toMatchObject([
        [{ id: idOf(1), seq: 4, s_name_vi: 'giay' }],
      ]);
    });

    it('never sends an older form after a newer one', async () => {
      engine.give('GET /tasks/1', { body: documented.task(1, 'succeeded') });
      for (const seq of [4, 3, 5]) await port.settle(await port.upsert([aDoc(1, 'Giấy', { seq })]), 5000);
      expect(engine.of(documents).flatMap(({ body }) => (body as { seq: number }[]).map(({ seq }) => seq))).toEqual([
        4, 5,
      ]);
    });

    it('that the engine refused says why', async () => {
      engine.give('GET /tasks/1', { body: documented.task(1, 'failed', 'Document identifier is invalid') });
      const ticket = await port.upsert([aDoc(1, 'Giấy')]);
      expect(await port.settle(ticket, 5000)).toEqual({ state: 'failed', reason: 'Document identifier is invalid' });
    });

    it('that is not through in time says so and stays under way', async () => {
      engine.give('GET /tasks/1', { body: documented.task(1, 'processing') });
      const ticket = await port.upsert([aDoc(1, 'Giấy')]);
      expect(await port.settle(ticket, 50)).toEqual({ state: 'timeout' });
      expect(await port.health()).toEqual({ engine: 'meilisearch', ready: true, documents: 3, pending: 1 });
      engine.give('GET /tasks/1', { body: documented.task(1, 'succeeded') });
      expect(await port.settle(ticket, 5000)).toEqual({ state: 'done' });
    });
  });

  it('builds a second index and lets the two change places; what is written meanwhile goes into both', async () => {
    const done = { status: 202, body: documented.enqueued(1) };
    engine.give('GET /tasks/1', { body: documented.task(1, 'succeeded') });
    engine.give('POST /indexes', done);
    engine.give(`GET /indexes/${indexUid}`, { body: { uid: indexUid, primaryKey: 'id' } });
    engine.give(`GET /indexes/${nextUid}/settings`, { body: {} });
    engine.give(`PATCH /indexes/${nextUid}/settings`, done);
    engine.give(`POST /indexes/${nextUid}/documents`, done);
    engine.give('POST /swap-indexes', done);
    engine.give(`DELETE /indexes/${nextUid}`, done);
    const source = async function* () {
      yield [aDoc(1, 'Giấy', { seq: 1 })];
      await port.settle(await port.upsert([aDoc(2, 'Bút mới', { seq: 2 })]), 5000);
      yield [aDoc(2, 'Bút cũ', { seq: 1 }), aDoc(3, 'Mực', { seq: 1 })];
    };
    expect(await port.rebuild(source())).toMatchObject({ documents: 3 });
    const writes = engine.sent.filter(({ call }) => !call.startsWith('GET') && !call.startsWith('DELETE'));
    expect(writes.map(({ call, body }) => [call, Array.isArray(body) ? names(body) : null])).toEqual([
      ['POST /indexes', null],
      [`PATCH /indexes/${nextUid}/settings`, null],
      [`POST /indexes/${nextUid}/documents`, ['giay']],
      [documents, ['but moi']],
      [`POST /indexes/${nextUid}/documents`, ['but moi']],
      [`POST /indexes/${nextUid}/documents`, ['muc']],
      ['POST /swap-indexes', [undefined]],
    ]);
    expect(engine.of('POST /swap-indexes')[0]?.body).toEqual([{ indexes: [indexUid, nextUid], rename: false }]);
    expect(engine.of(`PATCH /indexes/${nextUid}/settings`)[0]?.body).toEqual(settings);
    expect(engine.sent.at(-2)?.call).toBe(`DELETE /indexes/${nextUid}`);
  });

  it('tells every document that it holds by its revision, and nothing else of it', async () => {
    const page = (results: object[]) => ({ body: { results, offset: 0, limit: 1000, total: 1001 } });
    const full = Array.from({ length: 1000 }, (_, at) => ({ id: idOf(at), seq: 1 }));
    engine.give(`GET /indexes/${indexUid}/documents`, page(full), page([{ id: idOf(1000), seq: 7 }]));
    const found = [];
    for await (const batch of port.revisions()) found.push(...batch);
    expect(found).toEqual([...full, { id: idOf(1000), seq: 7 }]);
    expect(engine.of(`GET /indexes/${indexUid}/documents`)).toHaveLength(2);
  });

  it('leaves the index as it is where a rebuild fails', async () => {
    engine.give('POST /indexes', { status: 202, body: documented.enqueued(1) });
    engine.give('GET /tasks/1', { body: documented.task(1, 'failed', 'no space left') });
    await expect(port.rebuild(inBatches([aDoc(1, 'Giấy')]))).rejects.toThrow('no space left');
    expect(engine.of('POST /swap-indexes')).toEqual([]);
  });
});

describe('the engine’s filter language', () => {
  it('takes any value as one value and nothing else', () => {
    const dirty = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('"', '\\', '\\"', '"] OR (1=1)', "'", '\ud800', 'a\\'),
    );
    fc.assert(
      fc.property(dirty, (value) => {
        const text = filterText({ field: 'group', in: [value] });
        const [, inside] = /^group IN \["((?:[^"\\]|\\["\\])*)"\]$/su.exec(text) ?? [];
        expect(inside?.replace(/\\(["\\])/g, '$1')).toBe(value.replace(/\p{Surrogate}/gu, '\ufffd'));
      }),
    );
  });

  it('has of a query nothing but values in quotes: all else are words and fields of fixed lists', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 20 }),
      fc.constantFrom('"', '\\', '"] OR seq EXISTS', 'EU" OR "1"="1', 'NOT EU', '0 TO 9', '\ud800', '__proto__', 'EU'),
    );
    const values = fc.record({
      q: hostile,
      kind: hostile,
      group: hostile,
      family: hostile,
      scheme: hostile,
      tier: hostile,
      level: hostile,
      supplier: hostile,
      facets: hostile,
      attr: fc.dictionary(fc.constantFrom('grammage', 'size', '__proto__', 'seq EXISTS'), hostile),
    });
    const group = aGroup('paper', {
      attributes: [
        { key: 'grammage', name: { vi: 'Định lượng' }, type: 'number' },
        { key: 'size', name: { vi: 'Khổ' }, type: 'code', codes: [{ value: 'A4', name: { vi: 'A4' } }] },
      ],
    });
    const law = { on: '2026-03-14', edition: null, schemes: [aScheme('EU', { levels: ['1'] })], agreements: [] };
    const words =
      /^(?:IN|OR|AND|NOT|EXISTS|seq|kind|group|family|supplierId|status|withdrawnDay|attr_\w+|\d+|[<>]=?|[[\](),#])*$/;
    fc.assert(
      fc.property(values, (query) => {
        const attributes = attributesOf([group], query);
        const { queries } = toEngineQueries(buildRequest({ page: 1, limit: 20, ...query }, law, { attributes }));
        for (const { filter, facets = [], sort = [], q } of queries) {
          const texts = (filter as string[]).map((text) => text.replace(/"(?:[^"\\]|\\["\\])*"/gsu, '#'));
          for (const text of texts) expect(text.replaceAll(' ', '')).toMatch(words);
          const named = (filter as string[]).flatMap((text) => [...text.matchAll(/"(v[ft]\d?_[^"]*)"/g)]);
          expect(named.every(([, field]) => /^v[ft]\d?_EU$/.test(field!))).toBe(true);
          expect([...facets, ...sort].every((name) => /^(kind|group|family|supplierId|attr_\w+)$/.test(name))).toBe(
            true,
          );
          expect(q).not.toMatch(/[^\p{L}\p{N} ]/u);
        }
      }),
    );
  });

  it('says and, or, not and nothing at all', () => {
    const a = { field: 'kind' as const, in: ['good'] };
    expect(filterText({ all: [a, { not: { any: [a, a] } }] })).toBe(
      '(kind IN ["good"] AND NOT ((kind IN ["good"] OR kind IN ["good"])))',
    );
    expect(filterText({ any: [] })).toBe('NOT (seq EXISTS)');
    expect(filterText({ all: [] })).toBe('seq EXISTS');
    expect(() => filterText({ field: '__proto__', in: [] } as never)).toThrow('no such field');
  });
});

describe('a document for the engine', () => {
  it('has each scheme’s intervals side by side, the last four of them, with an open end far away', () => {
    const runs = [1, 2, 3, 4, 5].map((at) => ({ scheme: 'EU', from: at * 100, through: at * 100 + 50 }));
    const doc = toEngineDoc(
      aDoc(1, 'Giấy', { runs: [...runs, { scheme: 'VN-X', level: '5', criterion: 'N1', from: 7, through: null }] }),
    );
    expect(doc).toMatchObject({
      vf_EU: 200,
      vt_EU: 250,
      vf2_EU: 300,
      vf4_EU: 500,
      vt4_EU: 550,
      'vf_VN-X': 7,
      'vt_VN-X': 2_932_896,
      'lv_VN-X': '5',
      'lc_VN-X': 'N1',
    });
    expect(doc).not.toHaveProperty('runs');
    expect(Object.values(doc).every((value) => typeof value === 'string' || typeof value === 'number')).toBe(true);
  });
});

describe('a register whose search engine is down', () => {
  it('starts, is browsed from the store, says that words must wait, and keeps its marks for later', async () => {
    const register = createRegister({ groups: [aGroup('office-paper')] });
    for (const number of [1, 2]) register.putProduct(aProduct(number));
    const service = register.service(createMeilisearch({ url: 'http://127.0.0.1:9', key: 'x' }));
    await service.start();
    const query = { page: 1, limit: 20 };
    expect(await service.search(query, 'vi')).toMatchObject({
      total: 2,
      degraded: true,
      facets: {},
      items: [{ id: idOf(2) }, { id: idOf(1) }],
    });
    await expect(service.search({ ...query, q: 'giấy' }, 'vi')).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
    await expect(service.search({ ...query, tier: 'A' }, 'vi')).rejects.toMatchObject({ code: 'SEARCH_UNAVAILABLE' });
    await expect(service.drain()).rejects.toMatchObject({ code: 'unavailable' });
    expect(register.marks.size).toBe(2);
  });
});

function names(body: object[]): unknown[] {
  return body.map((doc) => (doc as { s_name_vi?: string }).s_name_vi);
}

function inSlots(scheme: string, on: number): string {
  const slots = ['', '2', '3', '4'].map(
    (slot) => `("vf${slot}_${scheme}" <= ${on} AND "vt${slot}_${scheme}" >= ${on})`,
  );
  return `(${slots.join(' OR ')})`;
}
