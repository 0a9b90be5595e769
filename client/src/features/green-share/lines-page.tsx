import { Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { addQuery } from '../../api/client.ts';
import { meQuery } from '../../api/me.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SignInNote } from '../../ui/sign-in-note.tsx';
import { LinesFound } from './lines-found.tsx';
import { useMayReadLines } from './lines-link.tsx';
import { parts } from './part.ts';
import { groupingOf, readShare, toQuery } from './share-state.ts';

/** The lines behind a figure of the share; the figure stands in the address, its group as `key`. */
export function LinesPage() {
  const { t } = useTranslation();
  const [params] = useSearchParams();
  const me = useQuery(meQuery);
  const mayRead = useMayReadLines();
  return (
    <QueryState query={me}>
      {({ today, actor }) => {
        const state = readShare(params, today);
        const groupBy = groupingOf(params.get('groupBy'));
        const part = parts.find((one) => one === params.get('part')) ?? 'all';
        const key = params.get('key') ?? undefined;
        const share = state.edition === undefined ? '/share' : '/share/simulation';
        return (
          <Page
            title={t(`lines.titleOf.${part}`)}
            lead={t('lines.lead')}
            above={<Crumbs above={{ to: addQuery(share, { ...toQuery(state, {}) }), name: t('share.title') }} />}
          >
            <Stack gap="lg">
              {mayRead ? (
                <LinesFound
                  question={{ ...toQuery(state, { groupBy }), key }}
                  part={part}
                  isOwnOnly={actor?.role === 'officer' && state.agency === undefined}
                />
              ) : (
                <SignInNote icon={<IconLock />} title={t('purchase.readersOnly')} />
              )}
            </Stack>
          </Page>
        );
      }}
    </QueryState>
  );
}
