import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Application, ApplicationEventInput, ApplicationInput, ProblemDetails } from '../../schemas/types.d.ts';
import { transitions } from '../../server/applications/lifecycle.rules.ts';
import type { Relation, Transition } from '../../server/applications/transition.rules.ts';
import { newId } from '../../server/core/model.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import {
  aDossier,
  aDossierWorld,
  anEvent,
  ecolabelFiles,
  energyFiles,
  sendEvent,
  type DossierWorld,
} from '../support/dossiers.ts';

type Who =
  | 'supplier'
  | 'preparer'
  | 'reviewer'
  | 'colleague'
  | 'operator'
  | 'shop'
  | 'forester'
  | 'auditor'
  | 'officer'
  | 'anyone';
const everybody: Who[] = [
  'supplier',
  'preparer',
  'reviewer',
  'colleague',
  'operator',
  'shop',
  'forester',
  'auditor',
  'officer',
  'anyone',
];

/** In which states the reviewer has the dossier in hand, so that the colleague waits; after a refusal it is the colleague's. */
const inHand = new Set<Application['status']>(['incomplete', 'underEvaluation', 'clarification', 'approved']);

/** Who stands in a relation to a dossier that `preparer` wrote for the supplier and `reviewer` reviews. */
function standing(relation: Relation, { from, event }: Transition): Who[] {
  const who: Record<Relation, Who[]> = {
    applicant: ['supplier'],
    preparer: ['preparer'],
    reviewer: from === 'appealed' ? ['colleague'] : inHand.has(from) ? ['reviewer'] : ['reviewer', 'colleague'],
    supervisor: ['operator'],
    system: [],
  };
  return event === 'conflictDeclared' && inHand.has(from) ? ['reviewer', 'colleague'] : who[relation];
}

describe('every transition by role and relation', () => {
  let app: TestApp;
  let world: DossierWorld;
  let callers: Record<Who, Caller>;
  let evaluated: ApplicationInput;
  let registered: ApplicationInput;
  /** One dossier in each state, for those who may not move it. */
  const unmoved = new Map<string, Application>();

  beforeAll(async () => {
    app = await startTestApp();
    world = await aDossierWorld(app);
    callers = { ...world, anyone: app.anyone };
    const products = [(await world.product()).id];
    const applicant = 'T-SUPPLIER';
    const attachments = ecolabelFiles(app.clock.today());
    evaluated = { kind: 'new', applicant, scheme: 'VN-ECOLABEL', products, attachments };
    const scheme = 'VN-ENERGY-COMPARATIVE';
    registered = { kind: 'new', applicant, scheme, level: '5', products, attachments: energyFiles() };
  }, 60_000);
  afterAll(() => app.close());

  const inputOf = ({ where }: Transition) => (where === 'notEvaluated' ? registered : evaluated);

  async function bring({ from, after, ...row }: Transition): Promise<Application> {
    const input = inputOf({ from, ...row });
    if (after !== 'lastStep') return aDossier(world, from, { input });
    // The court is the last step.
    const refused = await aDossier(world, 'refused', { input });
    const appeal = { ...anEvent('appealed'), step: 'court' as const };
    return (await sendEvent(world.supplier, refused, appeal).expect(201)).body as Application;
  }

  /** The dossier once more, for who moves it. */
  async function copyOf({ id }: Application): Promise<Application> {
    const collection = app.connection.collection<{ _id: string; revision: number }>('applications');
    const { _id, ...rest } = (await collection.findOne({ _id: id }))!;
    const copy = { ...rest, _id: newId() };
    await collection.insertOne(copy);
    return { ...copy, id: copy._id } as unknown as Application;
  }

  function send(caller: Caller, dossier: Application, { event, from }: Transition) {
    if (event === 'edited') {
      const patch = { note: 'Thử' };
      return caller.patch(`/api/applications/${dossier.id}`).set('If-Match', `"${dossier.revision}"`).send(patch);
    }
    const step = from === 'appealRejected' ? { step: 'secondComplaint' as const } : {};
    return sendEvent(caller, dossier, { ...anEvent(event as ApplicationEventInput['type']), ...step });
  }

  const rows = transitions.filter(({ event }) => event !== 'lapsed');

  it.each(rows.map((row) => [row.from, row.event, row.where ?? '', row.after ?? '', row] as const))(
    '%s: %s %s %s is for those whom the table names alone',
    async (...[, , , , row]) => {
      const allowed = new Set(row.by.flatMap((relation) => standing(relation, row)));
      const key = `${row.from} ${row.where ?? ''} ${row.after ?? ''}`;
      const shared = unmoved.get(key) ?? (await bring(row));
      unmoved.set(key, shared);
      for (const who of everybody) {
        const { status, body } = await send(callers[who], allowed.has(who) ? await copyOf(shared) : shared, row);
        const isRefused = status === 401 || status === 403 || (body as ProblemDetails).code === 'REVIEWED_BY_ANOTHER';
        expect([who, isRefused]).toEqual([who, !allowed.has(who)]);
        // What was not refused came about, or lacks what the row needs besides.
        const isDone = status < 300 && (body as Application).status === row.to;
        expect([who, status, isDone || status === 409 || status === 422 || isRefused]).toEqual([who, status, true]);
      }
      const { body } = await world.supplier.get(`/api/applications/${shared.id}`).expect(200);
      expect(body).toMatchObject({ status: shared.status, events: shared.events, preparedBy: shared.preparedBy });
    },
  );

  it('nobody sends what the register itself sees', async () => {
    const dossier = await aDossier(world, 'submitted', { input: evaluated });
    for (const who of everybody) {
      const { status } = await sendEvent(callers[who], dossier, { type: 'lapsed' as 'submitted' });
      expect([who, status]).toEqual([who, who === 'anyone' ? 401 : who === 'auditor' || who === 'officer' ? 403 : 400]);
    }
  });

  it('what is offered to a caller is what the caller can send', async () => {
    const dossier = await aDossier(world, 'underEvaluation', { input: evaluated });
    const possible = async (who: Who) =>
      ((await callers[who].get(`/api/applications/${dossier.id}`).expect(200)).body as Application).possible;
    expect(await possible('supplier')).toEqual(['withdrawn']);
    const offered = ['asked', 'evaluated', 'refused', 'taken', 'released', 'conflictDeclared'];
    expect(await possible('reviewer')).toEqual(offered);
    expect(await possible('colleague')).toEqual(['conflictDeclared']);
    expect(await possible('operator')).toEqual(['released']);
    expect(await possible('auditor')).toEqual([]);
    // Not before it was evaluated.
    await sendEvent(world.reviewer, dossier, anEvent('evaluated')).expect(201);
    expect((await possible('reviewer'))?.toSorted()).toEqual([...offered, 'approved'].toSorted());
  });

  it('a draft is seen by its applicant and by who wrote it alone, a received dossier by body, operator and auditor too', async () => {
    const draft = await aDossier(world, 'draft', { input: evaluated });
    const received = await aDossier(world, 'submitted', { input: evaluated });
    const seeing = async ({ id }: Application) => {
      const statuses = await Promise.all(
        everybody.map(async (who) => [who, (await callers[who].get(`/api/applications/${id}`)).status] as const),
      );
      const lists = await Promise.all(
        everybody.map(async (who) => {
          const { body } = await callers[who].get('/api/applications?limit=100&status=draft');
          return [who, (body as { items?: Application[] }).items?.some((item) => item.id === id) ?? false] as const;
        }),
      );
      const found = statuses.filter(([, status]) => status === 200).map(([who]) => who);
      return { found, listed: lists.filter(([, isListed]) => isListed).map(([who]) => who) };
    };
    expect(await seeing(draft)).toEqual({ found: ['supplier', 'preparer'], listed: ['supplier', 'preparer'] });
    expect((await seeing(received)).found).toEqual([
      'supplier',
      'preparer',
      'reviewer',
      'colleague',
      'operator',
      'auditor',
    ]);
  });
});
