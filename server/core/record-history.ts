import { system, type Author } from './author.rules.ts';
import { changesBetween } from './change.rules.ts';
import {
  omittedFields,
  recordedState,
  withEntry,
  type Chain,
  type HistoryEntry,
  type Omitted,
  type State,
  type Written,
} from './history.rules.ts';
import { unsealed, type ModelDefinition, type StoredDocument } from './model.ts';
import { sha256 } from './sha256.ts';

type Definition = Pick<ModelDefinition, 'collection' | 'derived' | 'history' | 'marks'>;

/** What is written, by whom and when. */
interface Write {
  /** The document that the write replaces; null where it enters the record. */
  before: StoredDocument | null;
  after: StoredDocument;
  written: Omit<Written, 'action'> & { action?: string | undefined };
}

// Not the record's: what counts its writes, keeps them from being done twice, and tells of them.
const always = ['revision', 'idempotency', 'history', unsealed];
const omittedBy = new Map<string, Omitted>();

/** What is recorded of a stored document of the collection. */
export function stateOf(definition: Definition, document: object): State {
  return recordedState(document, omittedOf(definition));
}

function omittedOf({ collection, derived = [], marks = [] }: Definition): Omitted {
  let omitted = omittedBy.get(collection);
  if (!omitted) omittedBy.set(collection, (omitted = omittedFields([...always, ...derived, ...marks])));
  return omitted;
}

/**
 * The document with its history, and with the mark that it waits to be sealed. A write that changes nothing that is recorded
 * leaves no entry.
 */
export function withHistory(definition: Definition, { before, after, written }: Write): StoredDocument {
  if (definition.history === 'none') return after;
  const { by, at, action = before ? 'changed' : 'entered' } = written;
  const state = stateOf(definition, after);
  const changes = before ? changesBetween(stateOf(definition, before), state) : [];
  const earlier = before ? historyOf(definition, before, at) : [];
  const history =
    before && changes.length === 0
      ? earlier
      : withEntry(chainOf(definition), earlier, { by: authorOf(by), at, action, state, before: changes });
  const isLonger = history.length > ((before?.['history'] ?? []) as HistoryEntry[]).length;
  const since = before?.[unsealed] ?? (isLonger ? at : undefined);
  return { ...after, history, ...(since !== undefined && { [unsealed]: since }) };
}

/** The history that a document has; one from before histories were kept begins it with what it is. */
function historyOf(definition: Definition, document: StoredDocument, at: string): HistoryEntry[] {
  const history = (document['history'] ?? []) as HistoryEntry[];
  return history.length > 0 ? history : adoptedHistory(definition, document, at);
}

/** The history of a record from before histories were kept: what it is. */
export function adoptedHistory(definition: Definition, document: StoredDocument, at: string): HistoryEntry[] {
  const state = stateOf(definition, document);
  return withEntry(chainOf(definition), [], { by: system, at, action: 'adopted', state, before: [] });
}

/** What the history of the collection's records hangs on. */
export function chainOf({ collection }: Pick<Definition, 'collection'>): Chain {
  return { collection, hash: sha256 };
}

/** Nothing of a person beside its opaque id. */
function authorOf({ id, role, org }: Author): Author {
  return { id, ...(role && { role }), ...(org && { org }) };
}
