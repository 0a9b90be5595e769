import { describe, expect, it } from '@jest/globals';
import type { Attachment } from '../../schemas/types.d.ts';
import type { EvidenceFacts } from '../../server/applications/port.ts';
import type { StoredApplication } from '../../server/applications/dossier.rules.ts';
import { aroundOf } from '../../server/applications/standing.service.ts';
import { refuseUnknown, withFacts, type SubmissionParts } from '../../server/applications/submission.service.ts';
import { settableClock } from '../../server/core/clock.ts';

const known = '1'.repeat(24);
const facts: EvidenceFacts = { uploadedBy: 'u', kind: 'testReport', issuedOn: '2026-01-05' };
const parts: SubmissionParts & { clock: ReturnType<typeof settableClock> } = {
  clock: settableClock(),
  scheme: async () => null,
  criterion: async () => null,
  products: async () => new Map(),
  organisations: async (codes) => new Map(codes.map((code) => [code, { code } as never])),
  certificate: async () => null,
  mayCertify: async () => null,
  attachable: async (_actor, ids) => new Set(ids),
  evidence: async (ids) => new Map(ids.filter((id) => id === known).map((id) => [id, facts])),
};

function aDossier(kind: Attachment['kind'], evidence = known): StoredApplication {
  const attachments: Attachment[] = [{ kind, evidence, issuedOn: '2026-11-01', addedBy: 'a' }];
  const hands = { preparedBy: ['a'], conflicts: [], refusedBy: [] };
  return { kind: 'listing', applicant: 'S', attachments, ...hands } as unknown as StoredApplication;
}

describe('what the register knows of a file by itself', () => {
  it('counts in place of what the dossier says of it', async () => {
    expect(await withFacts(parts, aDossier('testReport'))).toMatchObject([{ issuedOn: '2026-01-05', addedBy: 'a' }]);
    expect(await withFacts({ evidence: async () => new Map() }, aDossier('testReport'))).toMatchObject([
      { issuedOn: '2026-11-01' },
    ]);
  });

  it.each([
    ['a file that is not there', aDossier('testReport', '2'.repeat(24)), '/attachments/0/evidence', 'UNKNOWN_ID'],
    ['a file of another kind', aDossier('form'), '/attachments/0/kind', 'EVIDENCE_OF_OTHER_KIND'],
  ])('refuses %s', async (_what, dossier, pointer, code) => {
    await expect(refuseUnknown(parts, dossier)).rejects.toMatchObject({ faults: [{ pointer, code }] });
  });

  it('says who uploaded it, whoever attached it', async () => {
    const { uploaders } = await aroundOf(parts, { id: 'x', role: 'operator' }, aDossier('testReport'));
    expect(uploaders).toEqual(['u']);
  });
});
