import type { LocalisedText, OpenedRecord } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import { foldCode } from './fold.rules.ts';
import { bareOfLead, codesPrinted } from './printed-words.rules.ts';

/** A record of another kind, with the codes that open it. */
export interface Openable extends Pick<OpenedRecord, 'kind' | 'id'> {
  codes: string[];
  /** The code that it is shown by. */
  code: string;
  name: LocalisedText;
}

const mostOpened = 10;

/** Those of the candidates of which the query is a code, nothing more and nothing less, folded and without separators. */
export function openedBy(q: string, candidates: Openable[], language: 'vi' | 'en'): OpenedRecord[] {
  const asked = new Set(codesPrinted(q).map(foldCode));
  asked.delete('');
  return candidates
    .filter(({ codes }) => codes.some((code) => asked.has(foldCode(code))))
    .slice(0, mostOpened)
    .map(({ kind, id, code, name }) => ({ kind, id, label: `${code} · ${textIn(name, language)}` }));
}

/** The tender notice number that a query spells, with or without the number of its version; null where it is none. */
export function noticeIn(q: string): string | null {
  const [, letters, digits, version] = /^([a-z]{2})([0-9]{10})([0-9]{2})?$/.exec(foldCode(bareOfLead(q))) ?? [];
  if (letters === undefined || digits === undefined) return null;
  return `${letters.toUpperCase()}${digits}${version === undefined ? '' : `-${version}`}`;
}

/** The codes by which a purchase of a notice is opened: a notice is known with and without its version (domain.md 6). */
export function codesOfNotice(notice: string): string[] {
  return [notice, notice.slice(0, 12)];
}

/** A criteria document is also called by its number without the year: NXVN 17:2017 is nxvn17. */
export function codesOfCriterion(code: string): string[] {
  return [code, code.replace(/:\d{4}$/, '')];
}
