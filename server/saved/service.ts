import type { SavedSearch, SavedSearches, SavedSearchesInput, SavedSeenInput } from '../../schemas/types.d.ts';
import { Problem } from '../core/problem.ts';
import type { Records } from '../core/records.ts';
import { earlier, isSame, most, tidied, withKept, withSeen } from './list.rules.ts';

/** The questions that a person keeps, for itself alone: every call names the person, and none reads another's. */
export interface SavedService {
  all(person: string): Promise<SavedSearch[]>;
  /** Keeps questions; one that is kept already stays. @throws Problem 409 where there would be too many: then none is kept */
  keep(person: string, input: SavedSearchesInput): Promise<SavedSearch[]>;
  /** @throws Problem 404; 409 where the same question is kept under that name */
  rename(person: string, id: string, name: string): Promise<SavedSearch[]>;
  /** Moves on what was seen, never back. */
  see(person: string, input: SavedSeenInput): Promise<SavedSearch[]>;
  /** @throws Problem 404 */
  drop(person: string, id: string): Promise<void>;
  /** Forgets all that a person keeps. */
  forget(person: string): Promise<void>;
}

interface SavedParts {
  records: Records<SavedSearches>;
  newId(): string;
  /** Whether the person has an account, and was not erased meanwhile. */
  isThere(person: string): Promise<boolean>;
}

type Change = (items: SavedSearch[], now: string) => SavedSearch[];

/** What people keep, over its records. */
export function createSavedService(parts: SavedParts): SavedService {
  const own = async (person: string) => (await parts.records.find({ person }, 1))[0];
  return {
    all: async (person) => (await own(person))?.items ?? [],
    keep: (person, { items, place }) =>
      change(parts, person, (list, now) => {
        const added = items.map((item) => ({ ...tidied(item, now), id: parts.newId(), keptAt: now }));
        const next = withKept(list, added, place);
        if (next.length > most) throw new Problem('TOO_MANY_SAVED', { most });
        return next;
      }),
    rename: (person, id, name) =>
      change(parts, person, (list) => {
        const named = { ...existing(list, id), name: name.trim() };
        if (list.some((kept) => kept.id !== id && isSame(kept, named))) throw new Problem('SAVED_ALREADY', { name });
        return list.map((kept) => (kept.id === id ? named : kept));
      }),
    see: (person, { ids, until }) => change(parts, person, (list, now) => withSeen(list, ids, earlier(until, now))),
    drop: async (person, id) =>
      void (await change(parts, person, (list) => list.toSpliced(list.indexOf(existing(list, id)), 1))),
    async forget(person) {
      for (const { id } of await parts.records.find({ person })) await parts.records.forget(id);
    },
  };
}

function existing(list: SavedSearch[], id: string): SavedSearch {
  const found = list.find((kept) => kept.id === id);
  if (!found) throw new Problem('NOT_FOUND');
  return found;
}

/** One write of the person's one document, which its first question begins. */
async function change(parts: SavedParts, person: string, make: Change): Promise<SavedSearch[]> {
  const { records } = parts;
  const by = { id: person };
  const [own] = await records.find({ person }, 1);
  if (own)
    return (await records.change(own.id, (record, now) => ({ ...record, items: make(record.items, now) }), { by }))
      .items;
  const begun = await records
    .insert((now) => ({ person, items: make([], now) }), { by, onDuplicate: () => new Problem('BUSY') })
    .catch(nullIfBegun);
  if (!begun) return change(parts, person, make);
  // Who is erased while this was under way: what was looked for before it was written is found now.
  if (!(await parts.isThere(person))) await records.forget(begun.id);
  return begun.items;
}

/** Two that keep the first question at once: the second finds the document begun. */
function nullIfBegun(error: unknown): null {
  if (error instanceof Problem && error.code === 'BUSY') return null;
  throw error;
}
