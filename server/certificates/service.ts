import type {
  Certificate,
  CertificateEventInput,
  CertificateInput,
  CertificateQuery,
  LabelsQuery,
  OrganisationLabels,
  Product,
  ProductLabel,
  ProductLabels,
  Validity,
  ValidityQuery,
} from '../../schemas/types.d.ts';
import { knowledgeInstant } from '../core/clock.ts';
import { Problem } from '../core/problem.ts';
import type { Filter, Page } from '../core/records.ts';
import type { Actor, Idempotency } from '../core/route.ts';
import type { Evidence } from '../purchases/claim.rules.ts';
import { checkedEntry, withEvent } from './checking.service.ts';
import { isSchemeTheirs, type EntryParts } from './entry.service.ts';
import { bearingOn } from './evidence.service.ts';
import {
  labelsOfOrganisation,
  labelsOfProduct,
  read,
  readLabels,
  readPage,
  recorded,
  type ReadingParts,
} from './reading.service.ts';
import type { LabelFacts } from './labels.rules.ts';
import { restate } from './restate.service.ts';
import { stateOn } from './state.rules.ts';
import { toStoredCertificate, type StoredCertificate } from './stored.rules.ts';
import { validity } from './validity.rules.ts';

/** The registry of certificates; the only writer of their collection. */
export interface CertificateService {
  /** @throws Problem 403 for a scheme that is not the certifier's, 409 for a number that is there, 422 for what breaks a rule */
  create(actor: Actor, input: CertificateInput, idempotency?: Idempotency): Promise<Certificate>;
  /** @throws Problem 403 for a scheme that is not the certifier's, 409 for a number that is there, 422 where the event cannot have happened */
  addEvent(actor: Actor, id: string, entry: EventEntry): Promise<Certificate>;
  /** Says what `create` would refuse, and writes nothing. @throws Problem as `create` */
  refuseEntry(actor: Actor, input: CertificateInput): Promise<void>;
  /** Says what `addEvent` would refuse, and writes nothing. @throws Problem as `addEvent` */
  refuseNewEvent(actor: Actor, id: string, event: CertificateEventInput): Promise<void>;
  /** As it stands today. @throws Problem 404 */
  get(id: string): Promise<Certificate>;
  /** Newest first; with `changedSince` in the order of changes, up to the last settled instant. */
  page(query: CertificateQuery): Promise<Page<Certificate>>;
  /** Valid on a day as known at a moment; both are now by default. @throws Problem 404 */
  validity(id: string, query: ValidityQuery): Promise<Validity>;
  /** Every certificate that bears on the evidence, as it is recorded: what it says on a day is its rules' to tell. */
  bearingOn(evidence: Evidence): Promise<StoredCertificate[]>;
  /** Whether the actor may write for the scheme: a body for its own, the operator for all; null where there is none. */
  mayCertify(actor: Actor, scheme: string): Promise<boolean | null>;
  /** Whether a certificate covers the product on any day, as known now. */
  isCovered(product: string): Promise<boolean>;
  /** What gives the labels of each of the products on a day, as known at an instant; under a law that was just read, where it is given. */
  labels(
    products: string[],
    day: { on: string; knownAt: string; law?: LabelFacts },
  ): Promise<(product: Pick<Product, 'id' | 'group'>) => ProductLabel[]>;
  /** The labels of one product; day and knowledge are now by default. @throws Problem 404 */
  labelsOfProduct(id: string, query: LabelsQuery): Promise<ProductLabels>;
  /** The certificates of an organisation and its places; day and knowledge are now by default. @throws Problem 404 */
  labelsOfOrganisation(code: string, query: LabelsQuery): Promise<OrganisationLabels>;
  /** Derives anew what is kept beside certificates whose end may have changed. */
  restate(which: Filter): Promise<void>;
  /** Makes the holders of some waiting certificates authorised on their products: how many, 0 when none was left. */
  authoriseSome(): Promise<number>;
}

/** An event and the key under which it is sent. */
export interface EventEntry {
  event: CertificateEventInput;
  idempotency?: Idempotency | undefined;
}

interface CertificateParts extends ReadingParts, EntryParts {
  /** The mark on certificates whose holders wait to become authorised. */
  unauthorised: string;
  /** Makes the organisation authorised on the products. */
  authorise(products: string[], holder: string): Promise<void>;
  /** Says that a certificate changed. */
  changed(): void;
}

const authorisedAtOnce = 50;

/** The registry over its records. */
export function createCertificateService(parts: CertificateParts): CertificateService {
  const { records, clock } = parts;
  return {
    create: (actor, input, idempotency) => register(parts, { actor, input, idempotency }),
    addEvent: (actor, id, entry) => addEvent(parts, { actor, id, ...entry }),
    async refuseEntry(actor, input) {
      const now = clock.now();
      const { keys } = toStoredCertificate(
        { ...(await checkedEntry(parts, actor, input)), recordedAt: now, changedAt: now },
        now,
      );
      if ((await records.count({ keys: { $in: keys } })) > 0) throw await existing(parts, keys);
    },
    async refuseNewEvent(actor, id, event) {
      const { keys } = await withEvent(parts, await recorded(parts, id), { actor, event, now: clock.now() });
      if ((await records.count({ keys: { $in: keys }, _id: { $ne: id } })) > 0) throw await existing(parts, keys, id);
    },
    get: async (id) => present(parts, await recorded(parts, id)),
    page: (query) => readPage(parts, query),
    async validity(id, { product, on = clock.today(), knownAt }) {
      return validity(await recorded(parts, id), { product, on, knownAt: knowledgeInstant(clock, knownAt) });
    },
    bearingOn: (evidence) => bearingOn(records, evidence),
    async mayCertify(actor, code) {
      return (await parts.scheme(code)) ? isSchemeTheirs(parts, actor, code) : null;
    },
    isCovered: async (product) => (await records.count({ 'found.products': product })) > 0,
    labels: (products, day) => readLabels(parts, products, day),
    labelsOfProduct: (id, query) => labelsOfProduct(parts, id, query),
    labelsOfOrganisation: (code, query) => labelsOfOrganisation(parts, code, query),
    restate: (which) => restate(records, which),
    async authoriseSome() {
      const waiting = await records.marked(parts.unauthorised, authorisedAtOnce);
      for (const certificate of waiting) await authoriseHolders(parts, certificate);
      await records.unmark(waiting, parts.unauthorised);
      return waiting.length;
    },
  };
}

async function present(parts: CertificateParts, certificate: StoredCertificate): Promise<Certificate> {
  const [shown] = await read(parts, [certificate]);
  if (!shown) throw new Problem('NOT_FOUND');
  return shown;
}

async function register(
  parts: CertificateParts,
  { actor, input, idempotency }: { actor: Actor; input: CertificateInput; idempotency?: Idempotency },
): Promise<Certificate> {
  const { records, changed } = parts;
  const repeated = await records.repeated(input.holder, idempotency);
  if (repeated) return present(parts, repeated);
  const entry = await checkedEntry(parts, actor, input);
  let keys: string[] = [];
  const certificate = await records.insert(
    (now) => {
      const stored = toStoredCertificate({ ...entry, recordedAt: now, changedAt: now }, now);
      keys = stored.keys;
      return stored;
    },
    { by: actor, idempotency, onDuplicate: () => existing(parts, keys) },
  );
  changed();
  return present(parts, certificate);
}

async function addEvent(
  parts: CertificateParts,
  { actor, id, event, idempotency }: EventEntry & { actor: Actor; id: string },
): Promise<Certificate> {
  let keys: string[] = [];
  const certificate = await parts.records.change(
    id,
    async (before, now) => {
      const after = await withEvent(parts, before, { actor, event, now });
      keys = after.keys;
      return after;
    },
    { by: actor, action: event.type, idempotency, onDuplicate: () => existing(parts, keys, id) },
  );
  // Marked as well: what a crash leaves undone here, the drain does.
  if (event.type === 'reissued') await authoriseHolders(parts, certificate);
  parts.changed();
  return present(parts, certificate);
}

/** Who came to hold the certificate by a reissue becomes authorised on what it covers from that day on. */
async function authoriseHolders({ authorise }: CertificateParts, certificate: StoredCertificate): Promise<void> {
  for (const { type, on, holder } of certificate.events) {
    if (type !== 'reissued' || holder === undefined) continue;
    const later = certificate.events.filter((event) => event.type === 'amended' && event.on >= on);
    const products = [stateOn(certificate, on), ...later].flatMap((event) => event.products ?? []);
    await authorise([...new Set(products)], holder);
  }
}

async function existing({ records }: CertificateParts, keys: string[], besides?: string): Promise<Problem> {
  const found = await records.find({ keys: { $in: keys } }, 2);
  return new Problem('CERTIFICATE_EXISTS', { id: found.find(({ id }) => id !== besides)?.id ?? '' });
}
