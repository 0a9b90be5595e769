import './browser-parts.ts';
import { describe, expect, it, jest } from '@jest/globals';
import { ApiProblem } from '../../client/src/api/client.ts';
import { createDraftSaver, type Saving } from '../../client/src/features/applications/edit/draft-saver.ts';
import { refusedFile } from '../../client/src/ui/file-limits.ts';
import { legalReference } from '../../client/src/ui/legal-reference.ts';
import type { Application, ApplicationPatch } from '../../schemas/types.d.ts';
import { appealStepsOf } from '../../server/applications/appeal.rules.ts';
import { checklists } from '../../server/applications/checklist.rules.ts';
import { deadlineRules } from '../../server/applications/deadline.rules.ts';
import { transitions } from '../../server/applications/lifecycle.rules.ts';
import { procedures } from '../../server/applications/procedure.rules.ts';

const problem = (status: number) => new ApiProblem({ type: 'about:blank', title: 'x', status, code: 'X' });

/** A register that answers with the next revision, or with what it is told to throw. */
function aRegister() {
  const written: { patch: ApplicationPatch; revision: number }[] = [];
  const failures: unknown[] = [];
  const states: Saving['state'][] = [];
  const saver = createDraftSaver(1, {
    async send(patch, revision) {
      const failure = failures.shift();
      if (failure) throw failure;
      written.push({ patch, revision });
      return { revision: revision + 1 } as Application;
    },
    onSaved: () => {},
    onState: ({ state }) => states.push(state),
  });
  return { written, failures, states, saver };
}

describe('a draft that is saved as one types', () => {
  it('is written once nothing more is typed for a moment, each time over what was written before', async () => {
    jest.useFakeTimers();
    const { written, states, saver } = aRegister();
    saver.change({ note: 'G' });
    saver.change({ note: 'Giấy', level: '5' });
    expect(written).toEqual([]);
    await jest.advanceTimersByTimeAsync(1000);
    saver.change({ note: 'Giấy tái chế' });
    await jest.advanceTimersByTimeAsync(1000);
    jest.useRealTimers();
    expect(written).toEqual([
      { patch: { note: 'Giấy', level: '5' }, revision: 1 },
      { patch: { note: 'Giấy tái chế' }, revision: 2 },
    ]);
    expect([states.at(-1), saver.hasUnsaved()]).toEqual(['saved', false]);
  });

  it('loses nothing where the line breaks, and says so', async () => {
    const { written, failures, states, saver } = aRegister();
    failures.push(problem(503));
    saver.change({ note: 'một' });
    expect(await saver.flush()).toBe(false);
    expect([states.at(-1), saver.hasUnsaved()]).toEqual(['failed', true]);
    saver.change({ level: '4' });
    expect(await saver.flush()).toBe(true);
    expect(written).toEqual([{ patch: { note: 'một', level: '4' }, revision: 1 }]);
  });

  it.each([
    [true, [{ patch: { note: 'của tôi' }, revision: 7 }]],
    [false, []],
  ])('that somebody else changed meanwhile overwrites nothing unasked (keeping one’s own: %s)', async (keeps, then) => {
    const { written, failures, states, saver } = aRegister();
    failures.push(problem(412));
    saver.change({ note: 'của tôi' });
    expect(await saver.flush()).toBe(false);
    expect([states.at(-1), written]).toEqual(['conflict', []]);
    expect(await saver.goOn({ revision: 7 } as Application, keeps)).toBe(true);
    expect(written).toEqual(then);
  });
});

it('a file that would be refused is told before it is sent', () => {
  const megabyte = 1024 * 1024;
  expect(refusedFile({ name: 'a.PDF', size: 20 * megabyte })).toBeNull();
  expect(refusedFile({ name: 'a.pdf', size: 20 * megabyte + 1 })).toBe('large');
  expect(refusedFile({ name: 'a.pdf', size: 0 })).toBe('empty');
  expect(refusedFile({ name: 'a.pdf.exe', size: 1 })).toBe('type');
});

it('every citation of the rules reads as Vietnamese, and stays as it is in English', () => {
  const references = [
    ...transitions,
    ...deadlineRules,
    ...Object.values(checklists).flat(),
    ...Object.values(procedures).flatMap(appealStepsOf),
  ].map(({ reference }) => reference);
  for (const reference of references) {
    const read = legalReference(reference, 'vi');
    expect([reference, /Decree|Law|Circular|Appendix|\barts?\b|rules|amended|replaced|Register/.test(read)]).toEqual([
      reference,
      false,
    ]);
  }
  const cited = references.filter((reference) => reference !== 'Register');
  expect(cited.map((reference) => legalReference(reference, 'en'))).toEqual(cited);
  expect(legalReference('Decree 08/2022 art. 147(1), as amended by Decree 48/2026 art. 29', 'vi')).toBe(
    'Nghị định 08/2022 điều 147(1), sửa đổi bởi Nghị định 48/2026 điều 29',
  );
});
