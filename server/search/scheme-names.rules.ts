import type { LabelScheme } from '../../schemas/types.d.ts';
import { rememberedOf } from '../core/remembered.rules.ts';
import { runsOn } from '../reference/tier.rules.ts';
import { foldName } from './fold.rules.ts';
import type { ReadingFacts } from './interpretation.rules.ts';

const shortestName = 3;
/** From this length on a name is known when its words are written as one: energystar. */
const shortestJoined = 8;
const fewestBegun = 3;

/** The labels of products that run on the day. */
export function productSchemes({ schemes, on }: ReadingFacts): LabelScheme[] {
  return schemes.filter((scheme) => scheme.subject === 'product' && runsOn(scheme, on));
}

/**
 * Schemes of which the words are a name: the name itself, its code, its initials, written as one; else those whose name
 * begins so, the State's own before others. A label that ran out is named too where the law carried it on, together with the
 * State's own that took its place.
 */
export function schemesNamed(phrase: string, facts: ReadingFacts): LabelScheme[] {
  if (phrase.length < shortestName) return [];
  const known = productSchemes(facts);
  const named = known.filter((scheme) => namesOfScheme(scheme).has(phrase));
  if (named.length > 0) return named;
  const old = facts.schemes.filter(
    (scheme) => scheme.basis === 'legacy-transitional' && !known.includes(scheme) && namesOfScheme(scheme).has(phrase),
  );
  if (old.length > 0) return [...old, ...known.filter(({ basis }) => basis === 'statutory')];
  if (phrase.split(' ').length < fewestBegun) return [];
  const begun = known.filter((scheme) => [...namesOfScheme(scheme)].some((name) => name.startsWith(`${phrase} `)));
  const national = begun.filter(({ basis }) => basis.startsWith('statutory'));
  return national.length > 0 ? national : begun;
}

/** Every way, folded, in which a scheme is called. */
export const namesOfScheme = rememberedOf((scheme: LabelScheme): ReadonlySet<string> => new Set(namesIn(scheme)));

function namesIn({ code, name }: LabelScheme): string[] {
  const whole = [name.vi, name.en].flatMap((text) => (text ? [text, text.replace(/\(.*?\)|:.*$/gu, '')] : []));
  const initials = name.vi.split(/[\s/()]+/u).filter((word) => /^[A-Z]{3,}$/u.test(word));
  const folded = [...whole, code, ...initials].map(foldName).filter((one) => one.length >= shortestName);
  const joined = folded.map((one) => one.replaceAll(' ', '')).filter((one) => one.length >= shortestJoined);
  const [, place] = /^(.*) eco ?label$/u.exec(foldName(code)) ?? [];
  const inWords = place === undefined ? [] : [`nhan sinh thai ${place}`, `nhan moi truong ${place}`];
  return [...folded, ...joined, ...inWords];
}
