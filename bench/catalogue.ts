import type { Connection } from 'mongoose';
import { codesOf, identitiesOf } from '../server/catalogue/identity.rules.ts';
import { toStoredCertificate } from '../server/certificates/stored.rules.ts';
import { createRandom, type Random } from '../seed/random.ts';
import criteria from '../seed/data/criteria.json' with { type: 'json' };
import groups from '../seed/data/groups.json' with { type: 'json' };

const batchSize = 1000;
const suppliers = 499;
const adjectives = ['tiết kiệm', 'cao cấp', 'văn phòng', 'tái chế', 'gia dụng', 'công nghiệp', 'mini', 'thông minh'];
const filler =
  'sản phẩm dùng cho cơ quan trường học bệnh viện đóng gói bảo hành mười hai tháng giao hàng toàn quốc thân thiện môi trường'.split(
    ' ',
  );

/** Inserts generated products as they would be stored, half of them under a certificate, the same ones for the same size. All are fictional. */
export async function insertCatalogue(connection: Connection, size: number): Promise<void> {
  const random = createRandom(size);
  await insert(
    connection,
    'organisations',
    Array.from({ length: suppliers }, (_, number) => aSupplier(number)),
  );
  for (let from = 0; from < size; from += batchSize) {
    const numbers = Array.from({ length: Math.min(batchSize, size - from) }, (_, at) => from + at);
    await insert(
      connection,
      'products',
      numbers.map((number) => aProduct(random, number)),
    );
    const labelled = numbers.filter((number) => number % 2 === 0);
    await insert(
      connection,
      'certificates',
      labelled.map((number) => aCertificate(random, number)),
    );
  }
}

/** The model code of a generated product. */
export function modelOf(number: number): string {
  return `BX${String(number).padStart(6, '0')}`;
}

/** The id of a generated product. */
export function idOf(number: number): string {
  return number.toString(16).padStart(24, '0');
}

async function insert(connection: Connection, name: string, documents: { _id: string }[]): Promise<void> {
  await connection.collection<{ _id: string }>(name).insertMany(documents, { ordered: false });
}

/** The supplier of a generated product. */
export function supplierOf(number: number): string {
  return `BENCH-NCC-${number % suppliers}`;
}

function aSupplier(number: number): { _id: string } {
  const name = { vi: `Nhà cung cấp ${number} (hư cấu)` };
  const since = '2025-01-01T03:00:00.000Z';
  return {
    _id: supplierOf(number),
    code: supplierOf(number),
    kind: 'supplier',
    name,
    names: [{ name }],
    words: ['nha', 'cung', 'cap', String(number)],
    knownFrom: since,
    recordedAt: since,
    revision: 1,
  } as { _id: string };
}

function aProduct(random: Random, number: number): { _id: string } {
  const group = random.pick(groups);
  const name = `${group.name.vi} ${random.pick(adjectives)} ${modelOf(number)} (hư cấu)`;
  const description = Array.from({ length: 60 }, () => random.pick(filler)).join(' ');
  const product = {
    _id: idOf(number),
    kind: 'good' as const,
    name: { vi: name },
    description: { vi: description },
    brand: `Mẫu ${number % 97}`,
    model: modelOf(number),
    aliases: [],
    group: group.code,
    supplier: supplierOf(number),
    authorised: [],
    listing: 'accepted' as const,
    recordedAt: '2025-01-01T03:00:00.000Z',
    revision: 1,
  };
  return { ...product, identities: identitiesOf(product), codes: codesOf(product) } as { _id: string };
}

function aCertificate(random: Random, number: number): { _id: string } {
  const issuedOn = `2025-0${random.integer(1, 9)}-15`;
  const recordedAt = '2025-10-01T03:00:00.000Z';
  const scheme = random.pick(['VN-ECOLABEL', 'EU-ECOLABEL', 'ENERGY-STAR', 'FSC']);
  const certificate = {
    _id: `c${idOf(number).slice(1)}`,
    number: `${number}/BENCH`,
    scheme,
    ...(scheme === 'VN-ECOLABEL' && { criterion: random.pick(criteria).code, body: 'BNNMT' }),
    holder: supplierOf(number),
    products: [idOf(number)],
    issuedOn,
    validFrom: issuedOn,
    validThrough: `2028${issuedOn.slice(4)}`,
    source: { kind: 'issuer' as const },
    events: [],
    status: 'valid' as const,
    recordedAt,
    changedAt: recordedAt,
    revision: 1,
  };
  return toStoredCertificate(certificate, recordedAt);
}
