import { countOf, type Disagreement } from './agreement.rules.ts';

/** What somebody asks every process about its index. */
export type IndexAsk = 'status' | 'rebuild' | 'verify';

/** What one process answers: that it has begun, or how its index stands. */
export type IndexAnswer =
  | { state: 'begun' }
  | { state: 'failed'; reason: string }
  | (IndexState & { state: 'done'; ms: number; differences?: Disagreement });

/** How an index stands to the store. */
export interface IndexState {
  engine: string;
  /** False until a whole index stands. */
  ready: boolean;
  documents: number;
  /** The instant since when the longest waiting write waits; null where none waits. */
  waitingSince: string | null;
  /** The last failure, while the work that failed is still to be done. */
  lastError: string | null;
}

/** What one process answers in the end. */
export type IndexOutcome = Exclude<IndexAnswer, { state: 'begun' }>;

const mostNamed = 5;

/** Whether the index stands, and is what the store says as far as that was asked. */
export function isWell(answer: IndexOutcome): boolean {
  return answer.state === 'done' && answer.ready && (!answer.differences || countOf(answer.differences) === 0);
}

/** An answer in words, for the command line. */
export function describeAnswer(answer: IndexOutcome, ask: IndexAsk): string {
  if (answer.state === 'failed') return `failed: ${answer.reason}`;
  const { engine, ready, documents, waitingSince, lastError, differences, ms } = answer;
  if (!ready) return `${engine}, no whole index stands${lastError === null ? '' : `: ${lastError}`}`;
  const waits = waitingSince === null ? 'nothing waits' : `writes wait since ${waitingSince}`;
  const standing = `${engine}, ${documents} products, ${waits}${lastError === null ? '' : `; last failure: ${lastError}`}`;
  if (ask === 'rebuild') return `${standing}; built anew in ${(ms / 1000).toFixed(1)} s`;
  if (!differences) return standing;
  if (countOf(differences) === 0) return `${standing}; every product is indexed as the store has it`;
  const kinds = Object.entries(differences).filter(([, ids]) => ids.length > 0);
  return `${standing}; ${kinds.map(([kind, ids]) => `${ids.length} ${kind} (${named(ids)})`).join(', ')}`;
}

function named(ids: string[]): string {
  return `${ids.slice(0, mostNamed).join(', ')}${ids.length > mostNamed ? ', …' : ''}`;
}
