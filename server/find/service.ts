import type {
  Certificate,
  FindAbsence,
  FindAnswer,
  FindQuery,
  FindResult,
  LabelScheme,
  Product,
  ProductLabel,
  Validity,
} from '../../schemas/types.d.ts';
import type { Clock } from '../core/clock.ts';
import type { Language } from '../core/problem.ts';
import { foldCode, foldTexts } from '../search/fold.rules.ts';
import { bareOfLead, codesPrinted, withNoughts } from '../search/printed-words.rules.ts';
import { namesOfScheme } from '../search/scheme-names.rules.ts';
import { absenceOf, absenceOfWithdrawn } from './absence.rules.ts';
import { answerOfCertificate, answerOfProduct, byMatch } from './answer.rules.ts';
import { matchOf, readPrinted, stemsOf, type Match, type Printed } from './find.rules.ts';

/** One look-up for what is printed on a box or an offer, read from the store alone. */
export interface FindService {
  find(query: FindQuery, language: Language): Promise<FindResult>;
  /** Why a search finds nothing of it: also a product that a label covers, where it is offered no more. */
  absence(query: FindQuery, language: Language): Promise<FindAbsence | undefined>;
}

export interface FindParts {
  clock: Clock;
  products: {
    byId(ids: string[]): Promise<Map<string, Product>>;
    byCode(asked: { codes: string[] } | { begin: string; most: number }): Promise<Product[]>;
  };
  /** Certificates by their folded numbers, by the beginning of one, or by id. */
  certificates(asked: { codes: string[] } | { begin: string; most: number } | { id: string }): Promise<Certificate[]>;
  validity(certificate: string, on: string): Promise<Validity>;
  labels(products: string[], on: string): Promise<(product: Product) => ProductLabel[]>;
  /** The schemes, and whether one's issuer ever entered a certificate. */
  schemes(): Promise<LabelScheme[]>;
  reports(scheme: string): Promise<boolean>;
}

interface FoundProduct {
  product: Product;
  match: Match;
}
interface FoundCertificate {
  certificate: Certificate;
  match: Match;
  /** It is found where letters O are read as noughts. */
  hasNought?: boolean;
}

const mostNear = 200;
const mostAnswers = 20;
const nearStart = 3;

/** The look-up over the catalogue and the register. */
export function createFindService(parts: FindParts): FindService {
  const asked = ({ q, on = parts.clock.today() }: FindQuery, language: Language): Question => ({ q, on, language });
  return {
    find: (query, language) => lookUp(parts, asked(query, language)),
    absence: (query, language) => unseen(parts, asked(query, language)),
  };
}

/** A product found, with its labels on the day; one that nobody has reviewed is not shown until a label covers it. */
type LabelledProduct = FoundProduct & { labels: ProductLabel[]; isShown: boolean };
/** A certificate found, whether it is valid on the day, and its scheme. */
type StandingCertificate = FoundCertificate & { validity: Validity; scheme: LabelScheme | undefined };

interface Question {
  q: string;
  on: string;
  language: Language;
}

async function lookUp(parts: FindParts, { q, on, language }: Question): Promise<FindResult> {
  const asked = readPrinted(q);
  const [products, certificates] = await Promise.all([
    findProducts(parts, asked).then((found) => withLabels(parts, found, on)),
    findCertificates(parts, asked, q).then((found) => withStanding(parts, found, on)),
  ]);
  const answers: FindAnswer[] = [
    ...products.filter(({ isShown }) => isShown).map((found) => answerOfProduct(found, q, language)),
    ...certificates.map((found) => answerOfCertificate(found, language)),
  ]
    .toSorted(byMatch)
    .slice(0, mostAnswers);
  if (answers.some(({ covered }) => covered)) return { q, on, covered: true, answers };
  const exact = products.filter(({ match }) => match === 'exact');
  const shown = exact.find(({ isShown }) => isShown);
  const known = {
    q,
    labels: [
      ...(shown?.labels ?? []),
      ...certificates
        .filter(({ match }) => match === 'exact')
        .map(({ certificate, validity }) => labelLike(certificate, validity)),
    ],
    product: shown?.product ?? null,
    isWithheld: exact.length > 0,
    hasWrongDigit: asked.hasWrongDigit,
    silent: await silentScheme(parts, q),
    hasNear: answers.length > 0,
  };
  return { q, on, covered: false, answers, absence: absenceOf(known, language) };
}

async function unseen(parts: FindParts, question: Question): Promise<FindAbsence | undefined> {
  const { q, on, language } = question;
  for (const { product, match } of await findProducts(parts, readPrinted(q))) {
    const { id, withdrawal, listing } = product;
    if (match === 'exact' && listing === 'accepted' && withdrawal && withdrawal.on <= on)
      return absenceOfWithdrawn({ id, withdrawnOn: withdrawal.on }, language);
  }
  return (await lookUp(parts, question)).absence;
}

async function withLabels({ labels }: FindParts, found: FoundProduct[], on: string): Promise<LabelledProduct[]> {
  const ids = found.map(({ product }) => product.id);
  const labelsOf = await labels(ids, on);
  return found.map(({ product, match }) => {
    const ofProduct = labelsOf(product);
    return { product, match, labels: ofProduct, isShown: product.listing === 'accepted' || ofProduct.length > 0 };
  });
}

async function withStanding(parts: FindParts, found: FoundCertificate[], on: string): Promise<StandingCertificate[]> {
  if (found.length === 0) return [];
  const schemes = await parts.schemes();
  return Promise.all(
    found.map(async (one) => ({
      ...one,
      validity: await parts.validity(one.certificate.id, on),
      scheme: schemes.find(({ code }) => code === one.certificate.scheme),
    })),
  );
}

function labelLike({ id, number, events, validThrough }: Certificate, { reason }: Validity) {
  return { certificate: id, number, events, reason, validThrough: validThrough ?? null, validUntil: null };
}

async function findProducts({ products }: FindParts, asked: Printed): Promise<FoundProduct[]> {
  const { code, codes, without, page } = asked;
  if (page) {
    const product = page.kind === 'product' ? (await products.byId([page.id])).get(page.id) : undefined;
    return product ? [{ product, match: 'exact' }] : [];
  }
  if (code.length < 2) return [];
  // With the brand before or behind it a model stands in the text as a part of it.
  const begins = [code, ...without.filter((one) => /\d/u.test(one))]
    .filter((one) => one.length > nearStart)
    .map((one) => one.slice(0, nearStart));
  const found = await Promise.all([
    products.byCode({ codes: [...codes, ...[code, ...without].flatMap((one) => [one, ...stemsOf(one)])] }),
    products.byCode({ begin: code, most: mostAnswers }),
    ...[...new Set(begins)].map((begin) => products.byCode({ begin, most: mostNear })),
  ]);
  const all = [...new Map(found.flat().map((product) => [product.id, product])).values()];
  return all.flatMap((product): FoundProduct[] => {
    const { model, aliases, gtin, series, brand } = product;
    const own = [model, ...aliases, gtin].filter((one) => one !== undefined);
    const about = { ...(series !== undefined && { series }), ...(brand !== undefined && { brand }) };
    const match = matchOf(asked, { codes: own, ...about });
    return match ? [{ product, match }] : [];
  });
}

async function findCertificates(parts: FindParts, asked: Printed, q: string): Promise<FoundCertificate[]> {
  if (asked.page?.kind === 'product') return [];
  if (asked.page)
    return (await parts.certificates({ id: asked.page.id })).map((certificate) => ({ certificate, match: 'exact' }));
  const code = foldCode(bareOfLead(q));
  if (code.length < 2) return [];
  const noughts = withNoughts(code);
  const [exact, nought, close] = await Promise.all([
    parts.certificates({ codes: codesPrinted(q).map(foldCode) }),
    noughts.length > 0 ? parts.certificates({ codes: noughts }) : [],
    code.length > nearStart ? parts.certificates({ begin: code.slice(0, nearStart), most: mostNear }) : [],
  ]);
  const near = close.filter(({ number }) => matchOf(asked, { codes: [number] }) === 'near');
  const found = [
    ...exact.map((certificate): FoundCertificate => ({ certificate, match: 'exact' })),
    ...nought.map((certificate): FoundCertificate => ({ certificate, match: 'near', hasNought: true })),
    ...near.map((certificate): FoundCertificate => ({ certificate, match: 'near' })),
  ];
  // Each as the first of these that it is.
  return found.filter(({ certificate: { id } }, at) => found.findIndex((one) => one.certificate.id === id) === at);
}

/** A scheme of which the words say the name or the code, and whose issuer enters nothing here. */
async function silentScheme({ schemes, reports }: FindParts, q: string): Promise<LabelScheme | null> {
  const words = ` ${foldTexts(q)} `;
  const isNamed = (scheme: LabelScheme) => [...namesOfScheme(scheme)].some((name) => words.includes(` ${name} `));
  const named = (await schemes()).find(isNamed);
  return named && !(await reports(named.code)) ? named : null;
}
