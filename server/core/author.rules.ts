import type { MeActor } from '../../schemas/types.d.ts';

/** Who writes a record: the opaque id of an actor, with the role and organisation that it has then; or the register itself. */
export type Author = Pick<MeActor, 'id'> & Partial<Pick<MeActor, 'role' | 'org'>>;

/** The author of work that follows from other writes. */
export const system: Author = { id: 'system' };

/** The author of what a register begins with. */
export const seed: Author = { id: 'seed' };
