import type { GroupAttribute, LocalisedText } from '../../schemas/types.d.ts';
import { ratioInto } from '../catalogue/attributes.rules.ts';
import { ratioOf } from '../catalogue/units.rules.ts';
import type { Clause } from './clause.rules.ts';
import { attributeField, saidField, saidUnits } from './document.rules.ts';
import type { Measure } from './measure.rules.ts';

/** The condition that a measure sets, and the attributes that it may be of. */
interface MeasureClause {
  where: Clause;
  of: { attribute: GroupAttribute; value: number }[];
  filter?: { parameter: string; value: string };
}

// 24 inches are sold as 23.8; a trade's "1.5 HP" is 12,000 BTU/h where its factor says 13,500.
const nominal = 0.015;
const byTrade = 0.12;

/** Products with such an attribute, or whose name says so: attributes are never required. */
export function measureClause(measure: Measure, attributes: GroupAttribute[]): MeasureClause {
  const of = attributes.flatMap((attribute) => {
    const unit = measure.units.find((code) => takes(attribute, code));
    const ratio = unit === undefined ? null : ratioInto(attribute, unit);
    if (unit === undefined || !ratio) return [];
    const value = (measure.value * Number(ratio.top)) / Number(ratio.bottom);
    return [{ attribute, value, slack: hasFactor(attribute, unit) ? byTrade : nominal }];
  });
  const said = measure.units.flatMap((unit) =>
    saidUnits.flatMap((other) => {
      const ratio = ratioOf(unit, other);
      const value = ratio ? (measure.value * Number(ratio.top)) / Number(ratio.bottom) : null;
      return value === null ? [] : [{ field: saidField(other), ...around(value, nominal) }];
    }),
  );
  const owned = of.map(({ attribute, value, slack }) => ({
    field: attributeField(attribute.key),
    ...around(value, slack),
  }));
  const [only] = owned;
  const isOne = owned.length === 1 && only !== undefined;
  return {
    where: { any: [...owned, ...said] },
    of,
    ...(isOne && { filter: { parameter: only.field.replace('_', '.'), value: `${only.gte}..${only.lte}` } }),
  };
}

/** “Cooling capacity: 12,000 BTU/h”, or the measure alone where it may be of several attributes. */
export function measureMeaning({ of }: Pick<MeasureClause, 'of'>, typed: string): LocalisedText {
  const [one] = of;
  if (!one || of.length > 1) return { vi: `số đo ${typed}`, en: `measures ${typed}` };
  const { name, unit } = one.attribute;
  const said = (locale: string, text: string) => {
    const value = new Intl.NumberFormat(locale, { maximumFractionDigits: 2 }).format(one.value);
    return `${text}: ${value} ${unit?.symbol ?? ''}`.trim();
  };
  return { vi: said('vi-VN', name.vi), en: said('en-GB', name.en ?? name.vi) };
}

/** The attribute's own unit, or one that it may be entered in. */
function takes({ type, unit, accepts = [] }: GroupAttribute, code: string): boolean {
  return type === 'number' && (unit?.code === code || accepts.some((accepted) => accepted.unit.code === code));
}

function hasFactor({ accepts = [] }: GroupAttribute, code: string): boolean {
  return accepts.some(({ unit, factor }) => unit.code === code && factor !== undefined);
}

function around(value: number, slack: number): { gte: number; lte: number } {
  return { gte: rounded(value * (1 - slack)), lte: rounded(value * (1 + slack)) };
}

function rounded(end: number): number {
  return Number(end.toFixed(6));
}
