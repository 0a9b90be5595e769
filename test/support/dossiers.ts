import type {
  Application,
  ApplicationEventInput,
  ApplicationInput,
  AttachmentInput,
  Evidence,
} from '../../schemas/types.d.ts';
import type { Caller, TestApp } from './app.ts';
import { anOrganisation, aWorld, nextNumber, type World } from './builders.ts';

const file = (kind: AttachmentInput['kind'], over: object = {}): AttachmentInput => ({
  kind,
  evidence: '5'.repeat(24),
  ...over,
});
const laboratory = { name: 'Phòng thử nghiệm (hư cấu)', accreditation: 'VILAS 0000' };

/** A PDF that says the text, as far as a register looks at it. */
export const aPdf = (text: string) => Buffer.from(`%PDF-1.7\n% ${text}\n%%EOF\n`);

const sent = new WeakMap<Caller, Map<string, Promise<string>>>();

/** The attachments with files that the caller has sent in; each kind with its facts is sent once. */
export function filed(caller: Caller, attachments: AttachmentInput[]): Promise<AttachmentInput[]> {
  const known = sent.get(caller) ?? new Map<string, Promise<string>>();
  sent.set(caller, known);
  return Promise.all(
    attachments.map(async ({ evidence: _none, ...facts }) => {
      const key = JSON.stringify(facts);
      if (!known.has(key)) known.set(key, send(caller, facts));
      return { ...facts, evidence: await known.get(key)! };
    }),
  );
}

async function send(caller: Caller, facts: Omit<AttachmentInput, 'evidence'>): Promise<string> {
  const call = caller.post('/api/evidence').attach('file', aPdf(JSON.stringify(facts)), `${facts.kind}.pdf`);
  for (const [field, value] of Object.entries(facts))
    void call.field(field, typeof value === 'string' ? value : JSON.stringify(value));
  return ((await call.expect(201)).body as Evidence).id;
}

/** Everything that the checklist of the Vietnam Ecolabel asks for, with a report of the day. */
export const ecolabelFiles = (issuedOn: string) => [
  file('form'),
  file('report'),
  file('testReport', { issuedOn, laboratory }),
  file('drawing'),
  file('description'),
];
/** Everything that an energy label's registration asks for. */
export const energyFiles = () => [file('declaration'), file('labelSample'), file('testReport', { laboratory })];
/** What proves a change of details. */
export const changeFiles = () => [file('form'), file('proofOfChange')];

/** The small world with two more persons of the body, and another body. */
export interface DossierWorld extends World {
  /** Of the scheme's body: the one who takes dossiers in hand, another one, and one who writes them for suppliers. */
  reviewer: Caller;
  colleague: Caller;
  preparer: Caller;
  forester: Caller;
  shop: Caller;
}

export async function aDossierWorld(app: Pick<TestApp, 'as'>): Promise<DossierWorld> {
  const world = await aWorld(app);
  const forest = anOrganisation({ code: 'T-FOREST', kind: 'certifier', mayCertify: ['FSC'] });
  await world.operator.post('/api/organisations').send(forest).expect(201);
  return {
    ...world,
    reviewer: world.certifier,
    colleague: await app.as('certifier', 'T-BODY'),
    preparer: await app.as('certifier', 'T-BODY'),
    forester: await app.as('certifier', 'T-FOREST'),
    shop: await app.as('supplier', 'T-SHOP'),
  };
}

/** Sends an event. */
export function sendEvent(caller: Caller, { id }: Pick<Application, 'id'>, event: ApplicationEventInput) {
  return caller.post(`/api/applications/${id}/events`).send(event);
}

/** Begins an application with files of the caller's; gives it as answered. */
export async function begin(caller: Caller, input: ApplicationInput): Promise<Application> {
  const { attachments } = input;
  const body = { ...input, ...(attachments && { attachments: await filed(caller, attachments) }) };
  return (await caller.post('/api/applications').send(body).expect(201)).body as Application;
}

/** An event of the type that lacks nothing its schema asks for. */
export function anEvent(type: ApplicationEventInput['type'], kind: Application['kind'] = 'new'): ApplicationEventInput {
  const number = `QD-${nextNumber()}`;
  const text = 'Thử (hư cấu)';
  const certificate = kind === 'listing' || kind === 'extension' ? {} : { certificate: { number } };
  const bodies: Partial<Record<ApplicationEventInput['type'], object>> = {
    foundIncomplete: { text, items: ['drawing'] },
    approved: { reasons: ['criteriaMet'], ...certificate },
    refused: { reasons: ['criteriaNotMet'], text },
    appealed: { text, step: 'complaint' },
    resultCorrected: certificate,
  };
  const needsText = /^(asked|answered|evaluated|released|conflictDeclared|appealUpheld|appealDismissed)$/.test(type);
  return { type, ...(needsText && { text }), ...bodies[type] };
}

type Step = [who: 'supplier' | 'reviewer' | 'colleague', event: ApplicationEventInput];

/** What brings a draft into each state. */
export function stepsTo(status: Application['status'], evaluated: boolean): Step[] {
  const step = (who: Step[0], type: ApplicationEventInput['type']): Step => [who, anEvent(type)];
  const submitted = [step('supplier', 'submitted')];
  const inHand = evaluated ? [...submitted, step('reviewer', 'foundComplete')] : submitted;
  const evaluation = evaluated ? [step('reviewer', 'evaluated')] : [];
  const refused = [...inHand, step('reviewer', 'refused')];
  const appealed = [...refused, step('supplier', 'appealed')];
  const paths: Record<Exclude<Application['status'], 'lapsed'>, Step[]> = {
    draft: [],
    submitted,
    incomplete: [...submitted, step('reviewer', 'foundIncomplete')],
    underEvaluation: inHand,
    clarification: [...inHand, step('reviewer', 'asked')],
    approved: [...inHand, ...evaluation, step('reviewer', 'approved')],
    refused,
    appealed,
    appealRejected: [...appealed, step('colleague', 'appealDismissed')],
    refusalFinal: [...appealed, step('supplier', 'appealWithdrawn')],
    withdrawn: [step('supplier', 'withdrawn')],
  };
  return status === 'lapsed' ? [] : paths[status];
}

/** A dossier, begun by the caller and brought into a state. @throws where a step is not taken */
export async function aDossier(
  world: DossierWorld,
  status: Application['status'],
  { input, by = world.preparer }: { input: ApplicationInput; by?: Caller },
): Promise<Application> {
  let dossier = await begin(by, input);
  const isEvaluated = dossier.procedure.endsWith('Evaluation');
  for (const [who, event] of stepsTo(status, isEvaluated)) {
    const body = event.type === 'approved' ? anEvent('approved', input.kind) : event;
    dossier = (await sendEvent(world[who], dossier, body).expect(201)).body as Application;
  }
  return dossier;
}
