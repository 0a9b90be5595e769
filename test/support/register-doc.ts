import { readFile, writeFile } from 'node:fs/promises';
import { format } from 'prettier';
import holidays from '../../seed/data/holidays.json' with { type: 'json' };
import { appealStepsOf } from '../../server/applications/appeal.rules.ts';
import { checklists } from '../../server/applications/checklist.rules.ts';
import { deadlineRules } from '../../server/applications/deadline.rules.ts';
import { ends, transitions } from '../../server/applications/lifecycle.rules.ts';
import { procedures } from '../../server/applications/procedure.rules.ts';

const file = new URL('../../docs/register.md', import.meta.url);

/** The parts of `docs/register.md` that are made from the rules, by the name that stands in their marks. */
const parts: Record<string, () => string> = {
  states: () => ['```mermaid', 'stateDiagram-v2', ...arrows(), '```'].join('\n'),
  transitions: () =>
    table(
      ['From', 'Event', 'To', 'By', 'Where', 'Needs', 'Law’s clock', 'Working clock', 'Rests on'],
      transitions.map(({ from, event, to, by, where = '', after = '', needs, legal, working, reference }) => [
        from,
        event,
        to === from ? '' : to,
        by.join(', '),
        [where, after].filter(Boolean).join(', '),
        needs.join(', '),
        legal === 'runs' ? '' : legal,
        working === 'runs' ? '' : working,
        reference,
      ]),
    ),
  procedures: () =>
    table(
      ['Procedure', 'Evaluated', 'Decided by', 'Times', 'Six months', 'Basis'],
      Object.values(procedures).map(({ code, evaluates, decidedBy, deadlines, ages, basis }) => [
        code,
        evaluates ? 'yes' : '',
        decidedBy,
        Object.values(deadlines).join(', '),
        ages ? 'yes' : '',
        basis,
      ]),
    ),
  deadlines: () =>
    table(
      ['Step', 'Days', 'Since', 'Text'],
      deadlineRules.map(({ step, days, validFrom, reference }) => [step, String(days), validFrom, reference]),
    ),
  checklists: () =>
    table(
      ['Procedure', 'Item', 'What', 'Besides', 'Text'],
      Object.entries(checklists).flatMap(([procedure, items]) =>
        items.map(({ kind, name, fresh, fromLaboratory, reference }) => [
          procedure,
          kind,
          name.en ?? name.vi,
          [fromLaboratory && 'of an accredited laboratory', fresh && 'at most six months old']
            .filter(Boolean)
            .join(', '),
          reference,
        ]),
      ),
    ),
  appeals: () =>
    table(
      ['Procedure', 'Step', 'After', 'Lodged within', 'Decided within', 'Text'],
      Object.values(procedures).flatMap((procedure) =>
        appealStepsOf(procedure).map(({ code, after, lodgeWithin, decideWithinDays, reference }) => [
          procedure.code,
          code,
          after.join(', '),
          lodgeWithin === null ? '' : Object.entries(lodgeWithin).flat().toReversed().join(' '),
          decideWithinDays === null ? '' : `${decideWithinDays} days`,
          reference,
        ]),
      ),
    ),
  unknown: () =>
    table(
      ['From', 'Through', 'What nobody said yet'],
      holidays.flatMap(({ unknown }) => unknown.map(({ from, through, what }) => [from, through, what.en])),
    ),
};

function arrows(): string[] {
  const pairs = new Map<string, Set<string>>();
  for (const { from, to, event } of transitions) {
    const key = `${from} --> ${to}`;
    if (from !== to) pairs.set(key, (pairs.get(key) ?? new Set()).add(event));
  }
  return [
    '[*] --> draft',
    ...[...pairs].map(([pair, events]) => `${pair}: ${[...events].join(', ')}`),
    ...ends.map((end) => `${end} --> [*]`),
  ];
}

function table(head: string[], rows: string[][]): string {
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

/** The page as it stands, and as the rules say that it should. */
export async function registerDoc(): Promise<{ written: string; made: string }> {
  const written = await readFile(file, 'utf8');
  const made = Object.entries(parts).reduce((text, [name, make]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
    const [before, rest = ''] = text.split(begin);
    const after = rest.split(end)[1];
    if (after === undefined) throw new RangeError(`No marks ${begin} … ${end}.`);
    return `${before}${begin}\n\n${make()}\n\n${end}${after}`;
  }, written);
  return { written, made: await format(made, { parser: 'markdown', printWidth: 120, singleQuote: true }) };
}

// Run by hand after a change of the rules: node --import tsx test/support/register-doc.ts
if (process.argv[1] === new URL(import.meta.url).pathname) await writeFile(file, (await registerDoc()).made);
