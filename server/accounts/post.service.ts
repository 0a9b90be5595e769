import type { Letter } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { system } from '../core/author.rules.ts';
import type { Page, PageQuery, Records } from '../core/records.ts';
import type { LetterText, Send } from './port.ts';

/** Letters to people: by the mail server, else kept for the operator to hand on. */
export interface PostService {
  /** Sends it in the background, so that nobody learns from the time of an answer whether there was a letter. */
  post(to: string, letter: LetterText): void;
  /** Sends it, or keeps it for the operator; resolves once either is done. @throws where neither can be */
  deliver(to: string, letter: LetterText): Promise<void>;
  /** Does work in the background that ends in a letter, or in none. */
  later(work: () => Promise<void>): void;
  page(query: PageQuery): Promise<Page<Letter>>;
  /** Forgets what waits for an address. */
  forget(to: string): Promise<void>;
  /** Resolves once nothing is under way. */
  settled(): Promise<void>;
}

interface PostParts {
  letters: Records<Letter>;
  /** The mail server; null where none is set. */
  send: Send | null;
  clock: Clock;
  /** Says that a letter could not be sent; never to whom. */
  failed(error: unknown): void;
}

const keptMs = 7 * 24 * 3_600_000;

/** The post over its outbox. */
export function createPostService({ letters, send, clock, failed }: PostParts): PostService {
  const underWay = new Set<Promise<void>>();
  const later = (work: () => Promise<void>): void => {
    const running = work()
      .catch(failed)
      .finally(() => underWay.delete(running));
    underWay.add(running);
  };
  const keep = async (to: string, letter: LetterText): Promise<void> => {
    const before = new Date(Date.parse(clock.now()) - keptMs).toISOString();
    for (const { id } of await letters.find({ recordedAt: { $lt: before } }, 100)) await letters.forget(id);
    await letters.insert(() => ({ to, ...letter }), { by: system });
  };
  const deliver = async (to: string, letter: LetterText): Promise<void> => {
    if (send) {
      try {
        return await send(to, letter);
      } catch (error) {
        failed(error);
      }
    }
    await keep(to, letter);
  };
  return {
    later,
    deliver,
    post: (to, letter) => later(() => deliver(to, letter)),
    page: (query) => letters.page({}, query),
    async forget(to) {
      for (const { id } of await letters.find({ to })) await letters.forget(id);
    },
    async settled() {
      while (underWay.size > 0) await Promise.all(underWay);
    },
  };
}
