import type { Filter, Records } from '../core/records.ts';
import type { Evidence } from '../purchases/claim.rules.ts';
import type { StoredCertificate } from './stored.rules.ts';

/** Every certificate that ever named one of the products, ever had one of the numbers claimed, or is one of those accepted. */
export async function bearingOn(
  records: Pick<Records<StoredCertificate>, 'find' | 'some'>,
  { products, claims, accepted }: Evidence,
): Promise<StoredCertificate[]> {
  const filters: Filter[] = [
    ...(products.length > 0 ? [{ 'reach.products': { $in: products } }] : []),
    ...(claims.length > 0 ? [{ 'reach.numbers': { $in: claims.map(({ number }) => number) } }] : []),
  ];
  const searches = filters.map((filter) => records.find(filter));
  const found = (await Promise.all([...searches, records.some(accepted)])).flat();
  return [...new Map(found.map((certificate) => [certificate.id, certificate])).values()];
}
