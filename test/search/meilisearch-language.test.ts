import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import { attributesOf } from '../../server/search/attribute-query.rules.ts';
import { filterText, toEngineDoc, toEngineQueries } from '../../server/search/meilisearch-query.ts';
import { buildRequest } from '../../server/search/query.rules.ts';
import { aDoc, aGroup, aScheme } from './support.ts';

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
