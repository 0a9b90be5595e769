import { afterAll } from '@jest/globals';
import type { Product, SearchQuery, SearchResult } from '../../schemas/types.d.ts';
import type { SearchPort } from '../../server/search/port.ts';
import type { SearchService } from '../../server/search/service.ts';
import { aCertificate, createRegister, type Register } from './register.ts';
import { aGroup, anEdition, aProduct, aScheme } from './support.ts';

const services: SearchService[] = [];

/** The service over a register, which ends with the tests of the file. */
export const open = (register: Register, port?: SearchPort) => {
  const service = register.service(port);
  services.push(service);
  return service;
};
afterAll(async () => {
  await Promise.all(services.map((service) => service.close()));
});

/** The first page of what a query finds. */
export const ask = (service: SearchService, query: Partial<SearchQuery>, language: 'vi' | 'en' = 'vi') =>
  service.search({ page: 1, limit: 20, ...query }, language);
/** The numbers of the products on a page. */
export const numbers = ({ items }: SearchResult) => items.map(({ id }) => Number.parseInt(id, 16));

export const paper = aGroup('office-paper', {
  name: { vi: 'Giấy văn phòng', en: 'Office paper' },
  synonyms: ['giấy in', 'giấy photocopy'],
});
const cooler = aGroup('air-conditioner', {
  name: { vi: 'Máy điều hòa', en: 'Air conditioner' },
  family: { code: 'cooling', name: { vi: 'Làm mát' } },
  synonyms: ['máy lạnh'],
});
export const paint = aGroup('construction-paint', {
  name: { vi: 'Sơn xây dựng', en: 'Paint' },
  synonyms: ['sơn nước'],
});
const detergent = aGroup('laundry-detergent', { name: { vi: 'Bột giặt', en: 'Laundry detergent' } });

/** Nine products of four groups, with labels and an edition. */
export function aRegister(): Register {
  const register = createRegister({
    groups: [paper, cooler, paint, detergent],
    schemes: [
      aScheme('VN-ECOLABEL', { name: { vi: 'Nhãn sinh thái Việt Nam', en: 'Vietnam Ecolabel' } }),
      aScheme('VN-ENERGY', {
        name: { vi: 'Nhãn năng lượng', en: 'Energy label' },
        basis: 'statutory-preference',
        levels: ['1', '2', '3', '4', '5'],
      }),
      aScheme('FOREIGN', { basis: 'equivalent-buyer-decides' }),
    ],
    edition: anEdition([
      { group: 'office-paper', obligation: 'mandatory', accepts: [{ scheme: 'VN-ECOLABEL' }] },
      { group: 'air-conditioner', obligation: 'preferred', accepts: [{ scheme: 'VN-ENERGY', minLevel: '4' }] },
    ]),
  });
  const put = (number: number, vi: string, parts: Partial<Product> = {}) =>
    register.putProduct(aProduct(number, { name: { vi }, ...parts }));
  put(1, 'Giấy in Lá Xanh A4', { brand: 'Lá Xanh', model: 'LX-80', description: { vi: 'Giấy trắng 80 gsm' } });
  put(2, 'Giấy photocopy Mây Trắng');
  put(3, 'Điều hòa Gió Mát', { group: 'air-conditioner', model: 'GM12', supplier: 'SUP-2' });
  put(4, 'Điều hòa Băng Giá', { group: 'air-conditioner', model: 'BG9' });
  put(5, 'Sơn nước nội thất', { group: 'construction-paint' });
  put(6, 'Son môi', { group: 'construction-paint', recordedAt: '2026-02-01T00:00:00.000Z' });
  put(7, 'Bột giặt Trắng Tinh', { group: 'laundry-detergent' });
  put(8, 'Giấy chờ duyệt', { listing: 'unreviewed' });
  put(9, 'Giấy ngừng bán', { withdrawal: { on: '2026-03-14', reason: 'x', recordedAt: '2026-03-01T00:00:00.000Z' } });
  register.putCertificate(aCertificate(1, [1]));
  register.putCertificate(aCertificate(2, [2], { validThrough: '2025-06-01' }));
  register.putCertificate(aCertificate(3, [3], { scheme: 'VN-ENERGY', level: '5' }));
  register.putCertificate(aCertificate(4, [4], { scheme: 'VN-ENERGY', level: '3' }));
  register.putCertificate(aCertificate(5, [5], { scheme: 'FOREIGN' }));
  return register;
}
