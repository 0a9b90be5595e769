import type {
  ApplicationDecision,
  CertificateEventInput,
  CertificateInput,
  DecidedCertificate,
} from '../../schemas/types.d.ts';
import type { StoredApplication } from './dossier.rules.ts';
import { effects } from './procedure.rules.ts';

/** What an approval enters in the register of certificates; null where it is a listing. */
export type Entry =
  | { do: 'certificate'; input: CertificateInput }
  | { do: 'event'; certificate: string; event: CertificateEventInput }
  | null;

type Dossier = Pick<StoredApplication, 'id' | 'kind' | 'applicant'> &
  Partial<Pick<StoredApplication, 'scheme' | 'products' | 'certificate' | 'criterion' | 'level'>>;

/** A decision as far as the register of certificates needs it. */
export type Decided = Pick<ApplicationDecision, 'on'> & {
  text?: string | undefined;
  certificate?: DecidedCertificate | undefined;
};

/** Whether the decision names a certificate by its number: all but that on a listing or on more models. */
export function needsResult({ kind }: Pick<Dossier, 'kind'>): boolean {
  return effects[kind] !== 'listing' && effects[kind] !== 'amendment';
}

/** What the approval of the dossier enters; `covered` are the models that its certificate covers already. */
export function entryOf(dossier: Dossier, { on, text, certificate }: Decided, covered: string[]): Entry {
  const { id, kind, applicant, scheme = '', products = [], criterion, level } = dossier;
  const effect = effects[kind];
  if (effect === 'listing') return null;
  const reason = `${text ?? 'Chấp thuận'} (hồ sơ ${id})`;
  const earlier = dossier.certificate ?? '';
  if (effect === 'amendment') {
    const all = [...new Set([...covered, ...products])];
    return { do: 'event', certificate: earlier, event: { type: 'amended', on, reason, products: all } };
  }
  const number = certificate?.number ?? '';
  const issuedOn = certificate?.issuedOn ?? on;
  if (effect === 'reissue')
    return { do: 'event', certificate: earlier, event: { type: 'reissued', on: issuedOn, reason, number } };
  return {
    do: 'certificate',
    input: {
      scheme,
      holder: applicant,
      products,
      ...(criterion !== undefined && { criterion }),
      ...(level !== undefined && { level }),
      ...(effect === 'renewal' && { renews: earlier }),
      ...certificate,
      number,
      issuedOn,
    },
  };
}
