import type { LocalisedText } from '../../../schemas/types.d.ts';

/** A text in both languages while it is typed. */
export interface TypedText {
  vi: string;
  en: string;
}

/** What was typed in two languages, without the one that was left empty. */
export function localised({ vi, en }: TypedText): LocalisedText {
  return en.trim() === '' ? { vi: vi.trim() } : { vi: vi.trim(), en: en.trim() };
}

/** A text as a form takes it. */
export function typedText(text: LocalisedText | undefined): TypedText {
  return { vi: text?.vi ?? '', en: text?.en ?? '' };
}
