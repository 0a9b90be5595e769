import type {
  Application,
  ApplicationEventInput,
  AppealStepCode,
  AttachmentKind,
  DecisionReason,
} from '../../../../../schemas/types.d.ts';

/** What an actor can send; what is edited is sent as a change, and the register alone sees that a dossier lapses. */
export type SentType = ApplicationEventInput['type'];

/** What a form about an event holds; nothing is an empty field. */
export interface EventValues {
  text: string;
  items: AttachmentKind[];
  reasons: DecisionReason[];
  step: AppealStepCode | '';
  certificate: { number: string; issuedOn: string; validFrom: string; validThrough: string };
}

/** What is asked for beside an event: the words, and more. */
interface Asked {
  text: 'required' | 'optional' | 'none';
  items?: true;
  reasons?: readonly DecisionReason[];
  certificate?: true;
  step?: true;
  /** It stays: it is asked once more. */
  isFinal?: true;
}

/** The reasons of each decision, by their codes. */
const reasons = {
  approved: ['criteriaMet', 'detailsProven', 'conforms', 'other'],
  refused: [
    'criteriaNotMet',
    'reportTooOld',
    'laboratoryNotAccredited',
    'informationMissing',
    'informationFalse',
    'noAnswer',
    'notEligible',
    'alreadyCertified',
    'other',
  ],
} as const satisfies Record<string, readonly DecisionReason[]>;

/** What the form of each event asks for. */
export const asked: Record<SentType, Asked> = {
  submitted: { text: 'none', isFinal: true },
  foundIncomplete: { text: 'required', items: true },
  foundComplete: { text: 'optional' },
  asked: { text: 'required' },
  answered: { text: 'required' },
  evaluated: { text: 'required' },
  approved: { text: 'optional', reasons: reasons.approved, certificate: true, isFinal: true },
  refused: { text: 'required', reasons: reasons.refused, isFinal: true },
  withdrawn: { text: 'optional', isFinal: true },
  taken: { text: 'none' },
  released: { text: 'required' },
  conflictDeclared: { text: 'required', isFinal: true },
  appealed: { text: 'required', step: true, isFinal: true },
  appealWithdrawn: { text: 'optional', isFinal: true },
  appealUpheld: { text: 'required', isFinal: true },
  appealDismissed: { text: 'required', isFinal: true },
  resultCorrected: { text: 'optional', certificate: true },
};

/** Whether the decision names a certificate by its number: that on a listing or on more models does not. */
export function namesCertificate({ kind }: Pick<Application, 'kind'>): boolean {
  return kind !== 'listing' && kind !== 'extension';
}

/** The values that a form begins with. */
export function startValues({ decision, appealSteps = [] }: Application): EventValues {
  const { number = '', issuedOn = '', validFrom = '', validThrough = '' } = decision?.certificate ?? {};
  return {
    text: '',
    items: [],
    reasons: [],
    step: appealSteps.length === 1 ? (appealSteps[0]?.step ?? '') : '',
    certificate: { number, issuedOn, validFrom, validThrough: validThrough ?? '' },
  };
}

/** The event as it is sent, with what its form asked for. */
export function toEvent(type: SentType, values: EventValues, application: Application): ApplicationEventInput {
  const { text, items, reasons: chosen, certificate, step } = asked[type];
  const words = values.text.trim();
  const { number, ...days } = values.certificate;
  const dated = Object.fromEntries(Object.entries(days).filter(([, day]) => day !== ''));
  return {
    type,
    ...(text !== 'none' && words !== '' && { text: words }),
    ...(items && { items: values.items }),
    ...(chosen && { reasons: values.reasons }),
    ...(certificate && namesCertificate(application) && { certificate: { number: number.trim(), ...dated } }),
    ...(step && values.step !== '' && { step: values.step }),
  };
}

/** What of it is missing, by the fields of the form. */
export function missing(type: SentType, values: EventValues, application: Application): string[] {
  const { text, items, reasons: chosen, certificate, step } = asked[type];
  return [
    ...(text === 'required' && values.text.trim() === '' ? ['text'] : []),
    ...(items && values.items.length === 0 ? ['items'] : []),
    ...(chosen && values.reasons.length === 0 ? ['reasons'] : []),
    ...(certificate && namesCertificate(application) && values.certificate.number.trim() === ''
      ? ['certificate.number']
      : []),
    ...(step && values.step === '' ? ['step'] : []),
  ];
}
