import { expect } from '@jest/globals';
import type { Collection, Db } from 'mongodb';
import type { Random } from '../../seed/random.ts';
import type { Work } from './work.ts';

interface Move {
  id: string;
  to: number;
  amount: number;
}

interface Account {
  _id: number;
  balance: number;
  /** Taken from the balance, and perhaps not yet received. */
  outgoing: Move[];
  /** Moves that have been received and may still stand with their payer. */
  received: string[];
}

const [ACCOUNTS, START] = [100, 100];

function accounts(db: Db): Collection<Account> {
  return db.collection<Account>('accounts');
}

/**
 * A bank without transactions: what leaves a balance stands in the same document as outgoing until its payee has it, so that balances and
 * what is on its way always have the same sum; what a kill cut off is finished afterwards, and doing it twice changes nothing.
 */
export function aBank(random: Random): Work {
  let [number, moved] = [0, 0];
  return {
    name: 'bank',
    writers: 64,
    goal: 100,
    async prepare(db) {
      const isNew = (await accounts(db).countDocuments()) === 0;
      const rows = Array.from({ length: ACCOUNTS }, (_, _id) => ({ _id, balance: START, outgoing: [], received: [] }));
      if (isNew) await accounts(db).insertMany(rows);
    },
    async step(db) {
      const from = random.integer(0, ACCOUNTS - 1);
      const to = (from + random.integer(1, ACCOUNTS - 1)) % ACCOUNTS;
      const amount = random.integer(1, 60);
      const move = { id: `m${(number += 1)}`, to, amount };
      const taken = await accounts(db).findOneAndUpdate(
        { _id: from, balance: { $gte: amount } },
        { $inc: { balance: -amount }, $push: { outgoing: move } },
      );
      if (!taken) return;
      await finish(db, from, move);
      moved += 1;
    },
    async check(db) {
      const found = await accounts(db).find().toArray();
      expect(found).toHaveLength(ACCOUNTS);
      expect(sumOf(found)).toBe(ACCOUNTS * START);
      for (const { _id, outgoing } of found) for (const move of outgoing) await finish(db, _id, move);
      const settled = await accounts(db).find().toArray();
      expect(settled.reduce((sum, { balance }) => sum + balance, 0)).toBe(ACCOUNTS * START);
      for (const { balance, outgoing } of settled) expect([outgoing, balance >= 0]).toEqual([[], true]);
    },
    answered: () => moved,
  };
}

/** Brings a move to its payee once, and then forgets it: first with the payer, so that the payee knows it as long as anybody may ask. */
async function finish(db: Db, from: number, { id, to, amount }: Move): Promise<void> {
  const give = { $inc: { balance: amount }, $push: { received: id } };
  await accounts(db).findOneAndUpdate({ _id: to, received: { $ne: id } }, give);
  await accounts(db).updateOne({ _id: from }, { $pull: { outgoing: { id } } });
  await accounts(db).updateOne({ _id: to }, { $pull: { received: id } });
}

/** All balances, and what has left one and has not come to another. */
function sumOf(found: Account[]): number {
  const received = new Set(found.flatMap((account) => account.received));
  const onTheWay = found.flatMap(({ outgoing }) => outgoing.filter(({ id }) => !received.has(id)));
  return [...found.map(({ balance }) => balance), ...onTheWay.map(({ amount }) => amount)].reduce((sum, n) => sum + n);
}
