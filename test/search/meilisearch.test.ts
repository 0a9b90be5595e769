import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createMeilisearch } from '../../server/search/meilisearch.adapter.ts';
import { indexUid, nextUid, settings } from '../../server/search/meilisearch-settings.ts';
import type { SearchPort } from '../../server/search/port.ts';
import { cannedAnswers, documented, type CannedAnswers } from './canned-answers.ts';
import { describeSearchPort } from './port-contract.ts';
import { createRegister } from './register.ts';
import { aDoc, aGroup, aProduct, aRequest, idOf, inBatches } from './support.ts';

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
