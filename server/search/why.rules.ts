import type { LocalisedText, SearchHit } from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import { buildSearchDoc, type SearchSource, type TextField, textFields } from './document.rules.ts';
import type { Word } from './fold.rules.ts';
import { entryFor, type LawOnDay } from './tier-clauses.rules.ts';
import { typosBetween } from './typo.rules.ts';

/** What the order of hits goes by, for one of them. */
export interface WhyParts {
  hit: SearchHit;
  source: Omit<SearchSource, 'certificates'>;
  words: Word[];
  prefixLast: boolean;
  /** The groups that the words name. */
  named: ReadonlySet<string>;
  law: LawOnDay;
}

const fieldNames: Record<TextField, LocalisedText> = {
  s_code: { vi: 'mã, model', en: 'model or code' },
  s_name_vi: { vi: 'tên', en: 'Vietnamese name' },
  s_name_en: { vi: 'tên tiếng Anh', en: 'English name' },
  s_brand: { vi: 'hãng', en: 'brand' },
  s_category: { vi: 'tên nhóm', en: 'group’s name' },
  s_label: { vi: 'nhãn', en: 'label' },
  s_alias: { vi: 'tên gọi khác của nhóm', en: 'group’s other names' },
  s_supplier: { vi: 'nhà cung cấp', en: 'supplier' },
  s_text: { vi: 'mô tả', en: 'description' },
};

/** Why a hit stands where it stands: what each word met, then what decides among equals, in the order of their weight. */
export function whyHere(parts: WhyParts, language: 'vi' | 'en'): string[] {
  const said = [...ofWords(parts), ...ofGroup(parts), ...ofLabel(parts), ...ofList(parts)];
  return said.map((text) => textIn(text, language));
}

function ofWords({ hit, source, words, prefixLast }: WhyParts): LocalisedText[] {
  const certificates = hit.labels.map(({ scheme, schemeName, number }) => ({
    scheme,
    schemeName,
    numbers: [number],
    runs: [],
    changedAt: hit.recordedAt,
  }));
  const doc = buildSearchDoc({ ...source, certificates });
  return words.flatMap((word, at): LocalisedText[] => {
    const isPrefix = prefixLast && at === words.length - 1;
    const met = textFields.flatMap((field) => {
      const typos = doc[field].split(' ').flatMap((own) => typosIn(word.folded, own, isPrefix) ?? []);
      return typos.length > 0 ? [{ field, typos: Math.min(...typos) }] : [];
    });
    const [best] = met.toSorted((a, b) => a.typos - b.typos);
    if (!best) return [];
    const { vi, en = vi } = fieldNames[best.field];
    const { typos } = best;
    if (typos === 0) return [{ vi: `“${word.raw}”: trong ${vi}`, en: `“${word.raw}”: in the ${en}` }];
    return [{ vi: `“${word.raw}”: trong ${vi}, khác ${typos} chữ`, en: `“${word.raw}”: in the ${en}, ${typos} typos` }];
  });
}

function typosIn(word: string, own: string, isPrefix: boolean): number | null {
  return isPrefix && own.startsWith(word) ? 0 : typosBetween(word, own);
}

function ofGroup({ hit, named }: WhyParts): LocalisedText[] {
  return named.has(hit.group) ? [{ vi: 'Thuộc nhóm mà câu tìm gọi tên', en: 'Of the group that the words name' }] : [];
}

function ofLabel({ hit: { tier } }: WhyParts): LocalisedText[] {
  if (tier === null) return [{ vi: 'Không có nhãn được tính', en: 'No label that counts' }];
  return [{ vi: `Có nhãn bậc ${tier} còn hiệu lực`, en: `A valid label of tier ${tier}` }];
}

function ofList({ hit, law: { edition } }: WhyParts): LocalisedText[] {
  const obligation = entryFor(edition, hit.group)?.obligation;
  if (obligation === undefined) return [];
  return obligation === 'mandatory'
    ? [{ vi: 'Nhóm bắt buộc mua xanh', en: 'A group that must be bought green' }]
    : [{ vi: 'Nhóm ưu tiên mua xanh', en: 'A group that is preferred green' }];
}
