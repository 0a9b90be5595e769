import type { DemoOperation } from './demo-operation.ts';

type Kind = DemoOperation['do'];

/** What rests on a kind comes after it. */
const order: Kind[] = [
  'scheme',
  'organisation',
  'criterion',
  'priorityList',
  'publication',
  'product',
  'withdrawal',
  'certificate',
  'certificateEvent',
  'purchase',
  'correction',
  'evidence',
  'application',
  'applicationEvent',
];
const purchasesAtOnce = 500;

/**
 * The entries in stages: those of one stage do not rest on each other, and are entered side by side. Kind by kind, because
 * what the register knew at an instant is asked of the instants of its records, not of the order of their writes.
 */
export function stages(operations: DemoOperation[]): DemoOperation[][] {
  return order.flatMap((kind) => {
    const ofKind = operations.filter((operation) => operation.do === kind);
    return kind === 'purchase' ? byWeeks(ofKind) : inRounds(ofKind);
  });
}

/** Whole weeks, some at once. */
function byWeeks(operations: DemoOperation[]): DemoOperation[][] {
  const found: DemoOperation[][] = [];
  for (const operation of operations) {
    const last = found.at(-1);
    const isFull = last !== undefined && last.length >= purchasesAtOnce && last.at(-1)!.at !== operation.at;
    if (last === undefined || isFull) found.push([operation]);
    else last.push(operation);
  }
  return found;
}

/** The first entry that concerns each record, then the second of each, and so on. */
function inRounds(operations: DemoOperation[]): DemoOperation[][] {
  const rounds: DemoOperation[][] = [];
  const counts = new Map<string, number>();
  for (const operation of operations) {
    const about = concerns(operation);
    const round = counts.get(about) ?? 0;
    counts.set(about, round + 1);
    (rounds[round] ??= []).push(operation);
  }
  return rounds;
}

function concerns(operation: DemoOperation): string {
  if (operation.do === 'certificateEvent') return operation.certificate;
  if (operation.do === 'correction') return operation.purchase;
  if (operation.do === 'applicationEvent') return operation.application;
  return operation.key;
}
