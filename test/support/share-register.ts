import type { Connection } from 'mongoose';
import shareQuery from '../../schemas/share-query.json' with { type: 'json' };
import type { PurchaseLine } from '../../schemas/types.d.ts';
import { insertRegister, registerAgencies } from '../../bench/big-register.ts';
import type { Random } from '../../seed/random.ts';
import { startTestApp, type Caller, type TestApp } from './app.ts';
import { anEdition, aPurchase, aWorld, nextNumber, type World } from './builders.ts';

/** Who writes in a register, and what there is to buy and to judge. */
export interface Writers {
  world: Pick<World, 'operator' | 'publisher' | 'certifier' | 'product' | 'certificate'>;
  officers: { agency: string; caller: Caller }[];
  products: { id: string; group: string }[];
  certificates: string[];
  /** Lets a minute pass where time is the test's. */
  pass(): void;
}

/** A register of random purchases whose decisions changed at several instants, and who writes in it. */
export interface ShareRegister extends Writers {
  app: TestApp;
  world: World;
}

const agencies = 12;

/** Starts the app with some hundred purchases over three years, inserted straight into the store and then decided. */
export async function startShareRegister(lines: number): Promise<ShareRegister> {
  const app = await startTestApp({ at: '2024-06-03T02:00:00.000Z' });
  const world = await aWorld(app);
  const pass = () => void app.later(60);
  const register: ShareRegister = { app, world, officers: [], products: [], certificates: [], pass };
  await enterRegister(register, (instant) => app.clock.set(instant));
  app.clock.set('2026-11-24T03:00:00.000Z');
  for (const agency of ['BENCH-0', 'T-UNIT'])
    register.officers.push({ agency, caller: await app.as('officer', agency) });
  await insertPurchases(app.connection, register, lines);
  await app.services.settle();
  app.later();
  return register;
}

/** Enters agencies, editions, products and their labels; `at` says when, where time is the test's. */
export async function enterRegister(register: Writers, at: (instant: string) => void = () => {}): Promise<void> {
  const { world } = register;
  for (const agency of registerAgencies({ agencies })) await world.operator.post('/api/organisations').send(agency);
  const entries = [
    { group: 'office-paper', obligation: 'mandatory' as const, accepts: [{ scheme: 'VN-ECOLABEL' }] },
    {
      group: 'air-conditioner',
      obligation: 'preferred' as const,
      accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: '4' }],
    },
  ];
  await publish(world, { code: 'TEST-1', effectiveFrom: '2023-06-01', entries });
  await certify(register, 'office-paper');
  await certify(register, 'air-conditioner', '5');
  at('2025-07-01T02:00:00.000Z');
  await publish(world, { code: 'TEST-2', effectiveFrom: '2025-06-15', entries: entries.slice(0, 1) });
  await certify(register, 'air-conditioner', '3');
  await certify(register, 'office-paper');
}

/** Some hundred purchases of the register's agencies and products, straight into the store; the marks ask for the rest. */
export async function insertPurchases(connection: Connection, { products }: Writers, lines: number): Promise<void> {
  await insertRegister(connection, { lines, agencies, months: 36, seed: 7, products });
}

async function publish(
  world: Writers['world'],
  over: Parameters<typeof anEdition>[0] & { code: string },
): Promise<void> {
  await world.operator.post('/api/priority-lists').send(anEdition(over)).expect(201);
  await world.publisher.post(`/api/priority-lists/${over.code}/publication`).expect(201);
}

async function certify({ world, products, certificates }: Writers, group: string, level = ''): Promise<void> {
  const { id } = await world.product({ group });
  const scheme = level ? 'VN-ENERGY-COMPARATIVE' : 'VN-ECOLABEL';
  const input = { products: [id], scheme, issuedOn: '2023-03-01', validThrough: '2026-12-31', ...(level && { level }) };
  certificates.push((await world.certificate(input)).id);
  products.push({ id, group });
}

/** Writes something random, later than everything before: purchases, corrections, cancellations, events and late labels. */
export async function writeSomething(register: Writers, random: Random): Promise<void> {
  register.pass();
  const { agency, caller } = random.pick(register.officers);
  const draw = random.integer(0, 9);
  if (draw < 4)
    return void (await caller
      .post('/api/purchases')
      .send(somePurchase(register, random, agency))
      .expect(201));
  if (draw < 8) return correctSomething(register, random, caller);
  if (draw < 9) return happenSomething(register, random);
  return certify(register, random.pick(['office-paper', 'air-conditioner']), random.pick(['', '4', '2']));
}

function somePurchase({ products }: Writers, random: Random, agency: string): object {
  return aPurchase({
    agency,
    basisDate: `${random.integer(2023, 2025)}-${random.pick(['01', '06', '07', '12'])}-${random.pick(['01', '15', '28'])}`,
    lines: Array.from({ length: random.integer(1, 3) }, () => someLine(products, random)),
  });
}

function someLine(products: Writers['products'], random: Random) {
  const amountNet = String(random.integer(0, 900_000_000));
  const line = { description: 'Hàng hóa (hư cấu)', quantity: '1', unit: 'C62', amountNet };
  return random.chance(0.7) ? { ...line, product: random.pick(products).id } : line;
}

async function correctSomething({ products }: Writers, random: Random, caller: Caller): Promise<void> {
  const { body } = await caller.get('/api/purchases').query({ limit: 100 }).expect(200);
  const { items } = body as { items: { id: string; lines: PurchaseLine[] }[] };
  if (items.length === 0) return;
  const found = random.pick(items);
  const reversed = new Set(found.lines.map(({ reverses }) => reverses));
  const live = found.lines.filter(({ lineNo, reverses }) => reverses === undefined && !reversed.has(lineNo));
  if (live.length === 0) return;
  const correction = random.chance(0.3)
    ? { reason: 'Hủy', cancel: true }
    : { reason: 'Sửa', lines: [{ ...someLine(products, random), corrects: random.pick(live).lineNo }] };
  await caller.post(`/api/purchases/${found.id}/corrections`).send(correction).expect(201);
}

async function happenSomething({ world, certificates }: Writers, random: Random): Promise<void> {
  const event = { type: random.pick(['suspended', 'reinstated', 'revoked']), on: `2025-0${random.integer(1, 9)}-10` };
  // Most events do not fit the standing of the certificate: then nothing is written.
  await world.certifier
    .post(`/api/certificates/${random.pick(certificates)}/events`)
    .send({ ...event, reason: `Thử ${nextNumber()}` });
}

/** A random question about the register; `knownAt` apart. */
export function someQuestion(random: Random): Record<string, string> {
  const months = ['2023-01', '2023-06', '2024-02', '2025-06', '2025-12'];
  const [one, other] = [random.pick(months), random.pick(months)].toSorted() as [string, string];
  const isWhole = random.chance(0.5);
  const groupBy = random.pick(['', ...shareQuery.properties.groupBy.enum]);
  const agency = random.pick(['', '', 'BENCH-0', 'BENCH-5', 'T-ROOT']);
  return {
    from: `${one}-${isWhole ? '01' : '12'}`,
    to: `${other}-${isWhole ? (other.endsWith('02') ? '29' : other.endsWith('06') ? '30' : '31') : '20'}`,
    tiers: random.pick(['A', 'A,B', 'B', 'A,B,C']),
    ...(groupBy && { groupBy }),
    ...(agency && { agency }),
  };
}
