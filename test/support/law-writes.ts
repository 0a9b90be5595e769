import groupInput from '../../schemas/product-group-input.json' with { type: 'json' };
import schemeInput from '../../schemas/label-scheme-input.json' with { type: 'json' };
import organisationInput from '../../schemas/organisation-input.json' with { type: 'json' };
import type { Random } from '../../seed/random.ts';
import type { Writers } from './share-register.ts';

const days = ['2023-04-01', '2024-03-10', '2025-06-30', '2025-12-15'];
const movable = ['BENCH-5', 'BENCH-7', 'BENCH-9'];
const tops = ['BENCH-0', 'T-ROOT', 'T-DEPT'];

/** Changes the law or the tree in a random way: a scheme, a group, an agreement, an edition, or where an agency stands. */
export async function changeSomething(register: Writers, random: Random): Promise<void> {
  register.pass();
  const { operator } = register.world;
  const validFrom = random.pick(days);
  const put = async (path: string, schema: { properties: object }, over: object) => {
    const { body, headers } = await operator.get(path).expect(200);
    const known = Object.entries(body as object).filter(([field]) => field in schema.properties);
    const changed = { ...Object.fromEntries(known), ...over };
    await operator.put(path).set('If-Match', String(headers['etag'])).send(changed).expect(200);
  };
  const changes = [
    () =>
      put('/api/schemes/VN-ENERGY-COMPARATIVE', schemeInput, {
        validFrom,
        basis: random.pick(['statutory-preference', 'information-only']),
      }),
    () => put('/api/groups/office-paper', groupInput, { validFrom, name: { vi: `Giấy ${random.integer(1, 99)}` } }),
    () =>
      put(`/api/organisations/${random.pick(movable)}`, organisationInput, {
        parent: undefined,
        parents: moved(random),
      }),
    async () => {
      const agreed = { scheme: 'EU-ECOLABEL', groups: ['office-paper'], from: validFrom, document: 'Thử (hư cấu)' };
      await operator.post('/api/agreements').send(agreed).expect(201);
    },
    async () => {
      const entry = {
        group: 'air-conditioner',
        obligation: 'preferred',
        accepts: [{ scheme: 'VN-ENERGY-COMPARATIVE', minLevel: random.pick(['2', '4', '5']) }],
      };
      await operator
        .post('/api/priority-lists/TEST-1/corrections')
        .send({ reason: 'Thử', entries: [entry] })
        .expect(201);
    },
  ];
  await random.pick(changes)();
}

function moved(random: Random): object[] {
  const on = random.pick(['2024-03-11', '2025-06-30']);
  const before = new Date(Date.parse(on) - 86_400_000).toISOString().slice(0, 10);
  return [
    { code: random.pick(tops), through: before },
    { code: random.pick(tops), from: on },
  ];
}
