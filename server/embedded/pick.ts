import { onDemand } from 'bson';
import { isDocs, type Doc } from './values.ts';

/** Names of fields of a document itself, not of those inside: as bytes, by how many they are. */
export type Names = ReadonlyMap<number, readonly Buffer[]>;

/** The names, ready to be looked for in bytes. */
export function namesOf(fields: Iterable<string>): Names {
  const names = new Map<number, Buffer[]>();
  for (const name of [...new Set(fields)].map((field) => Buffer.from(field)))
    names.set(name.length, [...(names.get(name.length) ?? []), name]);
  return names;
}

/** The fields that a filter looks at, or into. */
export function fieldsIn(filter: Doc): string[] {
  return Object.entries(filter).flatMap(([path, condition]) =>
    path.startsWith('$') && isDocs(condition) ? condition.flatMap(fieldsIn) : topOf(path),
  );
}

/** The field of the document itself that a path begins with. */
export function topOf(path: string): string {
  return path.split('.', 1)[0] ?? path;
}

/** The document in bytes with none but the named fields, which nothing is read of: to take one apart costs far more than to look at its names. */
export function pick(bytes: Buffer, names: Names): Buffer {
  const picked = Buffer.allocUnsafe(bytes.length);
  let size = 4;
  // What stands side by side is copied at once.
  let [from, to] = [0, 0];
  for (const [, nameAt, nameLength, valueAt, valueLength] of onDemand.parseToElements(bytes)) {
    if (!names.get(nameLength)?.some((name) => standsAt(bytes, nameAt, name))) continue;
    // The type stands before the name.
    if (nameAt - 1 !== to) {
      size += bytes.copy(picked, size, from, to);
      from = nameAt - 1;
    }
    to = valueAt + valueLength;
  }
  size += bytes.copy(picked, size, from, to);
  picked[size] = 0;
  picked.writeInt32LE(size + 1);
  return picked.subarray(0, size + 1);
}

function standsAt(bytes: Buffer, at: number, name: Buffer): boolean {
  for (let i = 0; i < name.length; i += 1) if (bytes[at + i] !== name[i]) return false;
  return true;
}
