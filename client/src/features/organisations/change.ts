import type { Organisation, OrganisationChange } from '../../../../schemas/types.d.ts';

/** What the operator changes about an organisation on a day. */
export type ChangeWish =
  | { type: 'rename'; on: string; vi: string; en: string }
  | { type: 'move'; on: string; parent: string | null }
  | { type: 'close'; on: string; successor: string | null };

type Run = { from?: string; through?: string };

/** The whole organisation as it is to stand after the change; whatever was dated from that day on gives way to it. */
export function changed(organisation: Organisation, wish: ChangeWish): OrganisationChange {
  const { parent: _above, ...stands } = standing(organisation);
  if (wish.type === 'rename') {
    const name = { vi: wish.vi, ...(wish.en !== '' && { en: wish.en }) };
    return { ...stands, name, names: [...until(organisation.names, wish.on), { name, from: wish.on }] };
  }
  if (wish.type === 'move') {
    const before = until(organisation.parents ?? [], wish.on);
    return { ...stands, parents: wish.parent === null ? before : [...before, { code: wish.parent, from: wish.on }] };
  }
  return { ...stands, through: wish.on, ...(wish.successor !== null && { successors: [wish.successor] }) };
}

function standing(organisation: Organisation): OrganisationChange {
  const {
    recordedAt: _at,
    knownFrom: _known,
    revision: _revision,
    demo: _demo,
    earlier: _earlier,
    ...said
  } = organisation;
  return said;
}

/** The runs as they are before the day. */
function until<T extends Run>(runs: T[], day: string): T[] {
  const last = dayBefore(day);
  return runs
    .filter(({ from = '' }) => from < day)
    .map((run) => (run.through !== undefined && run.through < day ? run : { ...run, through: last }));
}

function dayBefore(day: string): string {
  return new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10);
}
