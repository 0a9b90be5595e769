import type { LocalisedText } from '../../schemas/types.d.ts';

/** The text in the reader's language, the Vietnamese one where it has no other. */
export function textIn({ vi, en }: LocalisedText, language: 'vi' | 'en'): string {
  return language === 'en' ? (en ?? vi) : vi;
}
