import type {
  ApplicationEventInput,
  ApplicationInput,
  CertificateEventInput,
  CertificateInput,
  CorrectionInput,
  CriteriaDocumentInput,
  EvidenceInput,
  LabelSchemeInput,
  OrganisationInput,
  PriorityListInput,
  ProductInput,
  PurchaseInput,
  PurchaseLineInput,
  WithdrawalInput,
} from '../schemas/types.d.ts';
import type { Actor } from '../server/core/route.ts';
import type { DatedRow } from './dated-row.ts';
import type { DemoFile } from './demo-files.ts';

/** A reference record as the seed holds it: without what the register adds when it records it. */
export type Unrecorded<T> = Omit<T, 'versions' | 'recordedAt' | 'revision' | 'demo'>;

/**
 * One entry into the demonstration register, made at an instant of its own. Products, certificates and purchases get
 * their ids from the register, so entries name them by the `key` of the entry that makes them. Entries of one kind and
 * one instant do not rest on each other.
 */
export type DemoOperation = { at: string; key: string } & DemoEntry;

type DemoEntry =
  | { do: 'scheme'; input: DatedRow & Omit<LabelSchemeInput, 'validFrom'> }
  | { do: 'organisation'; input: OrganisationInput }
  | { do: 'criterion'; input: Criterion }
  | { do: 'priorityList'; input: PriorityListInput }
  | { do: 'publication'; list: string }
  | { do: 'product'; input: ProductInput }
  | { do: 'withdrawal'; product: string; input: WithdrawalInput }
  /** `by` is the body that registers it; null for the operator as transcriber. */
  | { do: 'certificate'; by: string | null; input: CertificateInput }
  | { do: 'certificateEvent'; certificate: string; by: string | null; input: CertificateEventInput }
  | { do: 'purchase'; input: PurchaseInput }
  | { do: 'correction'; purchase: string; agency: string; input: CorrectionInput }
  | { do: 'evidence'; by: Actor; input: EvidenceInput; file: DemoFile }
  | { do: 'application'; by: Actor; input: ApplicationInput }
  | { do: 'applicationEvent'; application: string; by: Actor; input: ApplicationEventInput };

/** A fictional criteria document with its code and name. */
type Criterion = CriteriaDocumentInput & Required<Pick<CriteriaDocumentInput, 'code' | 'name'>>;

/** The entry with the register's ids in place of the keys that it names. */
export function withIds(operation: DemoOperation, idOf: (key: string) => string): DemoOperation {
  switch (operation.do) {
    case 'withdrawal':
      return { ...operation, product: idOf(operation.product) };
    case 'certificate': {
      const { input } = operation;
      return { ...operation, input: { ...input, products: input.products.map(idOf) } };
    }
    case 'certificateEvent':
      return { ...operation, certificate: idOf(operation.certificate) };
    case 'purchase': {
      const { input } = operation;
      return { ...operation, input: { ...input, lines: input.lines.map((line) => lineWithId(line, idOf)) } };
    }
    case 'correction': {
      const { input } = operation;
      const purchase = idOf(operation.purchase);
      if (!('lines' in input)) return { ...operation, purchase };
      return { ...operation, purchase, input: { ...input, lines: input.lines.map((line) => lineWithId(line, idOf)) } };
    }
    case 'application': {
      const { products = [], attachments = [] } = operation.input;
      const files = attachments.map((attachment) => ({ ...attachment, evidence: idOf(attachment.evidence) }));
      return { ...operation, input: { ...operation.input, products: products.map(idOf), attachments: files } };
    }
    case 'applicationEvent':
      return { ...operation, application: idOf(operation.application) };
    default:
      return operation;
  }
}

type Naming = Pick<PurchaseLineInput, 'product' | 'equivalence'>;

function lineWithId<T extends Naming>(line: T, idOf: (key: string) => string): T {
  const { product, equivalence } = line;
  return {
    ...line,
    ...(product !== undefined && { product: idOf(product) }),
    ...(equivalence && { equivalence: { ...equivalence, certificate: idOf(equivalence.certificate) } }),
  };
}

/** The entries by instant; those of one instant keep their order. */
export function inTimeOrder(operations: DemoOperation[]): DemoOperation[] {
  return operations.toSorted((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
}
