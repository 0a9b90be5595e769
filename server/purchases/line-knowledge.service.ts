import type { Product, PurchaseLineInput } from '../../schemas/types.d.ts';
import { evidenceOf, type Evidence } from './claim.rules.ts';
import type { Facts } from './decision.rules.ts';
import { groupWithout, type LineKnowledge } from './line-faults.rules.ts';

/** From where it is read what the register knows of lines. */
export interface LineSources {
  products(ids: string[]): Promise<ReadonlyMap<string, Product>>;
  /** Those of the codes that are product groups, and those that are schemes. */
  codes(asked: { groups: string[]; schemes: string[] }): Promise<Pick<LineKnowledge, 'groups' | 'schemes'>>;
  /** Every product of the groups. */
  offered(groups: string[]): Promise<Product[]>;
  /** Everything that decides lines of such evidence. */
  facts(evidence: Evidence): Promise<Facts>;
}

/** What the register knows of lines, and everything that decides them: read once, however many they are. */
export async function knowledgeOfLines(parts: LineSources, lines: PurchaseLineInput[]): Promise<LineKnowledge> {
  const evidence = evidenceOf(lines);
  const [products, codes] = await Promise.all([
    parts.products(evidence.products),
    parts.codes({
      groups: [...new Set(lines.flatMap(({ group }) => group ?? []))],
      schemes: evidence.claims.map(({ scheme }) => scheme),
    }),
  ]);
  const without = [...new Set(lines.flatMap((line) => groupWithout(line, products) ?? []))];
  const offers = without.length > 0 ? await parts.offered(without) : [];
  const facts = await parts.facts({
    ...evidence,
    products: [...new Set([...evidence.products, ...offers.map(({ id }) => id)])],
  });
  const offered = new Map(without.map((code) => [code, offers.filter(({ group }) => group === code)]));
  return { ...codes, products, offered, facts };
}
