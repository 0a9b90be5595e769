import type { Collection, Connection } from 'mongoose';
import type { NeedSeen } from '../../schemas/types.d.ts';
import { dayOf } from '../core/clock.ts';
import type { NeedStore, StoredLetter } from './port.ts';

interface CounterDocument {
  _id: string;
  group: string;
  month: string;
  agency: string | null;
  wants: string;
  count: number;
}

interface FollowDocument {
  _id: string;
  org: string;
  group: string;
  since: string;
  seen: NeedSeen;
  seenAt?: string;
}

type LetterDocument = Omit<StoredLetter, 'org'> & { _id: string };

interface PurchaseDocument {
  agency: string;
  lines: { group?: string; recordedAt: string; exemption?: { code: string }; corrects?: number; reverses?: number }[];
}

const isTaken = 11000;
const reasons = ['NO_PRODUCT', 'NO_FIT'];
const lineFields = Object.fromEntries(
  ['group', 'recordedAt', 'exemption.code', 'corrects', 'reverses'].map((field) => [`lines.${field}`, 1]),
);

/** Counters as documents whose id says what they count; the lines are read from the purchases, which stay the only record of them. */
export async function openNeedStore(connection: Connection): Promise<NeedStore> {
  const needs = connection.collection<CounterDocument>('needs');
  const follows = connection.collection<FollowDocument>('needFollows');
  const letters = connection.collection<LetterDocument>('needLetters');
  const purchases = connection.collection<PurchaseDocument>('purchases');
  await Promise.all([needs.createIndexes([{ key: { month: 1 } }]), follows.createIndexes([{ key: { org: 1 } }])]);
  return {
    async count({ group, month, agency, wants }) {
      const counter = { group, month, agency, wants };
      const increase = () =>
        needs.updateOne(
          { _id: [group, month, agency ?? '', wants].join(' ') },
          { $inc: { count: 1 }, $setOnInsert: counter },
          { upsert: true },
        );
      // Two that begin the same counter at once: the second finds it begun.
      await increase().catch((error: unknown) => {
        if ((error as { code?: number }).code !== isTaken) throw error;
        return increase();
      });
    },
    counters: (through) => needs.find({ month: { $lte: through } }),
    justified: (through) => justifiedLines(purchases, through),
    async follow(org, { group, since, seen, seenAt }) {
      const update = { $set: { seen, seenAt }, $setOnInsert: { org, group, since } };
      await follows.updateOne({ _id: `${org} ${group}` }, update, { upsert: true });
    },
    async unfollow(org, group) {
      await follows.deleteOne({ _id: `${org} ${group}` });
    },
    follows: (org) => follows.find({ org }, { sort: { group: 1 } }).toArray(),
    everyFollow: () => follows.find({}, { sort: { org: 1, group: 1 } }).toArray(),
    ...letterStore(letters),
  };
}

/** One document for each organisation; the day in it lets one of several servers write its letter. */
function letterStore(letters: Collection<LetterDocument>): Pick<NeedStore, 'letters' | 'begin' | 'takeOver' | 'sent'> {
  return {
    letters: async () => (await letters.find().toArray()).map(({ _id, ...letter }) => ({ org: _id, ...letter })),
    async begin({ org, ...letter }) {
      try {
        await letters.updateOne({ _id: org, on: { $lt: letter.on } }, { $set: letter }, { upsert: true });
        return true;
      } catch (error) {
        if ((error as { code?: number }).code === isTaken) return false;
        throw error;
      }
    },
    async takeOver({ org, unsentSince }, now) {
      const taken = await letters.updateOne({ _id: org, unsentSince }, { $set: { unsentSince: now } });
      return taken.matchedCount === 1;
    },
    async sent({ org, unsentSince }) {
      await letters.updateOne({ _id: org, unsentSince }, { $unset: { unsentSince: 1 } });
    },
  };
}

/** A line counts in the month in which it was recorded, and stays counted: what replaces it or takes it back does not count. */
async function* justifiedLines(
  purchases: Collection<PurchaseDocument>,
  through: string,
): ReturnType<NeedStore['justified']> {
  const found = purchases.find(
    { 'lines.exemption.code': { $in: reasons } },
    { projection: { agency: 1, ...lineFields } },
  );
  for await (const { agency, lines } of found)
    for (const { group, recordedAt, exemption, corrects, reverses } of lines) {
      const month = dayOf(recordedAt).slice(0, 7);
      const isNew = corrects === undefined && reverses === undefined;
      if (group === undefined || !isNew || month > through || !reasons.includes(exemption?.code ?? '')) continue;
      yield { group, month, agency, count: 1 };
    }
}
