import type {
  LaboratoryAccreditation,
  Mandate,
  Organisation,
  OrganisationChange,
} from '../../../../schemas/types.d.ts';

/** What the operator changes about an organisation on a day. */
export type ChangeWish =
  | { type: 'rename'; on: string; vi: string; en: string }
  | { type: 'move'; on: string; parent: string | null }
  | { type: 'relocate'; on: string; province: string }
  | { type: 'mandate'; on: string; schemes: string[] }
  | { type: 'suspend'; on: string; schemes: string[] }
  | { type: 'accredit' | 'endAccreditation'; on: string; number: string }
  | { type: 'taxCode'; taxCode: string }
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
  if (wish.type === 'relocate') {
    const { province: _here, ...elsewhere } = stands;
    return {
      ...elsewhere,
      provinces: [...until(organisation.provinces ?? [], wish.on), { code: wish.province, from: wish.on }],
    };
  }
  if (wish.type === 'mandate') return { ...stands, mayCertify: mandated(organisation.mayCertify ?? [], wish) };
  if (wish.type === 'suspend') return { ...stands, mayCertify: suspended(organisation.mayCertify ?? [], wish) };
  if ('number' in wish) return { ...stands, accreditations: accredited(organisation.accreditations ?? [], wish) };
  if (wish.type === 'taxCode') {
    const { taxCode: _before, ...rest } = stands;
    return wish.taxCode === '' ? rest : { ...rest, taxCode: wish.taxCode };
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

/** The schemes that it may certify for on the day, each once. */
export function schemesOn(mandates: readonly Mandate[], day: string): string[] {
  const open = mandates.filter(({ from = '', through }) => from <= day && (through === undefined || through >= day));
  return [...new Set(open.map(({ scheme }) => scheme))];
}

/** Mandates that are open and stay run on with their groups; the others end the day before, new ones begin on the day. */
function mandated(mandates: Mandate[], { on, schemes }: { on: string; schemes: string[] }): Mandate[] {
  const open = schemesOn(mandates, on);
  const staying = new Set(schemes.filter((scheme) => open.includes(scheme)));
  const stays = mandates.filter(({ scheme }) => staying.has(scheme));
  const others = mandates.filter(({ scheme }) => !staying.has(scheme));
  const begun = schemes.filter((scheme) => !staying.has(scheme)).map((scheme) => ({ scheme, from: on }));
  return [...stays, ...until(others, on), ...begun];
}

/** The accreditations of a laboratory that are open on the day. */
export function accreditationsOn(accreditations: readonly LaboratoryAccreditation[], day: string): string[] {
  return accreditations.filter((one) => standingOn(one, day) === 'held').map(({ number }) => number);
}

/** One more from the day on, or one that has the day as its last. */
function accredited(
  accreditations: LaboratoryAccreditation[],
  { type, on, number }: { type: 'accredit' | 'endAccreditation'; on: string; number: string },
): LaboratoryAccreditation[] {
  if (type === 'accredit') return [...accreditations, { number, from: on }];
  return accreditations.map((one) =>
    one.number === number && standingOn(one, on) === 'held' ? { ...one, through: on } : one,
  );
}

/** The schemes of which an accreditation is suspended on the day. */
export function suspendedOn(mandates: readonly Mandate[], day: string): string[] {
  return mandates.filter((mandate) => standingOn(mandate, day) === 'suspended').map(({ scheme }) => scheme);
}

/** How an accreditation stands on a day. */
export function standingOn(
  { from = '', through = '9999-12-31', suspended: runs = [] }: Run & Pick<Mandate, 'suspended'>,
  day: string,
): 'held' | 'suspended' | 'ended' | 'later' {
  if (through < day) return 'ended';
  if (from > day) return 'later';
  return runs.some((run) => run.from <= day && (run.through ?? '9999-12-31') >= day) ? 'suspended' : 'held';
}

/** Accreditations for these schemes are suspended from the day on; of the others a suspension ends the day before. */
function suspended(mandates: Mandate[], { on, schemes }: { on: string; schemes: string[] }): Mandate[] {
  return mandates.map((mandate) => {
    const { suspended: runs = [], ...rest } = mandate;
    const isMeant = schemes.includes(mandate.scheme);
    const now = standingOn(mandate, on);
    if (now === 'held' && isMeant) return { ...rest, suspended: [...until(runs, on), { from: on }] };
    if (now !== 'suspended' || isMeant) return mandate;
    const kept = until(runs, on);
    return kept.length > 0 ? { ...rest, suspended: kept } : rest;
  });
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
