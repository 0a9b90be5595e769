import { Alert, Badge, Group, NativeSelect, Paper, SimpleGrid, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconFlask from '@tabler/icons-react/icons/IconFlask';
import { useTranslation } from 'react-i18next';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { addQuery } from '../../api/client.ts';
import { meQuery } from '../../api/me.ts';
import { editionsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AgencySelect } from '../../ui/agency-select.tsx';
import { Crumbs } from '../../ui/crumbs.tsx';
import { DayInput } from '../../ui/day-input.tsx';
import { EmptyNote } from '../../ui/empty-note.tsx';
import { Page } from '../../ui/page.tsx';
import { PrintButton } from '../../ui/print-button.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { useAddress } from '../../ui/use-address.ts';
import { periods, readShare, toQuery } from './share-state.ts';
import type { ShareState } from './share-state.ts';
import { SimulationFigures } from './simulation-figures.tsx';

type Change = (values: Partial<Record<keyof ShareState, string | undefined>>) => void;

/** What a period would be under another edition, beside what it is; last year where the address does not say. */
export function SimulationPage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  const [params, change] = useAddress();
  return (
    <QueryState query={me}>
      {({ today }) => {
        const { from, to } = periods(today).lastYear;
        const state = readShare(new URLSearchParams({ from, to, ...Object.fromEntries(params) }), today);
        return (
          <Page
            title={t('simulation.title')}
            lead={t('simulation.lead')}
            above={
              <Crumbs
                above={{
                  to: addQuery('/share', { ...toQuery({ ...state, edition: undefined }, {}) }),
                  name: t('share.title'),
                }}
              />
            }
            actions={
              <Group gap="xs" className="xanh-no-print">
                <Badge color="amber" variant="light" className="xanh-badge">
                  {t('simulation.mark')}
                </Badge>
                <PrintButton />
              </Group>
            }
          >
            <Stack gap="xl">
              <Controls state={state} onChange={change} />
              {state.edition === undefined ? (
                <EmptyNote icon={<IconFlask />} title={t('simulation.choose')}>
                  {t('simulation.chooseWhy')}
                </EmptyNote>
              ) : (
                <>
                  <Alert color="amber" variant="light" icon={<IconFlask aria-hidden />}>
                    {t('simulation.isOne', { edition: state.edition })}
                  </Alert>
                  <SimulationFigures state={{ ...state, edition: state.edition }} />
                </>
              )}
            </Stack>
          </Page>
        );
      }}
    </QueryState>
  );
}

function Controls({ state, onChange }: { state: ShareState; onChange: Change }) {
  const { t } = useTranslation();
  const { data: editions = [] } = useQuery(editionsQuery);
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft xanh-no-print">
      <SimpleGrid cols={{ base: 1, sm: 2, lg: 4 }} spacing="md">
        <EditionSelect editions={editions} value={state.edition} onChange={(edition) => onChange({ edition })} />
        <AgencySelect
          label={t('share.agency')}
          placeholder={t('share.wholeCountry')}
          clearable
          clearButtonProps={{ 'aria-label': t('state.clear') }}
          value={state.agency ?? null}
          onChange={(agency) => onChange({ agency: agency ?? undefined })}
        />
        <DayInput
          label={t('period.from')}
          required
          value={state.from}
          onChange={(from) => from !== '' && onChange({ from })}
        />
        <DayInput label={t('period.to')} required value={state.to} onChange={(to) => to !== '' && onChange({ to })} />
      </SimpleGrid>
    </Paper>
  );
}

interface EditionSelectProps {
  editions: PriorityList[];
  value: string | undefined;
  onChange: (edition: string | undefined) => void;
}

function EditionSelect({ editions, value, onChange }: EditionSelectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <NativeSelect
      label={t('simulation.edition')}
      value={value ?? ''}
      onChange={({ currentTarget }) => onChange(currentTarget.value === '' ? undefined : currentTarget.value)}
      data={[
        { value: '', label: t('edition.choose') },
        ...editions.map(({ code, title, status }) => ({
          value: code,
          label: [format.text(title), ...(status === 'draft' ? [t('edition.standing.draft')] : [])].join(' · '),
        })),
      ]}
    />
  );
}
