import type { LocalisedText } from '../../schemas/types.d.ts';

/** The name of a period by its key, `2026-03`, `2026-Q1` or `2026`; null for what is no period. */
export function periodName(key: string): LocalisedText | null {
  const [, year = '', kind, part = ''] = /^(\d{4})(?:-(Q?)(\d{1,2}))?$/.exec(key) ?? [];
  if (year === '') return null;
  if (part === '') return { vi: `Năm ${year}`, en: year };
  if (kind === 'Q') return { vi: `Quý ${part}/${year}`, en: `Q${part} ${year}` };
  return { vi: `Tháng ${Number(part)}/${year}`, en: `${part}/${year}` };
}
