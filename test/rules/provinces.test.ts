import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { Province } from '../../schemas/types.d.ts';
import { parseBody } from '../../server/core/schemas.ts';
import { provincesOf } from '../../server/organisations/codes.rules.ts';
import { datedTree } from '../../server/organisations/tree.rules.ts';
import organisations from '../../seed/data/organisations.json' with { type: 'json' };
import rows from '../../seed/data/provinces.json' with { type: 'json' };

const recorded = { recordedAt: '2026-01-01T00:00:00.000Z', revision: 1 };
const provinces = rows.map((row) => ({ ...row, ...recorded })) as Province[];
const map = provincesOf(provinces);
const [last63, first34] = ['2025-06-30', '2025-07-01'];
const former = provinces.filter(({ through }) => through !== undefined);
const present = provinces.filter(({ through }) => through === undefined);

describe('the provinces of both maps', () => {
  it('are 63 and 34, every former one in exactly one of today, each with its source and in its schema', () => {
    expect([former.length, present.length]).toEqual([63, 34]);
    const merged = present.flatMap(({ mergedFrom = [] }) => mergedFrom);
    expect(merged.toSorted()).toEqual(former.map(({ code }) => code).toSorted());
    for (const province of provinces) {
      expect(() => parseBody('province', province)).not.toThrow();
      expect(province.source).not.toBe('');
    }
    for (const organisation of organisations) expect(() => parseBody('organisation-input', organisation)).not.toThrow();
  });

  it('know the seven codes that kept their digits and mean another province since 1 July 2025', () => {
    expect(map.changedMeaning).toEqual(['15', '24', '44', '52', '80', '82', '91']);
    const named = map.changedMeaning.map((code) => [map.byCode(code, last63), map.byCode(code, first34)]);
    expect(named.map(([before, now]) => `${before?.name.vi} → ${now?.name.vi}`)).toEqual([
      'Yên Bái → Tỉnh Lào Cai',
      'Bắc Giang → Tỉnh Bắc Ninh',
      'Quảng Bình → Tỉnh Quảng Trị',
      'Bình Định → Tỉnh Gia Lai',
      'Long An → Tỉnh Tây Ninh',
      'Tiền Giang → Tỉnh Đồng Tháp',
      'Kiên Giang → Tỉnh An Giang',
    ]);
  });

  it('are found by code or name and day, with and without what kind of place it is', () => {
    for (const province of provinces) {
      const day = province.through ?? first34;
      expect(map.byCode(province.code, day)).toBe(province);
      expect(map.byName(province.name.vi, day)).toBe(province);
    }
    expect(map.byName('bắc ninh', last63)?.code).toBe('27');
    expect(map.byName('Tỉnh Bắc Ninh', first34)?.code).toBe('24');
    expect(map.byName('Bắc Giang', first34)).toBeUndefined();
    expect(map.byCode('27', first34)).toBeUndefined();
  });

  it('map a former province onto the one that it went into, and one of today back only where it was merged out of one', () => {
    fc.assert(
      fc.property(fc.constantFrom(...former), fc.constantFrom(last63, first34), (province, day) => {
        const place = { code: province.code, on: last63 };
        const heir = present.find(({ mergedFrom = [] }) => mergedFrom.includes(province.code))!;
        expect(map.keyOn(place, '63', day)).toBe(province.code);
        expect(map.keyOn(place, '34', day)).toBe(heir.code);
        expect(map.keyOn(place, 'asDated', day)).toBe(day === last63 ? province.code : heir.code);
      }),
    );
    fc.assert(
      fc.property(fc.constantFrom(...present), fc.constantFrom(last63, first34), (province, day) => {
        const place = { code: province.code, on: first34 };
        const { mergedFrom = [] } = province;
        const back = mergedFrom.length === 1 ? mergedFrom[0]! : 'unknown';
        expect(map.keyOn(place, '63', day)).toBe(back);
        expect(map.keyOn(place, '34', day)).toBe(province.code);
        expect(map.keyOn(place, 'asDated', day)).toBe(day === last63 ? back : province.code);
      }),
    );
    expect(map.keyOn({ code: '99', on: first34 }, '34', first34)).toBe('unknown');
  });

  it('name a code of both maps by both of its meanings, on the map of each day', () => {
    expect(map.names('34').get('24')?.vi).toBe('Tỉnh Bắc Ninh');
    expect(map.names('63').get('24')?.vi).toBe('Bắc Giang');
    expect(map.names('asDated').get('24')?.vi).toBe('Bắc Giang (đến 30/06/2025), Tỉnh Bắc Ninh');
  });

  it('are an agency’s own or those of the nearest above, read with the codes of the days for which they were written', () => {
    const tree = datedTree([
      { code: 'TOP', parents: [], provinces: [{ code: '24' }], level: 'province' },
      { code: 'OWN', parents: [{ code: 'TOP' }], provinces: [{ code: '27', from: '2020-01-01' }], level: 'commune' },
      { code: 'BELOW', parents: [{ code: 'TOP' }] },
      { code: 'NONE', parents: [] },
    ]);
    const key = (agency: string, day: string) => {
      const place = tree.provinceOn(agency, day);
      return place && map.keyOn(place, 'asDated', day);
    };
    expect([key('OWN', last63), key('OWN', first34)]).toEqual(['27', '24']);
    expect([key('BELOW', last63), key('BELOW', first34)]).toEqual(['unknown', '24']);
    expect(key('NONE', first34)).toBeNull();
    expect(['OWN', 'BELOW', 'NONE'].map((agency) => tree.levelOn(agency, first34))).toEqual([
      'commune',
      'province',
      null,
    ]);
  });
});
