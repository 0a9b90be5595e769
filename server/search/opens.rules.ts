import type { LocalisedText, OpenedRecord } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import { foldCode } from './fold.rules.ts';
import { bareOfLead, codesPrinted, withNoughts } from './printed-words.rules.ts';

/** A record of another kind, with the codes that open it. */
export interface Openable extends Pick<OpenedRecord, 'kind' | 'id'> {
  codes: string[];
  /** The code that it is shown by. */
  code: string;
  name: LocalisedText;
}

const mostOpened = 10;

/** The codes that a query is, nothing more and nothing less, folded and without separators; and those that it is with noughts for letters O. */
export function codesAsked(q: string): { exact: string[]; near: string[] } {
  const exact = codesPrinted(q)
    .map(foldCode)
    .filter((code) => code !== '');
  return { exact, near: withNoughts(foldCode(bareOfLead(q))).filter((code) => !exact.includes(code)) };
}

const nought: LocalisedText = {
  vi: 'Có số 0 ở chỗ đã gõ chữ O.',
  en: 'It has a nought where a letter O was typed.',
};

/** Those of the candidates of which the query is a code, then those that are only near, with the reason. */
export function openedBy(q: string, candidates: Openable[], language: 'vi' | 'en'): OpenedRecord[] {
  const { exact, near } = codesAsked(q);
  const isAmong = (asked: string[], { codes }: Openable) => codes.some((code) => asked.includes(foldCode(code)));
  const opened = ({ kind, id, code, name }: Openable) => ({ kind, id, label: `${code} · ${textIn(name, language)}` });
  const ofCode = candidates.filter((one) => isAmong(exact, one));
  const alike = candidates.filter((one) => !ofCode.includes(one) && isAmong(near, one));
  return [...ofCode.map(opened), ...alike.map((one) => ({ ...opened(one), near: textIn(nought, language) }))].slice(
    0,
    mostOpened,
  );
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
