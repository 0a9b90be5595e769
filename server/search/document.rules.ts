import type { LocalisedText, Product, ProductGroup } from '../../schemas/types.d.ts';
import { rememberedOf } from '../core/remembered.rules.ts';
import { pricePerBaseUnit } from '../catalogue/price.rules.ts';
import { ratioOf } from '../catalogue/units.rules.ts';
import { fold, foldName, foldNames, foldTexts } from './fold.rules.ts';
import { measuresIn } from './measure.rules.ts';
import { nameKey } from './name-key.rules.ts';
import { sizesIn } from './size.rules.ts';

/** A product with what the index must know of the records around it. */
export interface SearchSource {
  product: Product;
  group: ProductGroup;
  /** Every name that its supplier had, has or will have: no midnight changes what is found. */
  supplierNames: LocalisedText[];
  /** Every certificate that ever covered it, with the runs of days on which it is valid for it. */
  certificates: SourceCertificate[];
}

export interface SourceCertificate {
  scheme: string;
  schemeName: LocalisedText;
  level?: string;
  criterion?: string;
  /** Every number that it bears or bore. */
  numbers: string[];
  /** Both ends included; `through: null` is open. */
  runs: { from: string; through: string | null }[];
  /** When something was last recorded of it. */
  changedAt: string;
}

/** Days since 1970-01-01. */
export type DayNumber = number;

/** Days on which the product bears a valid label of the scheme, both ends included; `through: null` is open. */
export interface LabelRun {
  scheme: string;
  level?: string;
  criterion?: string;
  from: DayNumber;
  through: DayNumber | null;
}

/** The texts that words are looked for in; their order is the order of weight. */
export const textFields = [
  's_code',
  's_name_vi',
  's_name_en',
  's_brand',
  's_category',
  's_label',
  's_alias',
  's_supplier',
  's_text',
] as const;
export type TextField = (typeof textFields)[number];

/** The fields that hold one code each. */
export const codeFields = ['id', 'kind', 'group', 'family', 'supplierId', 'status'] as const;
export type CodeField = (typeof codeFields)[number];

/** A typed attribute of the product's group: a number in the attribute's unit, or a code (`true`, `false` for yes or no). */
export type AttributeField = `attr_${string}`;
/** The fields that hold a number, or nothing. */
export const numberFields = ['withdrawnDay', 'labelledUntil', 'priceMinor', 'changedAt'] as const;
export type NumberField = (typeof numberFields)[number] | AttributeField;

/** A product as an engine keeps it: folded words, codes and numbers, never content. */
export type SearchDoc = Record<TextField, string> &
  Record<CodeField, string> & { [field: AttributeField]: number | string | undefined } & {
    /** The product's revision: an older one never overwrites a newer. */
    seq: number;
    runs: LabelRun[];
    /** First day on which it is no longer offered. */
    withdrawnDay?: DayNumber;
    /** Last day on which it bore a valid label; none where it never did, or bears one without an end. */
    labelledUntil?: DayNumber;
    /** Price per base unit of the group, in minor units. */
    priceMinor?: number;
    /** Milliseconds since 1970. */
    recordedAt: number;
    /** Likewise, when it or a certificate that covers it was last written: what is new in a search is found by it. */
    changedAt: number;
    nameKey: string;
  };

/** Whether it is the name of an attribute's field. */
export function isAttribute(field: string): field is AttributeField {
  return /^attr_[A-Za-z0-9]+$/.test(field);
}

/** The only maker of what an engine keeps of a product. */
export function buildSearchDoc({ product, group, supplierNames, certificates }: SearchSource): SearchDoc {
  const isListed = product.listing === 'accepted' || certificates.length > 0;
  const { names, synonyms } = wordsOfGroup(group);
  const codes = codeWords([product.model, ...product.aliases, product.gtin].filter((code) => code !== undefined));
  return {
    id: product.id,
    seq: product.revision,
    s_code: codes.filter(isCode).join(' '),
    s_name_vi: foldTexts(product.name.vi),
    s_name_en: foldTexts(product.name.en),
    // Plain words among the spellings of a model weigh no more than a brand: none is a way to the front.
    s_brand: joinWords(foldTexts(product.brand), ...codes.filter((word) => !isCode(word))),
    s_category: names,
    s_label: foldNames(
      ...certificates.flatMap(({ numbers, schemeName }) => [schemeName.vi, schemeName.en, ...numbers]),
    ),
    s_alias: joinWords(synonyms, foldTexts(...wordsOfSize(product))),
    s_supplier: foldNames(...supplierNames.flatMap(({ vi, en }) => [vi, en, shortForms(vi)]), product.supplier),
    s_text: foldTexts(product.description?.vi, product.description?.en),
    kind: product.kind,
    group: product.group,
    family: group.family.code,
    supplierId: product.supplier,
    status: isListed ? 'listed' : 'unreviewed',
    runs: certificates.flatMap(labelRuns),
    ...(product.withdrawal && { withdrawnDay: dayNumber(product.withdrawal.on) }),
    ...lastLabelled(certificates.flatMap(({ runs }) => runs)),
    ...priceField(product),
    recordedAt: Date.parse(product.recordedAt),
    changedAt: Math.max(...[product.recordedAt, ...certificates.map((one) => one.changedAt)].map(Date.parse)),
    nameKey: nameKey(product.name.vi),
    ...attributeFields(product, group),
    ...saidFields(product),
  };
}

function wordsOfSize({ name, description }: Product): string[] {
  const names = [name.vi, name.en ?? ''];
  return [
    ...names.flatMap(measureWords),
    ...new Set([...names, description?.vi ?? '', description?.en ?? ''].flatMap(sizesIn)),
  ];
}

/** The same for all products of a group. */
const wordsOfGroup = rememberedOf(({ name, family, synonyms }: ProductGroup) => ({
  names: foldNames(name.vi, name.en, family.name.vi, family.name.en),
  synonyms: foldNames(...synonyms),
}));

function priceField({ price }: Product): Pick<SearchDoc, 'priceMinor'> {
  const priceMinor = price && pricePerBaseUnit(price);
  return priceMinor === undefined ? {} : { priceMinor };
}

function lastLabelled(runs: SourceCertificate['runs']): Pick<SearchDoc, 'labelledUntil'> {
  const ends = runs.flatMap(({ through }) => through ?? []);
  return ends.length === 0 || ends.length < runs.length ? {} : { labelledUntil: Math.max(...ends.map(dayNumber)) };
}

/** How the forms of companies are abbreviated: Công ty CP and Cty cổ phần are the same. */
const companyForms: [string, string][] = [
  ['cong ty', 'cty'],
  ['co phan', 'cp'],
  ['trach nhiem huu han', 'tnhh'],
  ['mot thanh vien', 'mtv'],
];

function shortForms(name: string): string {
  const words = ` ${foldName(name)} `;
  return companyForms
    .flatMap(([long, short]) => {
      if (words.includes(` ${long} `)) return short;
      return words.includes(` ${short} `) ? long : [];
    })
    .join(' ');
}

/** The field of an attribute by its key. */
export function attributeField(key: string): AttributeField {
  return `attr_${key}`;
}

/** Units in which names say measures. */
export const saidUnits = ['2I', 'HJ', 'WTT', 'KWT', 'GM', 'INH', 'MTR', 'LTR', 'KGM', 'E34', 'LUM', 'VLT', 'AMH'];

/** The field of a measure that the name says in a unit; no attribute's key begins with a digit. */
export function saidField(unit: string): AttributeField {
  return `attr_0${unit}`;
}

/** The measures that a product's name says, the first of each unit: attributes are never required. */
function saidFields({ name }: Product): Record<AttributeField, number> {
  const measures = [...measuresIn(name.vi), ...measuresIn(name.en ?? '')].reverse();
  return Object.fromEntries(
    measures.flatMap(({ value, units }) =>
      units.flatMap((unit) =>
        saidUnits.flatMap((other) => {
          const ratio = ratioOf(unit, other);
          const isNear = ratio !== null && (unit === other || !saidUnits.includes(unit));
          return isNear ? [[saidField(other), (value * Number(ratio.top)) / Number(ratio.bottom)] as const] : [];
        }),
      ),
    ),
  );
}

function attributeFields({ attributes = {} }: Product, group: ProductGroup): Record<AttributeField, number | string> {
  const own = (group.attributes ?? []).flatMap(({ key }) => {
    const value = attributes[key];
    return value === undefined
      ? []
      : [[attributeField(key), typeof value === 'boolean' ? String(value) : value] as const];
  });
  return Object.fromEntries(own);
}

/** The calendar day as a number that compares and fits a column. */
export function dayNumber(day: string): DayNumber {
  return Date.parse(`${day}T00:00:00Z`) / 86_400_000;
}

/** Each code as one word, as it is written, and split between letters and digits: FTKA35U as ftka35u and ftka 35 u. */
function codeWords(codes: string[]): string[] {
  const spellings = codes.map(fold).flatMap((code) => [code.replaceAll(' ', ''), code, splitMeasures(code)]);
  const words = foldTexts(...spellings).split(' ');
  return [...new Set(words)].filter((word) => word !== '');
}

function joinWords(...words: string[]): string {
  return words.filter((some) => some !== '').join(' ');
}

function isCode(word: string): boolean {
  return /\p{N}/u.test(word);
}

/** The other spellings of every measure in a text: 12.000 BTU as 12000btu, 12000btu as 12000 btu, 1,2 m as 1m2. */
function measureWords(text: string): string[] {
  const metres = [...text.matchAll(/(?<!\d)(\d+)[.,](\d+) ?m(?![\p{L}\p{N}²³])/gu)].map(
    ([, whole, part]) => `${whole}m${part}`,
  );
  const folded = fold(text.replace(/(?<=\d)[.](?=\d{3}(?!\d))/g, ''));
  const joined = [...folded.matchAll(/(?<=^| )(\p{N}+) (\p{L}{1,4})(?= |$)/gu)].map(
    ([, digits, unit]) => `${digits}${unit}`,
  );
  const mixed = folded.split(' ').filter((word) => /\p{N}/u.test(word) && /\p{L}/u.test(word));
  return [...metres, ...joined, ...mixed.map(splitMeasures)];
}

function splitMeasures(folded: string): string {
  return folded.replace(/(?<=\p{N})(?=\p{L})|(?<=\p{L})(?=\p{N})/gu, ' ');
}

function labelRuns({ scheme, level, criterion, runs }: SourceCertificate): LabelRun[] {
  return runs.map(({ from, through }) => ({
    scheme,
    ...(level !== undefined && { level }),
    ...(criterion !== undefined && { criterion }),
    from: dayNumber(from),
    through: through === null ? null : dayNumber(through),
  }));
}
