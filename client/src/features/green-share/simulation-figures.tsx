import { Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { ShareReport } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { SlowNote } from '../../ui/slow-note.tsx';
import { shareQuery } from './api.ts';
import { ShareQuestion } from './lines-link.tsx';
import { toQuery } from './share-state.ts';
import type { ShareState } from './share-state.ts';
import { SimulationTable } from './simulation-table.tsx';
import type { ComparedRow } from './simulation-table.tsx';

const measures = ['M1', 'M2', 'M3', 'M4'] as const;

/** Real and simulated, measure by measure for two choices of tiers, and group by group. */
export function SimulationFigures({ state }: { state: ShareState & { edition: string } }) {
  const { t } = useTranslation();
  const real = { ...state, edition: undefined };
  return (
    <ShareQuestion value={state}>
      <Stack gap={40}>
        {(['A', 'A,B'] as const).map((tiers) => (
          <section key={tiers}>
            <Title order={2} mb="sm">
              {t(`share.tierChoice.${tiers}`)}
            </Title>
            <Compared real={{ ...real, tiers }} simulated={{ ...state, tiers }} />
          </section>
        ))}
      </Stack>
    </ShareQuestion>
  );
}

function Compared({ real, simulated }: { real: ShareState; simulated: ShareState }) {
  const { t } = useTranslation();
  const isReal = useQuery(shareQuery(toQuery(real, { groupBy: 'group' })));
  const wouldBe = useQuery(shareQuery(toQuery(simulated, { groupBy: 'group' })));
  const rows = useGroupRows();
  return (
    <>
      <SlowNote isBusy={isReal.isFetching || wouldBe.isFetching} />
      <QueryState query={isReal}>
        {(before) => (
          <QueryState query={wouldBe}>
            {(after) => (
              <Stack gap="xl">
                <SimulationTable
                  caption={t('simulation.measures')}
                  nameHead={t('measures.measure')}
                  tiers={simulated.tiers}
                  rows={measures.map((measure) => ({
                    key: measure,
                    name: t(`measures.name.${measure}`),
                    real: before.measures[measure],
                    simulated: after.measures[measure],
                  }))}
                />
                <SimulationTable
                  caption={t('simulation.groups')}
                  nameHead={t('share.by.group')}
                  tiers={simulated.tiers}
                  rows={rows(before, after)}
                />
              </Stack>
            )}
          </QueryState>
        )}
      </QueryState>
    </>
  );
}

/** The groups whose green or listed money changes; what stays the same is no news. */
function useGroupRows() {
  const { t } = useTranslation();
  const format = useFormat();
  return (before: ShareReport, after: ShareReport): ComparedRow[] =>
    after.groups.flatMap(({ key, name, measures: { M1, M3 } }) => {
      const was = before.groups.find((one) => one.key === key)?.measures;
      if (was === undefined || (was.M1.numerator === M1.numerator && was.M3.numerator === M3.numerator)) return [];
      const change = was.M3.numerator === M3.numerator ? 'same' : was.M3.numerator === '0' ? 'joins' : 'leaves';
      const note = change === 'same' ? '' : ` (${t(`simulation.${change}`)})`;
      return [{ key, name: `${format.text(name)}${note}`, real: was.M1, simulated: M1, group: { by: 'group', key } }];
    });
}
