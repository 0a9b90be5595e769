import { useQuery, useQueryClient } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { meQuery } from '../../api/me.ts';
import { Crumbs } from '../../ui/crumbs.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { SignInNote } from '../../ui/sign-in-note.tsx';
import { importQuery, isRunning } from './import-api.ts';
import { ImportFile } from './import-file.tsx';
import { ImportProgress } from './import-progress.tsx';
import { ImportReview } from './import-review.tsx';

/** A ledger from file to purchases: check, correct, record. The job stands in the address, so a reload goes on with it. */
export function ImportPage() {
  const { t } = useTranslation();
  const me = useQuery(meQuery);
  const [params, setParams] = useSearchParams();
  const job = params.get('job');
  return (
    <Page
      title={t('import.title')}
      lead={t('import.lead')}
      above={<Crumbs above={{ to: '/purchases', name: t('purchase.listTitle') }} />}
    >
      <QueryState query={me}>
        {({ actor }) => {
          if (actor?.role !== 'officer') return <SignInNote icon={<IconLock />} title={t('purchase.officersOnly')} />;
          if (job === null) return <ImportFile root={actor.org} onSent={({ id }) => setParams({ job: id })} />;
          return <Job key={job} id={job} onAnother={() => setParams({})} />;
        }}
      </QueryState>
    </Page>
  );
}

function Job({ id, onAnother }: { id: string; onAnother: () => void }) {
  const query = useQuery(importQuery(id));
  const queryClient = useQueryClient();
  const isRecorded = query.data?.status === 'done' && !query.data.dryRun;
  useEffect(() => {
    // What was recorded shows in lists and shares that were read before.
    if (isRecorded) void queryClient.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'import' });
  }, [isRecorded, queryClient]);
  return (
    <QueryState query={query}>
      {(job) =>
        isRunning(job) ? (
          <ImportProgress job={job} />
        ) : (
          <ImportReview key={job.revision} job={job} onAnother={onAnother} />
        )
      }
    </QueryState>
  );
}
