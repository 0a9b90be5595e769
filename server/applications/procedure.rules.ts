import type { ApplicationKind, DeadlineStep } from '../../schemas/types.d.ts';

/** What an approval does to the register. */
export type Effect = 'certificate' | 'renewal' | 'amendment' | 'reissue' | 'listing';

/** How a kind of application is handled under a scheme. */
export interface Procedure {
  code: ProcedureCode;
  /** The dossier is evaluated against criteria before it is decided. */
  evaluates: boolean;
  /** Who decides: the body of the scheme, or for a listing the operator of the register. */
  decidedBy: 'body' | 'operator';
  /** The statutory deadline of the check of the dossier, and of its evaluation; none where no text sets one. */
  deadlines: { check?: DeadlineStep; evaluation?: DeadlineStep };
  /** The dossier lapses and its reports age by Decree 08/2022 art. 146. */
  ages: boolean;
  basis: string;
}

export type ProcedureCode =
  'ecolabelEvaluation' | 'ecolabelDetails' | 'energyRegistration' | 'schemeEvaluation' | 'schemeDetails' | 'listing';

const byBody = { decidedBy: 'body', ages: false, deadlines: {} } as const;

/** Every procedure that the register knows. */
export const procedures: Record<ProcedureCode, Procedure> = {
  ecolabelEvaluation: {
    code: 'ecolabelEvaluation',
    evaluates: true,
    decidedBy: 'body',
    deadlines: { check: 'completeness', evaluation: 'evaluation' },
    ages: true,
    basis: 'Decree 08/2022 arts 146, 147',
  },
  ecolabelDetails: {
    ...byBody,
    code: 'ecolabelDetails',
    evaluates: false,
    deadlines: { check: 'details' },
    basis: 'Decree 08/2022 art. 148(1)',
  },
  energyRegistration: {
    ...byBody,
    code: 'energyRegistration',
    evaluates: false,
    basis: 'Circular 36/2016/TT-BCT',
  },
  schemeEvaluation: { ...byBody, code: 'schemeEvaluation', evaluates: true, basis: 'The rules of the scheme' },
  schemeDetails: { ...byBody, code: 'schemeDetails', evaluates: false, basis: 'The rules of the scheme' },
  listing: {
    code: 'listing',
    evaluates: false,
    decidedBy: 'operator',
    deadlines: {},
    ages: false,
    basis: 'The rules of the register; no statutory procedure',
  },
};

/** The Vietnam energy labels: a business registers what it declares itself, nobody evaluates (Circular 36/2016/TT-BCT). */
const isEnergyLabel = (scheme: string) => scheme.startsWith('VN-ENERGY-');

/** The procedure of a kind under a scheme; a listing has none. */
export function procedureOf({ kind, scheme = '' }: { kind: ApplicationKind; scheme?: string | undefined }): Procedure {
  if (kind === 'listing') return procedures.listing;
  if (isEnergyLabel(scheme)) return procedures.energyRegistration;
  const isOfDetails = kind === 'details';
  if (scheme === 'VN-ECOLABEL') return isOfDetails ? procedures.ecolabelDetails : procedures.ecolabelEvaluation;
  return isOfDetails ? procedures.schemeDetails : procedures.schemeEvaluation;
}

/** What an approval of a kind does: a technical change is a new evaluation (Decree 08/2022 art. 147(4)), so it gives a new certificate. */
export const effects: Record<ApplicationKind, Effect> = {
  listing: 'listing',
  new: 'certificate',
  extension: 'amendment',
  details: 'reissue',
  technicalChange: 'renewal',
  renewal: 'renewal',
};

/**
 * The text that a step of a dossier rests on: what the table of the life cycle cites of the Vietnam Ecolabel's procedure and of
 * the law on complaints binds no listing and no other label, whose own rules are named instead.
 */
export function restsOn(reference: string, { code, basis }: Pick<Procedure, 'code' | 'basis'>): string {
  const isEcolabel = code === 'ecolabelEvaluation' || code === 'ecolabelDetails';
  if (reference.startsWith('Decree 08/2022')) return isEcolabel ? reference : basis;
  const isStatutory = isEcolabel || code === 'energyRegistration';
  return reference.startsWith('Law on Complaints') && !isStatutory ? basis : reference;
}
