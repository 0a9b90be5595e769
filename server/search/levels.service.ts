import type { LabelScheme, LevelCount, SearchLevels } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import type { Clause } from './clause.rules.ts';
import { dayNumber } from './document.rules.ts';
import type { Ask, Asked } from './explain.service.ts';

interface Level {
  scheme: string;
  level: string;
  where: Clause;
}

/**
 * How many of the products found, and of their suppliers, stand at each level of the graded labels: all models are counted
 * by one question, suppliers by one for each level that has some.
 */
export async function countLevels(find: Ask, { request, law, language }: Asked): Promise<SearchLevels> {
  const graded = law.schemes.filter(({ subject, levels }) => subject === 'product' && levels.length > 0);
  const on = dayNumber(law.on);
  const levels = graded.flatMap(({ code, levels: own }) =>
    own.map((level): Level => ({ scheme: code, level, where: { valid: code, levels: [level], on } })),
  );
  const values = levels.map(({ scheme, level, where }) => ({ value: keyOf(scheme, level), where }));
  const bare = { ...request, prefer: [], page: 1, size: 1 };
  const { total, facets } = await find({ ...bare, facets: [{ name: 'levels', values }] });
  const models = new Map((await facets)['levels']?.values.map(({ value, count }) => [value, count]));
  const counted = new Map<string, LevelCount>();
  for (const { scheme, level, where } of levels) {
    const key = keyOf(scheme, level);
    const count = models.get(key) ?? 0;
    const suppliers = count === 0 ? 0 : await countSuppliers(find, { ...bare, filters: [...bare.filters, { where }] });
    counted.set(key, { level, models: count, suppliers });
  }
  const isThere = ({ code, levels: own }: LabelScheme) => own.some((level) => models.has(keyOf(code, level)));
  return {
    validOn: law.on,
    total,
    schemes: graded.filter(isThere).map(({ code, name, levels: own }) => ({
      scheme: code,
      label: textIn(name, language),
      levels: own.flatMap((level) => counted.get(keyOf(code, level)) ?? []),
    })),
  };
}

/** A facet ends after two hundred values: those behind them are asked for again. */
async function countSuppliers(find: Ask, request: Asked['request']): Promise<number> {
  const seen: string[] = [];
  for (;;) {
    const others: Clause = { not: { field: 'supplierId', in: seen } };
    const filters = seen.length === 0 ? request.filters : [...request.filters, { where: others }];
    const { facets } = await find({ ...request, filters, facets: [{ name: 'supplier', field: 'supplierId' }] });
    const { values, truncated } = (await facets)['supplier'] ?? { values: [], truncated: false };
    seen.push(...values.map(({ value }) => value));
    if (!truncated || values.length === 0) return seen.length;
  }
}

function keyOf(scheme: string, level: string): string {
  return `${scheme} ${level}`;
}
