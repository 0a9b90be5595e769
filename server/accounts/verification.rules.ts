import type { MeActor, Membership } from '../../schemas/types.d.ts';

/**
 * A supplier's person who signed up by a tax code. Until the operator has said that the person belongs to the organisation it may
 * draft, and no more: it sees and changes what it began itself, submits nothing, and speaks for nobody. Everything that it may
 * do is in this file; a call that does not say it is open to such a person is closed.
 */
type Caller = Pick<MeActor, 'id' | 'unverified'>;

/** What a call says of who may call it. */
interface Call {
  access: 'public' | 'people' | readonly string[];
  unverified?: true;
}

/** As whom the caller makes the call: itself, as anybody on what is public, or not at all. */
export function standingFor(caller: Caller, { access, unverified }: Call): 'itself' | 'anybody' | 'refused' {
  if (caller.unverified !== true || unverified === true) return 'itself';
  return access === 'public' ? 'anybody' : 'refused';
}

/** Whether the caller may see a dossier of its organisation: all of them, or while it waits those that it began itself. */
export function seesDossier({ id, unverified }: Caller, { preparedBy }: { preparedBy: readonly string[] }): boolean {
  return unverified !== true || preparedBy.includes(id);
}

/** Whether the caller may let this happen to a dossier that is its own: while it waits only what keeps it a draft or ends it. */
export function mayHappenBy({ unverified }: Caller, { from, event }: { from: string; event: string }): boolean {
  return unverified !== true || (from === 'draft' && event !== 'submitted');
}

/** Whose the files are that a person sends while it waits: its own, not its organisation's. No code has this form. */
export function holderWhileWaiting({ id }: Caller): string {
  return `~person.${id}`;
}

/** The code of an organisation that is entered by its tax code. */
export function codeOfTaxCode(taxCode: string): string {
  return `MST-${taxCode}`;
}

/** Whether the membership waits for the operator's word. */
export function isWaiting({ unverified, through }: Pick<Membership, 'unverified' | 'through'>): boolean {
  return unverified === true && through === undefined;
}

/** The membership after the operator's word; a refusal ends it. */
export function decided<M extends Membership>(waiting: M, refusedFor: string | undefined, now: string): M {
  if (refusedFor !== undefined) return { ...waiting, refusedFor, through: now };
  const { unverified: _unverified, ...verified } = waiting;
  return verified as M;
}
