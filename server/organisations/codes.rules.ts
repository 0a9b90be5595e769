import type { LocalisedText, Province } from '../../schemas/types.d.ts';
import { atDay, holdsOn, LAST_DAY, type Span } from './span.rules.ts';

/** Which map a figure by province is drawn on: that of each day, the 34 provinces of today, or the 63 until 30 June 2025. */
export type ProvinceMap = 'asDated' | '34' | '63';

/** A province code, and a day on which it means what is meant: seven codes changed their meaning on 1 July 2025. */
export interface ProvinceCode {
  code: string;
  on: string;
}

/** The provinces of both maps. */
export interface Provinces {
  /** The province that the code meant on the day. */
  byCode(code: string, on: string): Province | undefined;
  /** The province of that name on the day, with or without "tỉnh", "thành phố" in front, in any case; English names too. */
  byName(name: string, on: string): Province | undefined;
  /**
   * The code of the same place on a map: `asDated` is the map of `day`. A province that was merged out of several cannot be
   * mapped back and is `unknown` on the map of 63, and so is a code that meant nothing on its day.
   */
  keyOn(place: ProvinceCode, map: ProvinceMap, day: string): string;
  /** The names by code on a map; on that of each day a code that meant another place before is named by both. */
  names(map: ProvinceMap): Map<string, LocalisedText>;
  /** Codes that mean another place since 1 July 2025 than before. */
  changedMeaning: string[];
}

/**
 * The day for which a province code in a run of days was written: its first one, or where that is open its last one, or
 * today's map.
 */
export function dayOfCode({ from, through = LAST_DAY }: Span): string {
  return from ?? through;
}

/** First day of the map of 34 provinces (Resolution 202/2025/QH15). */
export const FIRST_DAY_OF_34 = '2025-07-01';
const unknown = 'unknown';

/** The look-up over the provinces as they stand in the register. */
export function provincesOf(rows: Province[]): Provinces {
  const byCode = (code: string, on: string) => atDay(withCode(rows, code), on);
  const today = rows.filter(({ through }) => through === undefined);
  const former = rows.filter(({ through }) => through !== undefined);
  const keyOn: Provinces['keyOn'] = (place, map, day) => {
    const found = byCode(place.code, place.on);
    if (found === undefined) return unknown;
    const isFormer = found.through !== undefined;
    const wantsFormer = map === '63' || (map === 'asDated' && day < FIRST_DAY_OF_34);
    if (wantsFormer) return isFormer ? found.code : onlyOne(found.mergedFrom ?? []);
    return isFormer
      ? (today.find(({ mergedFrom = [] }) => mergedFrom.includes(found.code))?.code ?? unknown)
      : found.code;
  };
  return {
    byCode,
    byName(name, on) {
      const wanted = plain(name);
      return rows.find((row) => holdsOn(row, on) && namesOf(row).includes(wanted));
    },
    keyOn,
    names: (map) =>
      new Map(
        (map === '34' ? today : map === '63' ? former : [...former, ...today]).map(({ code, name }) => {
          const before = former.find((row) => row.code === code && plain(row.name.vi) !== plain(name.vi));
          return [code, map === 'asDated' && before ? bothNames(before, name) : name] as const;
        }),
      ),
    changedMeaning: today
      .filter(({ code, name }) => former.some((row) => row.code === code && plain(row.name.vi) !== plain(name.vi)))
      .map(({ code }) => code)
      .toSorted(),
  };
}

function bothNames(before: Province, now: LocalisedText): LocalisedText {
  const former = before.name.en ?? before.name.vi;
  return {
    vi: `${before.name.vi} (đến 30/06/2025), ${now.vi}`,
    en: `${former} (until 30 June 2025), ${now.en ?? now.vi}`,
  };
}

function withCode(rows: Province[], code: string): Province[] {
  return rows.filter((row) => row.code === code);
}

function onlyOne(codes: string[]): string {
  return codes.length === 1 ? codes[0]! : unknown;
}

function namesOf({ name }: Province): string[] {
  return [plain(name.vi), ...(name.en ? [plain(name.en)] : [])];
}

/** The name without what kind of place it is, in small letters. */
function plain(name: string): string {
  return name
    .normalize('NFC')
    .toLowerCase()
    .replace(/^(tỉnh|thành phố|tp\.?)\s+/, '')
    .replace(/\s+(province|city)$/, '')
    .trim();
}
