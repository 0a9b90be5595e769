import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { InstantText } from '../../ui/date-text.tsx';
import { Facts } from '../../ui/facts.tsx';
import { AgencyName } from '../../ui/names.tsx';
import { useFormat } from '../../i18n/use-format.ts';
import { shareQuery } from './api.ts';
import type { LinesQuestion } from './use-share-lines.ts';

/** Whose lines, of which days, of which group, as known when. */
export function LinesQuestionFacts({ question }: { question: LinesQuestion }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { from, to, agency, tiers, knownAt, groupBy, key, edition } = question;
  return (
    <Facts
      items={[
        {
          name: t('share.agency'),
          value: agency === undefined ? t('share.wholeCountry') : <AgencyName code={agency} />,
        },
        { name: t('period.label'), value: `${format.day(from)} – ${format.day(to)}` },
        groupBy !== undefined &&
          key !== undefined && { name: t(`share.by.${groupBy}`), value: <KeyName question={question} /> },
        { name: t('lines.tiers'), value: tiers },
        edition !== undefined && { name: t('simulation.edition'), value: edition },
        knownAt !== undefined && { name: t('knownAt.label'), value: <InstantText instant={knownAt} /> },
      ]}
    />
  );
}

/** The group's name as the share says it; its key until the share is there. */
function KeyName({ question: { key, ...query } }: { question: LinesQuestion }) {
  const format = useFormat();
  const { data: report } = useQuery(shareQuery(query));
  const group = report?.groups.find((one) => one.key === key);
  return group === undefined ? key : format.text(group.name);
}
