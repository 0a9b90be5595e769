import { onDemand } from 'bson';
import { isDocs, type Doc } from './values.ts';

/** Names of fields of a document itself, not of those inside. */
export type Names = ReadonlySet<string>;

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
  const parts: Buffer[] = [Buffer.alloc(4)];
  for (const [, nameAt, nameLength, valueAt, valueLength] of onDemand.parseToElements(bytes)) {
    const name = bytes.toString('utf8', nameAt, nameAt + nameLength);
    // The type stands before the name.
    if (names.has(name)) parts.push(bytes.subarray(nameAt - 1, valueAt + valueLength));
  }
  const picked = Buffer.concat([...parts, Buffer.of(0)]);
  picked.writeInt32LE(picked.length);
  return picked;
}
