import { describe, expect, it } from '@jest/globals';
import { parseBody, type SchemaName } from '../../server/core/schemas.ts';
import type { LabelScheme } from '../../schemas/types.d.ts';
import { recordOn, type Version } from '../../server/reference/dated.rules.ts';
import { versionsOf, type DatedRow } from '../../seed/dated-row.ts';
import agreements from '../../seed/data/agreements.json' with { type: 'json' };
import criteria from '../../seed/data/criteria.json' with { type: 'json' };
import groups from '../../seed/data/groups.json' with { type: 'json' };
import schemes from '../../seed/data/schemes.json' with { type: 'json' };
import targets from '../../seed/data/targets.json' with { type: 'json' };

const files: [SchemaName, object[]][] = [
  ['label-scheme', schemes],
  ['product-group', groups],
  ['criteria-document', criteria],
  ['target', targets],
  ['recognition-agreement', agreements],
];

const entry = { recordedAt: '2026-01-01T00:00:00.000Z', revision: 1 };
const isDated = new Set(files.slice(0, 3).map(([schema]) => schema));

/** The row as the register records it. */
function inVersions(row: DatedRow): object {
  const versions = versionsOf<Version>(row).map((version) => ({ ...version, recordedAt: entry.recordedAt }));
  return recordOn({ code: row.code, versions, ...entry }, '2026-11-24', entry.recordedAt);
}

describe('the reference data', () => {
  it.each(files)('fits the schema %s once it is recorded', (schema, records) => {
    for (const record of records) {
      const recorded = isDated.has(schema) ? inVersions(record as DatedRow) : { ...record, ...entry };
      expect(() => parseBody(schema, recorded)).not.toThrow();
    }
    const codes = records.map((record) => ('code' in record ? record.code : null));
    expect(new Set(codes).size).toBe(records.length);
  });

  it('knows the six Vietnamese labels and how the law regards each', () => {
    const basis = Object.fromEntries(schemes.map((scheme) => [scheme.code, scheme.basis]));
    expect(basis).toMatchObject({
      'VN-ECOLABEL': 'statutory',
      'VN-GREEN-LABEL': 'legacy-transitional',
      'VN-ECO-BAG': 'legacy-transitional',
      'VN-ENERGY-COMPARATIVE': 'statutory-preference',
      'VN-ENERGY-ENDORSEMENT': 'statutory-preference',
      'VN-ENERGY-TOP': 'statutory-preference',
      'EU-ECOLABEL': 'equivalent-buyer-decides',
      'EPD-INT': 'information-only',
    });
  });

  it('knows 43 labels, dates the standing of the national ones, and whose they were from when', () => {
    expect(schemes).toHaveLength(43);
    const of = (code: string) => inVersions(schemes.find((scheme) => scheme.code === code)!) as LabelScheme;
    expect(of('VN-GREEN-LABEL')).toMatchObject({ from: '2009-03-05', through: '2025-01-10' });
    expect(of('VN-ECOLABEL')).toMatchObject({ from: '2022-01-01', owner: { vi: 'Bộ Nông nghiệp và Môi trường' } });
    expect(recordOn(of('VN-ECOLABEL'), '2025-02-28', entry.recordedAt).owner.vi).toBe('Bộ Tài nguyên và Môi trường');
  });

  it('lets no label of Vietnamese law be suspended', () => {
    expect(schemes.filter(({ code, canSuspend }) => code.startsWith('VN-') && canSuspend)).toEqual([]);
  });

  it('says in both languages what each label proves and what not', () => {
    for (const { plain } of schemes) {
      expect(plain.vi.length).toBeGreaterThan(60);
      expect(plain.en.length).toBeGreaterThan(60);
    }
  });

  it('lists the 22 real criteria documents under their label, each for a group that it knows', () => {
    expect(criteria).toHaveLength(22);
    const known = new Set(groups.map(({ code }) => code));
    for (const { code, scheme, groups: covered, status } of criteria) {
      expect(covered.filter((group) => !known.has(group))).toEqual([]);
      expect({ code, scheme, status }).toEqual(
        code.startsWith('NSTVN')
          ? { code, scheme: 'VN-ECOLABEL', status: 'in-force' }
          : { code, scheme: 'VN-GREEN-LABEL', status: 'legacy' },
      );
    }
  });

  it('names the same family alike in every group', () => {
    const families = new Map(groups.map(({ family }) => [family.code, family]));
    for (const { family } of groups) expect(family).toEqual(families.get(family.code));
  });

  it.each([
    ['máy lạnh', 'air-conditioner'],
    ['nước rửa chén', 'hand-dishwashing'],
    ['xà bông', 'bar-soap'],
    ['bịch ni lông', 'plastic-packaging'],
    ['máy phô-tô', 'photocopier'],
    ['acquy', 'accumulator'],
    ['đèn típ LED', 'led-lamp'],
    ['catridge', 'toner-cartridge'],
    ['MTXT', 'notebook-computer'],
    ['cfl', 'fluorescent-lamp'],
    ['fluorescent-tube', 'fluorescent-lamp'],
  ])('knows %s as a word for %s', (word, group) => {
    const found = groups.filter(({ synonyms }) => synonyms.includes(word)).map(({ code }) => code);
    expect(found).toEqual([group]);
  });

  it('dates the national goals and says that later texts differ', () => {
    const [by2030, by2050] = targets;
    expect(by2030).toMatchObject({ value: '0.3500', by: '2030-12-31', validFrom: '2021-10-01' });
    expect(by2030?.note?.vi).toContain('2035');
    expect(by2050).toMatchObject({ value: '0.5000', by: '2050-12-31' });
  });
});
