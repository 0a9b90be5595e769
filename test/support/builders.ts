import type {
  Certificate,
  CertificateInput,
  OrganisationInput,
  PriorityListInput,
  Product,
  ProductInput,
  PurchaseInput,
} from '../../schemas/types.d.ts';
import type { Caller, TestApp } from './app.ts';

let last = 0;
/** A number that no other record of the test run has. */
export function nextNumber(): number {
  return ++last;
}

/** An organisation that is valid as it stands; override what matters. */
export function anOrganisation(over: Partial<OrganisationInput> = {}): OrganisationInput {
  const { code = `T-${nextNumber()}` } = over;
  return { code, kind: 'supplier', name: { vi: `Tổ chức ${code} (hư cấu)` }, ...over };
}

export function aProduct(over: Partial<ProductInput> = {}): ProductInput {
  const model = `GX ${nextNumber()}`;
  return {
    kind: 'good',
    name: { vi: `Giấy in ${model} (hư cấu)` },
    brand: 'Mẫu',
    model,
    group: 'office-paper',
    supplier: 'T-SUPPLIER',
    ...over,
  };
}

export function aCertificate(over: Partial<CertificateInput> & Pick<CertificateInput, 'products'>): CertificateInput {
  return {
    number: `${nextNumber()}/TEST`,
    scheme: 'VN-ECOLABEL',
    holder: 'T-SUPPLIER',
    issuedOn: '2025-01-15',
    ...over,
  };
}

export function anEdition(over: Partial<PriorityListInput> = {}): PriorityListInput {
  return {
    code: `ED-${nextNumber()}`,
    title: { vi: 'Danh mục thử (hư cấu)' },
    legalBasis: 'Thử nghiệm',
    effectiveFrom: '2025-01-01',
    entries: [{ group: 'office-paper', obligation: 'mandatory', accepts: [{ scheme: 'VN-ECOLABEL' }] }],
    ...over,
  };
}

export function aPurchase(over: Partial<PurchaseInput> = {}): PurchaseInput {
  return {
    agency: 'T-UNIT',
    reference: `HD-${nextNumber()}`,
    method: 'direct',
    basisDate: '2026-03-14',
    supplier: { name: 'Nhà bán lẻ (hư cấu)' },
    lines: [{ description: 'Giấy in A4', quantity: '40', unit: 'RM', amountNet: '2600000' }],
    ...over,
  };
}

/** A small world: three levels of agencies, a supplier, another one, a certification body, and who calls for them. */
export interface World {
  operator: Caller;
  /** Another operator: who drafts an edition does not publish it. */
  publisher: Caller;
  auditor: Caller;
  certifier: Caller;
  supplier: Caller;
  officer: Caller;
  /** Officer of the department above the unit. */
  department: Caller;
  otherOfficer: Caller;
  product(over?: Partial<ProductInput>): Promise<Product>;
  certificate(over: Partial<CertificateInput> & Pick<CertificateInput, 'products'>): Promise<Certificate>;
}

/** Enters the small world through the API. */
export async function aWorld(app: Pick<TestApp, 'as'>): Promise<World> {
  const operator = await app.as('operator');
  const organisations: OrganisationInput[] = [
    anOrganisation({ code: 'T-ROOT', kind: 'agency' }),
    anOrganisation({ code: 'T-DEPT', kind: 'agency', parent: 'T-ROOT' }),
    anOrganisation({ code: 'T-UNIT', kind: 'agency', parent: 'T-DEPT' }),
    anOrganisation({ code: 'T-OTHER', kind: 'agency' }),
    anOrganisation({ code: 'T-SUPPLIER', taxCode: '9911111101' }),
    anOrganisation({ code: 'T-SHOP', taxCode: '9911111102' }),
    anOrganisation({
      code: 'T-BODY',
      kind: 'certifier',
      mayCertify: ['VN-ECOLABEL', 'VN-ENERGY-COMPARATIVE', 'EU-ECOLABEL'],
    }),
  ];
  for (const organisation of organisations) await operator.post('/api/organisations').send(organisation).expect(201);
  const certifier = await app.as('certifier', 'T-BODY');
  return {
    operator,
    publisher: await app.as('operator'),
    certifier,
    auditor: await app.as('auditor'),
    supplier: await app.as('supplier', 'T-SUPPLIER'),
    officer: await app.as('officer', 'T-UNIT'),
    department: await app.as('officer', 'T-DEPT'),
    otherOfficer: await app.as('officer', 'T-OTHER'),
    product: async (over) => (await operator.post('/api/products').send(aProduct(over)).expect(201)).body as Product,
    certificate: async (over) =>
      (await certifier.post('/api/certificates').send(aCertificate(over)).expect(201)).body as Certificate,
  };
}
