import type { LocalisedText, NeedSeen, ProductGroup } from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import { changesWorthALetter, seenOf } from './change.rules.ts';
import { needLetter, type NeedNews } from './letter.rules.ts';
import type { NeedStore, StoredFollow, StoredLetter } from './port.ts';
import type { NeedService } from './service.ts';

/** Letters to those who follow needs. */
export interface NeedLetters {
  /** Writes to every organisation for which something changed and that had no letter today; how many were written to. */
  pass(): Promise<number>;
}

/** How letters reach an organisation's people. */
export interface FollowerPost {
  addressesOf(org: string): Promise<string[]>;
  /** Resolves once it is sent, or kept for the operator. */
  deliver(to: string, letter: { subject: string; text: string }): Promise<void>;
  /** Where people reach the server. */
  address: string;
}

interface LetterParts {
  store: Pick<NeedStore, 'everyFollow' | 'letters' | 'begin' | 'takeOver' | 'sent'>;
  /** Rejects where supply is not known for sure: nobody is told that a need is open because the search stands still. */
  needs: Pick<NeedService, 'map'>;
  groups(): Promise<ProductGroup[]>;
  post: FollowerPost;
  clock: Clock;
}

/** One organisation with what it follows, and what it was told last. */
interface Follower {
  org: string;
  follows: StoredFollow[];
  last: StoredLetter | undefined;
}

// Whoever began a letter has sent it long before.
const takenOverMs = 60_000;

/** The letters over their store: what is told is written first, with a mark that comes off once it is sent. */
export function createNeedLetters(parts: LetterParts): NeedLetters {
  const { store, needs, groups } = parts;
  return {
    async pass() {
      const followers = await followersOf(store);
      if (followers.length === 0) return 0;
      const { items, edition } = await needs.map({});
      const names = new Map((await groups()).map(({ code, name }) => [code, name]));
      const seenNow = (group: string) =>
        seenOf(
          items.find((need) => need.group === group),
          edition,
        );
      let sent = 0;
      for (const follower of followers) {
        const letter = await letterFor(parts, follower, seenNow);
        if (!letter) continue;
        await send(parts, letter, newsIn(letter, follower, names));
        sent += 1;
      }
      return sent;
    },
  };
}

async function followersOf(store: LetterParts['store']): Promise<Follower[]> {
  const follows = new Map<string, StoredFollow[]>();
  for (const { org, ...follow } of await store.everyFollow()) follows.set(org, [...(follows.get(org) ?? []), follow]);
  if (follows.size === 0) return [];
  const last = new Map((await store.letters()).map((letter) => [letter.org, letter]));
  return [...follows].map(([org, own]) => ({ org, follows: own, last: last.get(org) }));
}

/** The letter that is this server's to send now; null for none. */
async function letterFor(
  { store, post, clock }: LetterParts,
  { org, follows, last }: Follower,
  seenNow: (group: string) => NeedSeen,
): Promise<StoredLetter | null> {
  const at = clock.now();
  if (last?.unsentSince !== undefined) {
    if (Date.parse(at) - Date.parse(last.unsentSince) < takenOverMs) return null;
    return (await store.takeOver(last, at)) ? { ...last, unsentSince: at } : null;
  }
  const on = clock.today();
  if (last !== undefined && last.on >= on) return null;
  const known = new Map(last?.told.map((told) => [told.group, told]));
  const told = follows.map(({ group, seen, seenAt = '' }) => {
    const before = known.get(group);
    return { group, at, before: before && before.at > seenAt ? before.now : seen, now: seenNow(group) };
  });
  const isNews = ({ before, now }: (typeof told)[number]) => changesWorthALetter(before, now).length > 0;
  if (!told.some(isNews) || (await post.addressesOf(org)).length === 0) return null;
  const letter = {
    org,
    on,
    at,
    told: told.flatMap((one) => (isNews(one) ? one : (known.get(one.group) ?? []))),
    unsentSince: at,
  };
  return (await store.begin(letter)) ? letter : null;
}

/** What the letter tells of what is followed still and was not looked at since. */
function newsIn(letter: StoredLetter, { follows }: Follower, names: ReadonlyMap<string, LocalisedText>): NeedNews[] {
  const isOpen = (group: string) => follows.some((one) => one.group === group && (one.seenAt ?? '') <= letter.at);
  return letter.told
    .filter(({ at, group }) => at === letter.at && isOpen(group))
    .map(({ group, before, now }) => ({ name: names.get(group) ?? { vi: group }, before, now }));
}

async function send({ store, post }: LetterParts, letter: StoredLetter, news: NeedNews[]): Promise<void> {
  if (news.length > 0) {
    const text = needLetter(news, post.address);
    for (const email of await post.addressesOf(letter.org)) await post.deliver(email, text);
  }
  await store.sent(letter);
}
