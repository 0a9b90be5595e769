import type {
  Certificate,
  LabelScheme,
  Measures,
  Organisation,
  PriorityList,
  Province,
  Purchase,
  RecognitionAgreement,
  Share,
  ShareReport,
} from '../../schemas/types.d.ts';
import type { Caller } from './app.ts';
import type { NaiveShare, Register } from './naive-share.ts';

/** Reads all that a share may rest on through the API, as an auditor. */
export async function readRegister(auditor: Caller): Promise<Register> {
  const certificates = await all<Certificate>(auditor, '/api/certificates');
  const holders = [...new Set(certificates.map(({ holder }) => holder))];
  const taxCodes: [string, string][] = [];
  for (const code of holders) {
    const { taxCode } = (await auditor.get(`/api/organisations/${code}`).expect(200)).body as Organisation;
    if (taxCode !== undefined) taxCodes.push([code, taxCode]);
  }
  return {
    purchases: await all<Purchase>(auditor, '/api/purchases'),
    agencies: await all<Organisation>(auditor, '/api/organisations?kind=agency'),
    editions: await all<PriorityList>(auditor, '/api/priority-lists'),
    provinces: [
      ...(await all<Province>(auditor, '/api/provinces?on=2025-06-30')),
      ...(await all<Province>(auditor, '/api/provinces?on=2025-07-01')),
    ],
    facts: {
      certificates,
      schemes: await all<LabelScheme>(auditor, '/api/schemes'),
      agreements: await all<RecognitionAgreement>(auditor, '/api/agreements'),
      editions: [],
      taxCodes: Object.fromEntries(taxCodes),
    },
  };
}

/** What of an answer a naive share says too. */
export function comparable(report: ShareReport): NaiveShare {
  const { measures, groups, lines, exempt, foreign, editions, reporting } = report;
  return {
    whole: flat(measures),
    groups: Object.fromEntries(groups.map((group) => [group.key, flat(group.measures)])),
    lines,
    exempt,
    foreign,
    editions,
    withLines: reporting.withLines,
  };
}

function flat({ bounds, ...measures }: Measures): Record<string, Share> {
  return {
    ...measures,
    'M1 low': bounds.M1.low,
    'M1 high': bounds.M1.high,
    'M2 low': bounds.M2.low,
    'M2 high': bounds.M2.high,
  };
}

async function all<T>(caller: Caller, path: string): Promise<T[]> {
  const items: T[] = [];
  let cursor: string | null = null;
  do {
    const { body } = await caller
      .get(path)
      .query({ limit: 100, ...(cursor && { cursor }) })
      .expect(200);
    const page = body as { items: T[]; next: string | null };
    items.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return items;
}
