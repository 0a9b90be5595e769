import type { EvidenceType } from '../../schemas/types.d.ts';

/** Why a file is not taken. */
export type ContentFault = 'EMPTY_FILE' | 'NOT_EVIDENCE' | 'TWO_FACED_FILE';

const bySignature: Record<string, EvidenceType> = { pdf: 'pdf', png: 'png', jpg: 'jpg', xlsx: 'xlsx' };

/** What a file is, by its content alone: `signature` is what its first bytes show, null where they show nothing. */
export function typeOfContent(bytes: Uint8Array, signature: string | null): EvidenceType | ContentFault {
  if (bytes.length === 0) return 'EMPTY_FILE';
  if (signature === null) return isTable(bytes) ? 'csv' : 'NOT_EVIDENCE';
  const type = bySignature[signature];
  if (type === undefined) return 'NOT_EVIDENCE';
  return type === 'pdf' && !isPlainPdf(bytes) ? 'TWO_FACED_FILE' : type;
}

/** Whether the type is one, and not why there is none. */
export function isType(found: EvidenceType | ContentFault): found is EvidenceType {
  return found in mediaTypes;
}

/** How each type is named to who downloads it. */
export const mediaTypes: Record<EvidenceType, string> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  xlsx: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
  csv: 'text/csv; charset=utf-8',
};

// What a browser or a program would take the text for, were it asked to guess.
const markup = /^\s*(<|%!|#!|\{\\rtf)/;
// oxlint-disable-next-line no-control-regex -- these are what no text holds
const control = /[\0-\b\v\f\x0e-\x1f\x7f]/;

/** UTF-8 text with the same separator in its first lines, and no page or program. */
function isTable(bytes: Uint8Array): boolean {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return false;
  }
  if (control.test(text) || markup.test(text)) return false;
  const [first = '', second = first] = text.split(/\r?\n/, 2);
  return [',', ';', '\t'].some(
    (separator) => first.includes(separator) && (second === '' || second.includes(separator)),
  );
}

// From these a browser knows a page.
const page = /<(?:!doctype\s+html|html|head|body|script|iframe|svg|object|embed|meta)[\s>/]/i;

/**
 * A PDF that ends where it says so, and has no page of the web beside its objects: what is inside of its streams only a
 * reader of PDF looks at, the rest anything that is led to believe that it is a page.
 */
function isPlainPdf(bytes: Uint8Array): boolean {
  const text = new TextDecoder('latin1').decode(bytes);
  const end = text.lastIndexOf('%%EOF');
  if (end < 0 || !/^[\s\0]*$/.test(text.slice(end + 5))) return false;
  return !outsideStreams(text).some((part) => page.test(part));
}

/** The parts around the streams; one begins after its dictionary, with the keyword and the end of a line (ISO 32000-1, 7.3.8). */
function outsideStreams(text: string): string[] {
  const parts: string[] = [];
  const begins = />>\s{0,4}stream\r?\n/g;
  let from = 0;
  for (let begin = begins.exec(text); begin; begin = begins.exec(text)) {
    const end = text.indexOf('endstream', begin.index);
    // What is never closed is no stream.
    if (end < 0) break;
    parts.push(text.slice(from, begin.index));
    from = begins.lastIndex = end + 'endstream'.length;
  }
  return [...parts, text.slice(from)];
}
