import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Application, Complaint, Evidence, Purchase } from '../../schemas/types.d.ts';
import type { Role } from '../../server/core/route.ts';
import { apiOf } from '../../server/routes.ts';
import { startTestApp, type Caller, type TestApp } from '../support/app.ts';
import { aPdf, ecolabelFiles, filed } from '../support/dossiers.ts';
import { aCertificate, anOrganisation, aProduct, aPurchase, aWorld } from '../support/builders.ts';

/**
 * How a record stands to the caller's organisation: its own (its agency, its product, a scheme that it certifies for), of
 * an agency below it, of another organisation, or of none that the register knows.
 */
type Relation = 'own' | 'below' | 'other' | 'none';
const relations: Relation[] = ['own', 'below', 'other', 'none'];
/** Roles that act for an organisation; operator and auditor stand to every record alike. */
const roles = ['officer', 'supplier', 'certifier'] as const satisfies Role[];

type Row = Partial<Record<(typeof roles)[number], readonly Relation[]>>;
const ofAgencies: Row = { officer: ['own', 'below'] };
const ofSuppliers: Row = { supplier: ['own'], certifier: ['own', 'below', 'other'] };
const ofSchemes: Row = { certifier: ['own'] };
/** A dossier of the supplier: by itself, and by the body of its scheme (each event: `application-access.test.ts`). */
const ofApplicants: Row = { supplier: ['own'], certifier: ['own'] };
/** A list that names no organisation: a supplier is shown its own alone (`products.test.ts`). */
const ofNobody: Row = { supplier: relations, certifier: relations };

const known: Relation[] = ['own', 'below', 'other'];

/** For an organisation's admins alone, who are people (`people.test.ts`): a key is none. */
const ofAdmins: Row = {};

/** What a role that acts for an organisation may do, by how the record stands to it; what is not named here is refused. */
const table: Record<string, Row> = {
  'post /api/invitations': ofAdmins,
  'get /api/memberships': ofAdmins,
  'delete /api/memberships/:id': ofAdmins,
  'get /api/keys': ofAdmins,
  'delete /api/keys/:id': ofAdmins,
  'get /api/purchases': ofAgencies,
  'get /api/purchases/:id': ofAgencies,
  'post /api/purchases': ofAgencies,
  'post /api/purchases/:id/corrections': ofAgencies,
  'get /api/share/lines': ofAgencies,
  'post /api/purchases/imports': ofAgencies,
  'post /api/purchases/imports/:id/runs': ofAgencies,
  'get /api/purchases/imports/:id': ofAgencies,
  'get /api/purchases/imports/:id/rows': ofAgencies,
  'get /api/products/unreviewed': ofNobody,
  // What an organisation follows is its own: the call names a group alone.
  'get /api/needs/follows': ofNobody,
  // Without an edition no group can be followed: whoever is let in learns that there is none.
  'put /api/needs/follows/:group': { supplier: known, certifier: known },
  'delete /api/needs/follows/:group': ofNobody,
  'post /api/products': ofSuppliers,
  'patch /api/products/:id': ofSuppliers,
  'post /api/products/:id/withdrawal': ofSuppliers,
  'post /api/certificates': ofSchemes,
  'post /api/certificates/:id/events': ofSchemes,
  'get /api/schemes/:code/claims': ofSchemes,
  'get /api/applications': ofNobody,
  'get /api/applications/:id': ofApplicants,
  'post /api/applications': ofApplicants,
  'patch /api/applications/:id': ofApplicants,
  'post /api/applications/:id/events': ofApplicants,
  'get /api/complaints': { officer: relations, supplier: relations, certifier: relations },
  'get /api/purchases/:id/complaints': ofAgencies,
  'post /api/complaints/:id/events': { officer: ['own', 'below'], supplier: ['own'], certifier: ['own'] },
  'get /api/evidence': { officer: ['own', 'below'], supplier: ['own'], certifier: ['own'] },
  'get /api/evidence/:id': { officer: ['own', 'below'], supplier: ['own'], certifier: ['own'] },
  'get /api/evidence/:id/content': { officer: ['own', 'below'], supplier: ['own'], certifier: ['own'] },
  // An officer sends files for any purchase that it reads; a file itself is changed by its own organisation alone.
  'post /api/evidence': { officer: ['own', 'below'], supplier: ['own'], certifier: ['own'] },
  'post /api/evidence/:id/uses': { officer: ['own'], supplier: ['own'] },
  'delete /api/evidence/:id': { officer: ['own'], supplier: ['own'] },
};

const agencies: Record<Relation, string> = { own: 'T-DEPT', below: 'T-UNIT', other: 'T-OTHER', none: 'T-NOBODY' };
const suppliers: Record<Relation, string> = { own: 'T-SUPPLIER', below: 'T-SHOP', other: 'T-SHOP', none: 'T-NOBODY' };
const schemes: Record<Relation, string> = { own: 'VN-ECOLABEL', below: 'FSC', other: 'FSC', none: 'T-NOTHING' };
const nowhere = '0'.repeat(24);

const ledger = 'Số hợp đồng;Ngày ký;Nhà cung cấp;Nội dung;Số lượng;ĐVT;Thành tiền (đồng, chưa VAT)';

function sendFile(caller: Caller, use: object) {
  const form = caller.post('/api/evidence').field('kind', 'other').field('use', JSON.stringify(use));
  return form.attach('file', aPdf(JSON.stringify(use)), 'a.pdf');
}

function sendLedger(caller: Caller, agency: string) {
  const file = Buffer.from(`${ledger}\r\nQ-1;14/03/2026;Nhà bán lẻ (hư cấu);Giấy in A4;40;RM;2.600.000`);
  return caller
    .post('/api/purchases/imports')
    .field('agency', agency)
    .field('dryRun', 'true')
    .attach('file', file, 'a.csv');
}

describe('access by role and relation', () => {
  let app: TestApp;
  const callers = new Map<string, Caller>();
  const purchases: Partial<Record<Relation, string>> = {};
  const products: Partial<Record<Relation, string>> = {};
  const certificates: Partial<Record<Relation, string>> = {};
  const imports: Partial<Record<Relation, string>> = {};
  const memberships: Partial<Record<Relation, string>> = {};
  const keys: Partial<Record<Relation, string>> = {};
  const applications: Partial<Record<Relation, string>> = {};
  /** A file of a purchase line, and one of a dossier. */
  const invoices: Partial<Record<Relation, string>> = {};
  const reports: Partial<Record<Relation, string>> = {};
  /** A fault reported of a purchase, and one of a certificate. */
  const faultyPurchases: Partial<Record<Relation, string>> = {};
  const faultyLabels: Partial<Record<Relation, string>> = {};

  beforeAll(async () => {
    app = await startTestApp();
    const world = await aWorld(app);
    callers.set('officer', world.department);
    callers.set('supplier', world.supplier);
    callers.set('certifier', world.certifier);
    await world.operator
      .post('/api/organisations')
      .send(anOrganisation({ code: 'T-FOREST', kind: 'certifier', mayCertify: ['FSC'] }))
      .expect(201);
    const forester = await app.as('certifier', 'T-FOREST');
    const forwarded = async (subject: object): Promise<string> => {
      const fault = { subject, ground: 'other', text: 'Thử báo sai (hư cấu)' };
      const { id } = (await world.publisher.post('/api/complaints').send(fault).expect(201)).body as Complaint;
      await world.operator.post(`/api/complaints/${id}/events`).send({ type: 'forwarded' }).expect(201);
      return id;
    };
    for (const [relation, agency] of Object.entries(agencies).filter(([, code]) => code !== 'T-NOBODY')) {
      const officer = await app.as('officer', agency);
      const { body } = await officer.post('/api/purchases').send(aPurchase({ agency })).expect(201);
      purchases[relation as Relation] = (body as Purchase).id;
      faultyPurchases[relation as Relation] = await forwarded({ kind: 'purchase', id: (body as Purchase).id });
      const use = { kind: 'purchaseLine', id: (body as Purchase).id, lineNo: 1 };
      invoices[relation as Relation] = ((await sendFile(officer, use).expect(201)).body as Evidence).id;
      imports[relation as Relation] = ((await sendLedger(officer, agency)).body as Purchase).id;
    }
    for (const relation of ['own', 'below', 'other'] as const) {
      const supplier = suppliers[relation];
      const { id } = await world.product({ supplier });
      products[relation] = id;
      const given = { role: 'supplier', org: supplier };
      const invited = await world.operator.post('/api/invitations').send({ email: 'an@example.vn', ...given });
      memberships[relation] = (invited.body as Purchase).id;
      keys[relation] = ((await world.operator.post('/api/keys').send(given).expect(201)).body as Purchase).id;
      const certificate = aCertificate({ products: [id], holder: supplier, scheme: schemes[relation] });
      const body = relation === 'own' ? world.certifier : forester;
      const dossier = { kind: 'new', applicant: supplier, scheme: schemes[relation], products: [id] };
      const items = ecolabelFiles(app.clock.today()).filter(({ kind }) => relation === 'own' || kind === 'form');
      const applying = await app.as('supplier', supplier);
      const begun = await applying
        .post('/api/applications')
        .send({ ...dossier, attachments: await filed(applying, items) })
        .expect(201);
      applications[relation] = (begun.body as Application).id;
      reports[relation] = (begun.body as Application).attachments![0]!.evidence;
      await applying.post(`/api/applications/${applications[relation]}/events`).send({ type: 'submitted' }).expect(201);
      certificates[relation] = ((await body.post('/api/certificates').send(certificate)).body as Purchase).id;
      faultyLabels[relation] = await forwarded({ kind: 'certificate', id: certificates[relation] });
    }
  });
  afterAll(() => app.close());

  /** The call on a record that stands so to the caller; its body is good, so that only access can refuse it. */
  async function call(route: string, caller: Caller, relation: Relation): Promise<number> {
    const [agency, supplier, scheme] = [agencies[relation], suppliers[relation], schemes[relation]];
    const [purchase, product, certificate, job, dossier] = [
      purchases,
      products,
      certificates,
      imports,
      applications,
    ].map((ids) => ids[relation] ?? nowhere);
    const line = { ...aPurchase().lines[0]!, corrects: 1 };
    const isOfficer = caller === callers.get('officer');
    const file = (isOfficer ? invoices : reports)[relation] ?? nowhere;
    const use = isOfficer ? { kind: 'purchaseLine', id: purchase, lineNo: 1 } : { kind: 'application', id: dossier };
    const asked = isOfficer ? `purchaseLine:${purchase}/1` : `application:${dossier}`;
    const fault = (isOfficer ? faultyPurchases : faultyLabels)[relation] ?? nowhere;
    const calls: Record<string, () => PromiseLike<{ status: number }>> = {
      'post /api/invitations': () =>
        caller.post('/api/invitations').send({ email: 'an@example.vn', role: 'supplier', org: supplier }),
      'get /api/memberships': () => caller.get(`/api/memberships?org=${supplier}`),
      'delete /api/memberships/:id': () => caller.delete(`/api/memberships/${memberships[relation] ?? nowhere}`),
      'get /api/keys': () => caller.get(`/api/keys?org=${supplier}`),
      'delete /api/keys/:id': () => caller.delete(`/api/keys/${keys[relation] ?? nowhere}`),
      'get /api/purchases': () => caller.get(`/api/purchases?agency=${agency}`),
      'get /api/purchases/:id': () => caller.get(`/api/purchases/${purchase}`),
      'post /api/purchases': () => caller.post('/api/purchases').send(aPurchase({ agency })),
      'post /api/purchases/:id/corrections': () =>
        caller.post(`/api/purchases/${purchase}/corrections`).send({ reason: 'Thử', lines: [line] }),
      'get /api/schemes/:code/claims': () => caller.get(`/api/schemes/${scheme}/claims`),
      'get /api/share/lines': () => caller.get(`/api/share/lines?from=2026-01-01&to=2026-12-31&agency=${agency}`),
      'post /api/purchases/imports': () => sendLedger(caller, agency),
      'post /api/purchases/imports/:id/runs': () =>
        caller
          .post(`/api/purchases/imports/${job}/runs`)
          .send({ mapping: { amountBasis: 'net', amountUnit: 'dong' }, dryRun: true }),
      'get /api/purchases/imports/:id': () => caller.get(`/api/purchases/imports/${job}`),
      'get /api/purchases/imports/:id/rows': () => caller.get(`/api/purchases/imports/${job}/rows`),
      'get /api/needs/follows': () => caller.get('/api/needs/follows'),
      'put /api/needs/follows/:group': () => caller.put('/api/needs/follows/office-paper'),
      'delete /api/needs/follows/:group': () => caller.delete('/api/needs/follows/office-paper'),
      'get /api/products/unreviewed': () => caller.get('/api/products/unreviewed'),
      'post /api/products': () => caller.post('/api/products').send(aProduct({ supplier })),
      'patch /api/products/:id': () =>
        caller
          .patch(`/api/products/${product}`)
          .set('If-Match', '"1"')
          .send({ description: { vi: 'Thử' } }),
      'post /api/products/:id/withdrawal': () =>
        caller.post(`/api/products/${product}/withdrawal`).send({ on: '2026-11-01', reason: 'Thử' }),
      'post /api/certificates': () =>
        caller
          .post('/api/certificates')
          .send(aCertificate({ products: [products.own!], holder: 'T-SUPPLIER', scheme })),
      'post /api/certificates/:id/events': () =>
        caller
          .post(`/api/certificates/${certificate}/events`)
          .send({ type: 'surrendered', on: '2026-05-05', reason: 'Thử' }),
      'get /api/complaints': () => caller.get('/api/complaints'),
      'get /api/purchases/:id/complaints': () => caller.get(`/api/purchases/${purchase}/complaints`),
      'post /api/complaints/:id/events': () =>
        caller.post(`/api/complaints/${fault}/events`).send({ type: 'replied', text: 'Thử trả lời (hư cấu)' }),
      'get /api/evidence': () => caller.get(`/api/evidence?use=${asked}`),
      'get /api/evidence/:id': () => caller.get(`/api/evidence/${file}`),
      'get /api/evidence/:id/content': () => caller.get(`/api/evidence/${file}/content`),
      'post /api/evidence': () => sendFile(caller, use),
      'post /api/evidence/:id/uses': () => caller.post(`/api/evidence/${file}/uses`).send(use),
      'delete /api/evidence/:id': () => caller.delete(`/api/evidence/${file}`).set('If-Match', '"1"'),
      'get /api/applications': () => caller.get('/api/applications'),
      'get /api/applications/:id': () => caller.get(`/api/applications/${dossier}`),
      'post /api/applications': () =>
        caller.post('/api/applications').send({ kind: 'new', applicant: supplier, scheme }),
      'patch /api/applications/:id': () =>
        caller.patch(`/api/applications/${dossier}`).set('If-Match', '"2"').send({ note: 'Thử' }),
      // Each role by an event of its own.
      'post /api/applications/:id/events': () =>
        caller
          .post(`/api/applications/${dossier}/events`)
          .send(caller === callers.get('certifier') ? { type: 'taken' } : { type: 'withdrawn' }),
    };
    return (await calls[route]!()).status;
  }

  it('has a row for every call that an officer, a supplier or a certifier may make and not everybody', () => {
    const { routes } = apiOf(app.services, { clock: app.clock, store: 'embedded', isDemo: false });
    // What is for people is closed to every role that no person stands behind: `saved.test.ts`.
    const bound = routes.filter(
      ({ access }) => typeof access === 'object' && roles.some((role) => access.includes(role)),
    );
    expect(bound.map(({ method, path }) => `${method} ${path}`).toSorted()).toEqual(Object.keys(table).toSorted());
  });

  it.each(Object.entries(table))('%s: refuses whatever the table does not name', async (route, row) => {
    const found: string[] = [];
    const expected: string[] = [];
    for (const role of roles) {
      for (const relation of relations) {
        const status = await call(route, callers.get(role)!, relation);
        const said = `${role} ${relation}`;
        // Of what the register does not know nobody gets anything; the answer may be any refusal.
        const isRefused = relation === 'none' ? status >= 400 && status < 500 : status === 403;
        if (!isRefused) found.push(said);
        if (row[role]?.includes(relation)) expected.push(said);
      }
    }
    expect(found).toEqual(expected);
  });
});
