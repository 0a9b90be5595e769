import { Button, Group, Stack, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconScan from '@tabler/icons-react/icons/IconScan';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearchParams } from 'react-router';
import { meQuery } from '../../api/me.ts';
import { DayInput } from '../../ui/day-input.tsx';
import { Page } from '../../ui/page.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { findQuery } from './api.ts';
import { FoundAnswers } from './found-answers.tsx';

/** Looks up what is printed on a box or an offer: is exactly this covered by a label on the day? */
export function FindPage() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { data: me } = useQuery(meQuery);
  const q = params.get('q') ?? '';
  const on = params.get('on') ?? '';
  const result = useQuery(findQuery(q, on));
  const ask = (next: { q: string; on: string }) =>
    setParams(Object.fromEntries(Object.entries(next).filter(([, value]) => value !== '')));
  return (
    <Page title={t('find.title')} lead={t('find.lead')}>
      <Stack gap="xl">
        <AskForm q={q} onAsk={(asked) => ask({ q: asked, on })} />
        <DayInput
          label={t('find.on')}
          maw={280}
          value={on || (me?.today ?? '')}
          onChange={(day) => ask({ q, on: day === me?.today ? '' : day })}
        />
        {q !== '' && (
          <QueryState query={result} blocks={2}>
            {(found) => <FoundAnswers found={found} />}
          </QueryState>
        )}
      </Stack>
    </Page>
  );
}

/** The code, sent with Enter or the button: half a code is another code. */
function AskForm({ q, onAsk }: { q: string; onAsk: (q: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState(q);
  const [shown, setShown] = useState(q);
  // A code that came by a link replaces what stands here; the field stays, and the keyboard in it.
  if (q !== shown) {
    setShown(q);
    setTyped(q);
  }
  return (
    <search>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          onAsk(typed.trim());
        }}
      >
        <Group align="flex-end" gap="sm">
          <TextInput
            flex={1}
            miw={280}
            size="lg"
            maxLength={300}
            label={t('find.box')}
            description={t('find.hint')}
            // Above the field, so that the button stands beside it.
            inputWrapperOrder={['label', 'description', 'input', 'error']}
            value={typed}
            onChange={({ currentTarget }) => setTyped(currentTarget.value)}
            leftSection={<IconScan size={22} aria-hidden />}
          />
          <Button type="submit" size="lg">
            {t('find.ask')}
          </Button>
        </Group>
      </form>
    </search>
  );
}
