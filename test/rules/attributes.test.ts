import { describe, expect, it } from '@jest/globals';
import * as fc from 'fast-check';
import type { GroupAttribute, ProductGroup } from '../../schemas/types.d.ts';
import { definitionFaults } from '../../server/catalogue/attribute-definitions.rules.ts';
import { enteredAgain, readAttributes } from '../../server/catalogue/attributes.rules.ts';
import { ratioOf, scaled } from '../../server/catalogue/units.rules.ts';
import { isCpvCode } from '../../server/reference/cpv.rules.ts';
import data from '../../seed/data/groups.json' with { type: 'json' };

const groups = data as Omit<ProductGroup, 'recordedAt' | 'revision'>[];
const cooling: GroupAttribute = {
  key: 'coolingCapacity',
  name: { vi: 'Công suất lạnh' },
  type: 'number',
  unit: { code: '2I', symbol: 'BTU/h' },
  min: 5000,
  max: 200_000,
  accepts: [{ unit: { code: 'KWT', symbol: 'kW' } }, { unit: { code: 'HJ', symbol: 'HP' }, factor: '9000' }],
};
const size: GroupAttribute = {
  key: 'paperSize',
  name: { vi: 'Khổ' },
  type: 'code',
  codes: ['A3', 'A4'].map((value) => ({ value, name: { vi: value } })),
};
const inverter: GroupAttribute = { key: 'inverter', name: { vi: 'Biến tần' }, type: 'boolean' };
const stars: GroupAttribute = { key: 'cspf', name: { vi: 'CSPF' }, type: 'number', min: 2 };
const definitions = [cooling, size, inverter, stars];
const read = (input: Parameters<typeof readAttributes>[1]) => readAttributes(definitions, input);
const convert = (value: string, from: string, to: string) => {
  const ratio = ratioOf(from, to);
  return ratio && scaled(value, ratio, 6);
};

describe('units', () => {
  it.each([
    ['1', 'KWT', '2I', '3412.141633'],
    ['12000', '2I', 'KWT', '3.516853'],
    ['1', 'HJ', 'WTT', '735.49875'],
    ['1', 'BHP', 'WTT', '745.699872'],
    ['1', 'BHP', '2I', '2544.433578'],
    ['1', 'INH', 'CMT', '2.54'],
    ['27', 'INH', 'CMT', '68.58'],
    ['0.08', '28', 'GM', '80'],
    ['1.5', 'E35', 'E34', '1500'],
    ['90', 'MIN', 'HUR', '1.5'],
    ['1e-7', 'KGM', 'GRM', '0.0001'],
    ['-0.0000004', 'MTR', 'MTR', '0'],
    ['0.0000005', 'MTR', 'MTR', '0.000001'],
  ])('converts %s %s into %s exactly, then rounds half up to six decimals', (value, from, to, expected) => {
    expect(convert(value, from, to)).toBe(expected);
  });

  it('converts nothing into what it is not', () => {
    expect(ratioOf('KWT', 'KGM')).toBeNull();
    expect(ratioOf('MON', 'HUR')).toBeNull();
    expect(ratioOf('constructor', 'KGM')).toBeNull();
    expect(convert('5', 'MON', 'MON')).toBe('5');
  });

  it('loses nothing on the way there and back', () => {
    const pairs = [
      ['KWT', '2I'],
      ['INH', 'MTR'],
      ['LBR', 'GRM'],
      ['HJ', 'BHP'],
      ['G53', 'MQH'],
    ] as const;
    fc.assert(
      fc.property(fc.integer({ min: -1e9, max: 1e9 }), fc.constantFrom(...pairs), (thousandths, [from, to]) => {
        const [there, back] = [ratioOf(from, to)!, ratioOf(to, from)!];
        const both = { top: there.top * back.top, bottom: there.bottom * back.bottom };
        expect(Number(scaled(String(thousandths / 1000), both, 6))).toBe(thousandths / 1000);
      }),
    );
  });
});

describe('a product’s attributes', () => {
  it('are kept in the unit of the group, beside it the form that was entered where it differs', () => {
    expect(read({ coolingCapacity: { value: 3.5, unit: 'KWT' } }).stored).toEqual({
      attributes: { coolingCapacity: 11942.495716 },
      attributesEntered: { coolingCapacity: { value: 3.5, unit: 'KWT' } },
    });
    expect(read({ coolingCapacity: { value: 1.5, unit: 'HJ' } }).stored.attributes).toEqual({
      coolingCapacity: 13_500,
    });
    expect(
      read({ coolingCapacity: { value: 12_000, unit: '2I' }, paperSize: 'A4', inverter: false, cspf: 4.2 }),
    ).toEqual({
      stored: { attributes: { coolingCapacity: 12_000, paperSize: 'A4', inverter: false, cspf: 4.2 } },
      faults: [],
    });
  });

  it('are never required', () => {
    expect(read({})).toEqual({ stored: {}, faults: [] });
  });

  it.each([
    [{ weight: 5 }, 'weight', 'ATTRIBUTE_UNKNOWN'],
    [{ coolingCapacity: 'A4' }, 'coolingCapacity', 'ATTRIBUTE_NOT_A_NUMBER'],
    [{ coolingCapacity: 4999.9 }, 'coolingCapacity', 'ATTRIBUTE_TOO_SMALL'],
    [{ coolingCapacity: { value: 60, unit: 'KWT' } }, 'coolingCapacity', 'ATTRIBUTE_TOO_LARGE'],
    [{ coolingCapacity: { value: 60, unit: 'KGM' } }, 'coolingCapacity', 'ATTRIBUTE_UNIT'],
    [{ cspf: { value: 5, unit: 'KGM' } }, 'cspf', 'ATTRIBUTE_UNIT'],
    [{ paperSize: 'A5' }, 'paperSize', 'ATTRIBUTE_CODE_UNKNOWN'],
    [{ paperSize: 4 }, 'paperSize', 'ATTRIBUTE_CODE_UNKNOWN'],
    [{ inverter: 'true' }, 'inverter', 'ATTRIBUTE_NOT_YES_OR_NO'],
  ])('%j is refused, naming the attribute', (input, key, code) => {
    expect(read(input).faults).toMatchObject([{ key, code }]);
  });

  it('are read for another group as they were entered', () => {
    const { stored } = read({ coolingCapacity: { value: 3.5, unit: 'KWT' }, cspf: 4.2, inverter: true });
    const again = enteredAgain(stored, definitions);
    expect(again).toEqual({ coolingCapacity: { value: 3.5, unit: 'KWT' }, cspf: 4.2, inverter: true });
    expect(read(again).stored).toEqual(stored);
    expect(enteredAgain({ attributes: { coolingCapacity: 12_000 } }, definitions)).toEqual({
      coolingCapacity: { value: 12_000, unit: '2I' },
    });
  });
});

describe('the attributes of a group', () => {
  it.each<[Partial<GroupAttribute>, string, string]>([
    [{ accepts: [{ unit: { code: 'KGM', symbol: 'kg' } }] }, '/attributes/0/accepts/0/unit', 'ATTRIBUTE_UNIT'],
    [{ min: 9, max: 8 }, '/attributes/0', 'ATTRIBUTE_BOUNDS'],
    [{ steps: [5000] }, '/attributes/0', 'ATTRIBUTE_BOUNDS'],
    [{ steps: [9000, 9000] }, '/attributes/0', 'ATTRIBUTE_BOUNDS'],
    [{ codes: [{ value: 'x', name: { vi: 'x' } }] }, '/attributes/0/codes', 'ATTRIBUTE_FIELD_OF_OTHER_TYPE'],
  ])('with %j do not hold together', (over, pointer, code) => {
    expect(definitionFaults([{ ...cooling, ...over }], [])).toMatchObject([{ pointer, code }]);
  });

  it('have each key once, codes where they are codes, and the same type and unit as elsewhere', () => {
    expect(definitionFaults(definitions, definitions)).toEqual([]);
    expect(definitionFaults([inverter, inverter], [])).toMatchObject([{ pointer: '/attributes/1/key', code: 'TWICE' }]);
    expect(definitionFaults([{ ...inverter, type: 'code' }], [])).toMatchObject([{ pointer: '/attributes/0/codes' }]);
    expect(definitionFaults([cooling], [{ ...cooling, unit: { code: 'KWT', symbol: 'kW' } }])).toMatchObject([
      { code: 'ATTRIBUTE_DIFFERS' },
    ]);
  });

  it('hold together in every group of the reference data, in both languages', () => {
    const all = groups.flatMap(({ attributes = [] }) => attributes);
    for (const { code, attributes = [] } of groups) {
      expect({ code, faults: definitionFaults(attributes, all) }).toEqual({ code, faults: [] });
      expect(attributes.length).toBeGreaterThan(0);
      expect(attributes.filter(({ name }) => name.en === undefined)).toEqual([]);
      expect(attributes.filter(({ type, steps }) => type === 'number' && steps === undefined)).toEqual([]);
    }
  });
});

describe('the product groups', () => {
  it('are at least 45, each with codes of the Common Procurement Vocabulary whose check digits are right', () => {
    expect(groups.length).toBeGreaterThanOrEqual(45);
    for (const { code, cpv = [], source } of groups) {
      expect({ code, wrong: cpv.filter((value) => !isCpvCode(value)), some: cpv.length > 0 }).toEqual({
        code,
        wrong: [],
        some: true,
      });
      expect(source).toContain('CPV codes from memory');
    }
  });

  it('knows a check digit of the vocabulary from a wrong one', () => {
    // As published: copier paper, laser printers, occupational clothing, cleaning services.
    for (const code of ['30197643-5', '30232110-8', '18110000-3', '90910000-9']) expect(isCpvCode(code)).toBe(true);
    for (const code of ['30197643-4', '3019764-5', '30197643']) expect(isCpvCode(code)).toBe(false);
  });

  it('cover every group of the energy label, and services of at least eight kinds', () => {
    const energy = [
      'air-conditioner',
      'refrigerator',
      'washing-machine',
      'rice-cooker',
      'fan',
      'television',
      'led-lamp',
      'ballast',
      'fluorescent-lamp',
      'storage-water-heater',
      'induction-cooker',
      'infrared-cooker',
      'notebook-computer',
      'desktop-computer',
      'photocopier',
      'printer',
      'monitor',
      'commercial-fridge',
      'led-road-luminaire',
      'led-indoor-luminaire',
      'transformer',
      'electric-motor',
      'passenger-car',
      'motorcycle',
    ];
    for (const code of energy)
      expect(groups.find((group) => group.code === code)?.source).toContain('energy label group');
    expect(groups.filter(({ family }) => family.code === 'services').length).toBeGreaterThanOrEqual(8);
  });
});
