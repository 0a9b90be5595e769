import type { Language } from '../i18n/index.ts';

/** Codes that the browser has a name for and that are no country: unions, unknown regions, made-up ones. */
const others = new Set(['EU', 'EZ', 'UN', 'QO', 'ZZ', 'XA', 'XB']);
const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');

/** Every country by its ISO 3166-1 code with its name in the language, as the browser knows them, in the order of names. */
export function countriesIn(language: Language): { value: string; label: string }[] {
  const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
  return letters
    .flatMap((first) => letters.map((second) => first + second))
    .filter((code) => !others.has(code) && new Intl.Locale(`und-${code}`).region === code)
    .flatMap((code) => {
      const label = names.of(code);
      return label === undefined ? [] : [{ value: code, label }];
    })
    .sort((a, b) => a.label.localeCompare(b.label, language));
}

/** The country's name; its code where it has none. */
export function countryName(code: string, language: Language): string {
  return new Intl.DisplayNames(language, { type: 'region' }).of(code) ?? code;
}
