import type { LocalisedText } from '../../../schemas/types.d.ts';

/** What was typed in two languages, without the one that was left empty. */
export function localised({ vi, en }: { vi: string; en: string }): LocalisedText {
  return en.trim() === '' ? { vi: vi.trim() } : { vi: vi.trim(), en: en.trim() };
}
