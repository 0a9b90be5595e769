import type { ComplaintGround, ComplaintInput, ComplaintKind, ComplaintSubject } from '../../../../schemas/types.d.ts';

/** The form as it is at first. */
export const startValues = {
  subject: { agency: '', reference: '' },
  ground: '',
  text: '',
  seenOn: '',
  contact: { name: '', email: '', phone: '' },
};

const grounds: Record<ComplaintKind, readonly ComplaintGround[]> = {
  certificate: ['dataWrong', 'labelMisused', 'criteriaNotMet', 'interest', 'other'],
  product: ['dataWrong', 'labelMisused', 'criteriaNotMet', 'other'],
  purchase: ['notAsDelivered', 'purchaseNotGreen', 'dataWrong', 'interest', 'other'],
};

/** What can be wrong with a record of the kind. */
export function groundsOf(kind: ComplaintKind): readonly ComplaintGround[] {
  return grounds[kind];
}

/** The form as it is sent: what is empty is left out. */
export function toInput(values: typeof startValues, subject: ComplaintSubject | null): ComplaintInput {
  const { name, email, phone } = values.contact;
  const contact = {
    ...(name.trim() !== '' && { name: name.trim() }),
    ...(email.trim() !== '' && { email: email.trim() }),
    ...(phone.trim() !== '' && { phone: phone.trim() }),
  };
  return {
    subject: subject ?? {
      kind: 'purchase',
      agency: values.subject.agency,
      reference: values.subject.reference.trim(),
    },
    ground: values.ground as ComplaintGround,
    text: values.text.trim(),
    ...(values.seenOn !== '' && { seenOn: values.seenOn }),
    ...(Object.keys(contact).length > 0 && { contact }),
  };
}
