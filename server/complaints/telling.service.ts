import type { ComplaintContact, ComplaintEventType } from '../../schemas/types.d.ts';
import type { Records } from '../core/records.ts';
import type { StoredComplaint } from './case.rules.ts';
import { decisionLetter, receiptLetter, replyLetter } from './letter.rules.ts';
import type { Post } from './port.ts';

export interface TellingParts {
  contacts: Records<ComplaintContact>;
  post: Post;
}

/** Sends the letter that an event calls for, in the background; `reported` is the receipt. Nothing of it is kept in the report. */
export function tell(
  { contacts, post }: TellingParts,
  complaint: StoredComplaint,
  event: ComplaintEventType | 'reported',
): void {
  post.later(async () => {
    if (event === 'reported') await toReporter(receiptLetter(complaint, post.address));
    if (event === 'forwarded') await toParties(replyLetter(complaint, post.address));
    if (event !== 'upheld' && event !== 'rejected') return;
    const decided = decisionLetter(complaint, post.address);
    await toReporter(decided);
    // Who was never told of it is not told of its end.
    if (complaint.replyDueOn !== undefined) await toParties(decided);
  });

  async function toReporter(letter: { subject: string; text: string }): Promise<void> {
    for (const { email } of await contacts.find({ complaint: complaint.id }, 1))
      if (email !== undefined) post.post(email, letter);
  }

  async function toParties(letter: { subject: string; text: string }): Promise<void> {
    for (const org of new Set([complaint.party, complaint.body]))
      if (org !== undefined) for (const email of await post.addressesOf(org)) post.post(email, letter);
  }
}
