import { countOf, disagreement, type Disagreement } from './agreement.rules.ts';
import type { IndexAnswer, IndexAsk, IndexOutcome } from './asks.rules.ts';
import type { IndexMessages } from './port.ts';
import type { Heard, Upkeep, UpkeepParts } from './upkeep.service.ts';

/** How one process answered. */
export interface AnswerOf {
  from: string;
  answer: IndexOutcome;
}

const pauseMs = 500;
/** A process looks for messages every second. */
const beginsWithinMs = 3000;
const workTakesMs = 600_000;
/** A write may be on its way into the index while the two are read. */
const looks = 4;

/** Answers what another process asks of the index here. Never rejects: a failure is an answer. */
export async function answerAsk(parts: UpkeepParts, upkeep: Upkeep, { id, message }: Heard): Promise<void> {
  if (!('ask' in message)) return;
  const { messages } = parts;
  const start = performance.now();
  try {
    await messages.send({ to: id, answer: { state: 'begun' } });
    if (message.ask === 'rebuild') await upkeep.rebuild();
    const differences = message.ask === 'verify' ? await differencesNow(parts) : undefined;
    const ms = Math.round(performance.now() - start);
    const state = await upkeep.state();
    await messages.send({ to: id, answer: { ...state, state: 'done', ms, ...(differences && { differences }) } });
  } catch (error) {
    await messages.send({ to: id, answer: { state: 'failed', reason: String(error) } }).catch(() => null);
  }
}

/** Asks every process over this store; those that begin within three seconds are waited for. Empty where none runs. */
export async function askIndexes(messages: IndexMessages, ask: IndexAsk): Promise<AnswerOf[]> {
  const id = await messages.send({ ask });
  const start = performance.now();
  const answers = new Map<string, IndexAnswer>();
  const isOpen = () => [...answers.values()].some(({ state }) => state === 'begun');
  const elapsed = () => performance.now() - start;
  while (elapsed() < beginsWithinMs || (isOpen() && elapsed() < workTakesMs)) {
    await pause();
    for (const { from, message } of (await messages.hear()) ?? [])
      if ('to' in message && message.to === id) answers.set(from, message.answer);
  }
  return [...answers].map(([from, answer]) => ({
    from,
    answer: answer.state === 'begun' ? { state: 'failed', reason: 'it did not come to an end' } : answer,
  }));
}

/** Where index and store differ and go on differing when they are looked at again. */
async function differencesNow(parts: UpkeepParts): Promise<Disagreement> {
  let found = await compare(parts);
  for (let look = 1; look < looks && countOf(found) > 0; look++) {
    await pause();
    found = await compare(parts);
  }
  return found;
}

async function compare({ port, revisions }: UpkeepParts): Promise<Disagreement> {
  const [stored, indexed] = [new Map<string, number>(), new Map<string, number>()];
  for await (const batch of port.revisions()) for (const { id, seq } of batch) indexed.set(id, seq);
  for await (const { id, seq } of revisions()) stored.set(id, seq);
  return disagreement(stored, indexed);
}

function pause(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, pauseMs));
}
