import type {
  Certificate,
  FindAnswer,
  LabelScheme,
  LocalisedText,
  Product,
  ProductLabel,
  Validity,
} from '../../schemas/types.d.ts';
import { textIn } from '../core/localised.rules.ts';
import { matches, type Match } from './find.rules.ts';

type Language = 'vi' | 'en';

interface FoundNumber {
  certificate: Certificate;
  match: Match;
  validity: Validity;
  scheme: LabelScheme | undefined;
  hasNought?: boolean;
}

/** A product found, and what it tells of the one that was asked for: only the very model is ever covered. */
export function answerOfProduct(
  { product, match, labels }: { product: Product; match: Match; labels: ProductLabel[] },
  q: string,
  language: Language,
): FindAnswer {
  const valid = labels.filter((label) => label.valid);
  const covered = match === 'exact' && valid.length > 0;
  const own = product.model ?? product.name.vi;
  const numbers = valid.map(({ number }) => number).join(', ');
  const reason: LocalisedText = {
    exact: covered
      ? { vi: `Giấy chứng nhận ${numbers} có ghi ${own}.`, en: `Certificate ${numbers} covers ${own}.` }
      : { vi: `${own} không có nhãn còn hiệu lực.`, en: `No valid label covers ${own}.` },
    variant: notListed(own, q, numbers),
    family: {
      vi: `${own} thuộc dòng này; mỗi mẫu trong dòng có nhãn riêng.`,
      en: `${own} is of this series; each of its models needs a label of its own.`,
    },
    near: { vi: `${own} là mẫu khác, chỉ viết gần giống.`, en: `${own} is another model that is only spelt alike.` },
  }[match];
  return {
    match,
    kind: 'product',
    id: product.id,
    label: [product.brand, own].filter(Boolean).join(' '),
    reason: textIn(reason, language),
    covered,
    certificates: valid.map(({ certificate }) => certificate),
  };
}

/** A certificate found by its number or its page, with its scheme where that is known. */
export function answerOfCertificate(
  { certificate, match, validity, scheme, hasNought }: FoundNumber,
  language: Language,
): FindAnswer {
  const { id, number } = certificate;
  const covered = match === 'exact' && validity.valid;
  const said = validity.valid
    ? { vi: `Giấy chứng nhận ${number} có hiệu lực.`, en: `Certificate ${number} is in force.` }
    : { vi: `Giấy chứng nhận ${number} không có hiệu lực.`, en: `Certificate ${number} is not in force.` };
  const near = hasNought
    ? {
        vi: `Số ${number} có số 0 ở chỗ đã gõ chữ O.`,
        en: `Number ${number} has a nought where a letter O was typed.`,
      }
    : {
        vi: `Số ${number} chỉ gần giống số đã hỏi.`,
        en: `Number ${number} is only like the one asked for.`,
      };
  const text = match === 'exact' ? said : near;
  return {
    match,
    kind: 'certificate',
    id,
    label: `${number} · ${scheme ? textIn(scheme.name, language) : certificate.scheme}`,
    reason: text[language],
    covered,
    certificates: [],
  };
}

/** Exact answers first, then by how near they are; what is covered before what is not. */
export function byMatch(a: FindAnswer, b: FindAnswer): number {
  return matches.indexOf(a.match) - matches.indexOf(b.match) || Number(b.covered) - Number(a.covered);
}

function notListed(own: string, q: string, numbers: string): LocalisedText {
  if (numbers === '') return { vi: `Có ${own}, không có ${q}.`, en: `There is ${own}, not ${q}.` };
  return {
    vi: `Giấy chứng nhận ${numbers} ghi ${own}; không ghi ${q}.`,
    en: `Certificate ${numbers} covers ${own}; ${q} is not listed.`,
  };
}
