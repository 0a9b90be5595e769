import type { FindAbsence, SearchResult } from '../../schemas/types.d.ts';
import type { Language } from '../core/problem.ts';
import type { Ask, Asked } from './explain.service.ts';
import { absenceInGroup } from './group-absence.rules.ts';
import { publicFilters } from './query.rules.ts';

type Explanation = NonNullable<SearchResult['explanation']>;

interface AbsenceParts {
  /** Why nothing covers what is printed on a box, where that is what the words are. */
  absence(q: string, on: string, language: Language): Promise<FindAbsence | undefined>;
}

/** Where the words are what nothing has, also what the register knows of them: as a code, or as the name of a group. */
export async function withAbsence(
  parts: AbsenceParts,
  find: Ask,
  { asked, explanation }: { asked: Asked; explanation: Explanation },
): Promise<Explanation> {
  const { query, law, language, words, named, request } = asked;
  if (explanation.reason !== 'NO_SUCH_WORDS' || words.length === 0) return explanation;
  const absence = await parts.absence(query.q ?? '', law.on, language);
  const group = law.groups.find(({ code }) => named.has(code));
  if (absence?.reason !== 'NOT_ON_ANY_LIST' || !group) return { ...explanation, ...(absence && { absence }) };
  const ofGroup = { where: { field: 'group' as const, in: [group.code] } };
  const { total } = await find({
    ...request,
    words: [],
    filters: [...publicFilters(law.on), ofGroup],
    facets: [],
    page: 1,
    size: 1,
  });
  return { ...explanation, absence: absenceInGroup(group, total, language) };
}
