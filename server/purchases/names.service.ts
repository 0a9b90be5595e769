import type { LocalisedText, Organisation, Product, Purchase } from '../../schemas/types.d.ts';

interface NameParts {
  organisations(codes: string[]): Promise<ReadonlyMap<string, Organisation>>;
  products(ids: string[]): Promise<ReadonlyMap<string, Product>>;
}

/** The purchases with the names that a page shows, read once for all of them. */
export async function withNames<P extends Purchase>(parts: NameParts, purchases: P[]): Promise<P[]> {
  const codes = purchases.flatMap(({ agency, supplier, warnings = [] }) =>
    [agency, supplier.code, ...warnings.map((warning) => warning.agency)].flatMap((code) => code ?? []),
  );
  const ids = purchases.flatMap(({ lines }) => lines.flatMap(({ product }) => product ?? []));
  const [organisations, products] = await Promise.all([
    parts.organisations([...new Set(codes)]),
    ids.length > 0 ? parts.products([...new Set(ids)]) : new Map<string, Product>(),
  ]);
  const nameOf = (code: string | undefined): LocalisedText | undefined => organisations.get(code ?? '')?.name;
  return purchases.map((purchase) => ({
    ...purchase,
    agencyName: nameOf(purchase.agency),
    supplierName: nameOf(purchase.supplier.code),
    lines: purchase.lines.map((line) => ({ ...line, productName: products.get(line.product ?? '')?.name })),
    ...(purchase.warnings && {
      warnings: purchase.warnings.map((warning) => ({ ...warning, agencyName: nameOf(warning.agency) })),
    }),
  }));
}
