import type { GroupAttribute, LocalisedText } from '../../schemas/types.d.ts';
import { ratioInto } from '../catalogue/attributes.rules.ts';
import { ratioOf } from '../catalogue/units.rules.ts';
import type { Sense, SoughtMeasure } from './bound.rules.ts';
import type { Clause } from './clause.rules.ts';
import { attributeField, type AttributeField, saidField, saidUnits } from './document.rules.ts';
import type { Measure } from './measure.rules.ts';

/** The condition that a measure sets, and the attributes that it may be of. */
interface MeasureClause {
  where: Clause;
  of: { attribute: GroupAttribute; value: number; upTo?: number }[];
  filter?: { parameter: string; value: string };
}

interface Ends {
  gte?: number;
  lte?: number;
  below?: number;
}

// 24 inches are sold as 23.8; a trade's "1.5 HP" is 12,000 BTU/h where its factor says 13,500.
const nominal = 0.015;
const byTrade = 0.12;
const roughly = 0.1;
/** The least that a bound which is not reached itself is passed by. */
const passed = 0.000001;
const largest = 1e12;
/** They stand for a size that physics does not give them: a 12,000 BTU/h air conditioner is no 4.8 HP. */
const tradeUnits = new Set(['2I', 'HJ']);

/** Products with such an attribute, or whose name says so: attributes are never required. */
export function measureClause(measure: SoughtMeasure, attributes: GroupAttribute[]): MeasureClause {
  const of = attributes.flatMap((attribute) => {
    const read = (sought: Pick<Measure, 'value' | 'units'>) => valueIn(attribute, sought);
    const first = read(measure);
    const last = measure.upTo && read(measure.upTo);
    return first && last !== null ? [{ attribute, ...first, ...(last && { upTo: last.value }) }] : [];
  });
  const owned = of.map(({ attribute, value, upTo, slack }) => ({
    field: attributeField(attribute.key),
    ...ends(measure.sense, { value, upTo }, slack),
  }));
  const said = saidUnits.flatMap((unit) => {
    const value = saidIn(unit, measure);
    const upTo = measure.upTo && saidIn(unit, measure.upTo);
    if (value === null || upTo === null) return [];
    return [{ field: saidField(unit), ...ends(measure.sense, { value, upTo }, unit === 'INH' ? nominal : 0) }];
  });
  const [only] = owned;
  const isOne = owned.length === 1 && only !== undefined;
  return {
    where: { any: [...owned, ...(measure.sense === 'equal' ? said : unlessOwned(said, owned))] },
    of,
    ...(isOne && { filter: { parameter: only.field.replace('_', '.'), value: rangeOf(only) } }),
  };
}

/** What a name says of a size is any of its sizes, so a bound goes by the attribute where the product has it. */
function unlessOwned(said: Clause[], owned: { field: AttributeField }[]): Clause[] {
  const isGiven = owned.map(({ field }): Clause => ({ field, gte: -largest }));
  return said.length === 0 ? [] : [{ all: [{ not: { any: isGiven } }, { any: said }] }];
}

/** “Cooling capacity: 12,000 BTU/h”, or the measure alone where it may be of several attributes. */
export function measureMeaning(
  { of }: Pick<MeasureClause, 'of'>,
  { sense }: Pick<SoughtMeasure, 'sense'>,
  typed: string,
): LocalisedText {
  const [one] = of;
  if (!one || of.length > 1) return { vi: `số đo ${typed}`, en: `measures ${typed}` };
  const { name, unit } = one.attribute;
  const said = (locale: 'vi' | 'en', text: string) => {
    const format = new Intl.NumberFormat(locale === 'vi' ? 'vi-VN' : 'en-GB', { maximumFractionDigits: 2 });
    const values = [one.value, ...(one.upTo === undefined ? [] : [one.upTo])].map((value) => format.format(value));
    return `${text}: ${wordOf(sense, locale)}${values.join('–')} ${unit?.symbol ?? ''}`.trim();
  };
  return { vi: said('vi', name.vi), en: said('en', name.en ?? name.vi) };
}

const senseWords: Record<Sense, { vi: string; en: string }> = {
  equal: { vi: '', en: '' },
  between: { vi: '', en: '' },
  about: { vi: 'khoảng ', en: 'about ' },
  under: { vi: 'dưới ', en: 'under ' },
  over: { vi: 'trên ', en: 'over ' },
  most: { vi: 'tối đa ', en: 'at most ' },
  least: { vi: 'từ ', en: 'from ' },
};

/** What a bound is called before its number. */
export function wordOf(sense: Sense, locale: 'vi' | 'en'): string {
  return senseWords[sense][locale];
}

/** The attribute's own unit, or one that it may be entered in. */
function takes({ type, unit, accepts = [] }: GroupAttribute, code: string): boolean {
  return type === 'number' && (unit?.code === code || accepts.some((accepted) => accepted.unit.code === code));
}

function valueIn(
  attribute: GroupAttribute,
  { value, units }: Pick<Measure, 'value' | 'units'>,
): { value: number; slack: number } | null {
  const unit = units.find((code) => takes(attribute, code));
  const ratio = unit === undefined ? null : ratioInto(attribute, unit);
  if (unit === undefined || !ratio) return null;
  const isByTrade = (attribute.accepts ?? []).some(
    (accepted) => accepted.unit.code === unit && accepted.factor !== undefined,
  );
  const own = isByTrade ? byTrade : 0;
  return { value: (value * Number(ratio.top)) / Number(ratio.bottom), slack: unit === 'INH' ? nominal : own };
}

function saidIn(unit: string, { value, units }: Pick<Measure, 'value' | 'units'>): number | null {
  const isSame = (own: string) => own === unit || ![own, unit].some((code) => tradeUnits.has(code));
  const ratio = units
    .filter(isSame)
    .map((own) => ratioOf(own, unit))
    .find((found) => found !== null);
  return ratio ? (value * Number(ratio.top)) / Number(ratio.bottom) : null;
}

/** What is as good as the value by trade lies within a bound that includes it, and beyond none that does not. */
function ends(
  sense: Sense,
  { value, upTo = value }: { value: number; upTo?: number | undefined },
  slack: number,
): Ends {
  if (sense === 'equal') return around(value, Math.max(slack, nominal));
  if (sense === 'about') return around(value, Math.max(slack, roughly));
  if (sense === 'under') return { below: rounded(value * (1 - slack)) };
  if (sense === 'over') return { gte: rounded(value * (1 + slack) + passed) };
  const least = rounded(value * (1 - slack));
  const most = rounded(upTo * (1 + slack));
  if (sense === 'least') return { gte: least };
  return sense === 'most' ? { lte: most } : { gte: least, lte: most };
}

function around(value: number, slack: number): Ends {
  return { gte: rounded(value * (1 - slack)), lte: rounded(value * (1 + slack)) };
}

/** As a parameter of a search says it. */
function rangeOf({ gte, lte, below }: Ends): string {
  return `${gte ?? ''}..${below === undefined ? (lte ?? '') : `<${below}`}`;
}

function rounded(end: number): number {
  return Number(end.toFixed(6));
}
