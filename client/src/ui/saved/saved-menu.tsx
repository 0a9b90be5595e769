import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconBookmark from '@tabler/icons-react/icons/IconBookmark';
import { useId, useRef, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { notify } from '../notify.ts';
import { ProblemAlert } from '../problem-alert.tsx';
import { Waiting } from '../query-state.tsx';
import { SavedItem } from './saved-item.tsx';
import type { SavedPage } from './saved-store.ts';
import { useSearchNews } from './search-news.ts';
import type { News } from './search-news.ts';
import { TakeAlong } from './take-along.tsx';
import { useSaved } from './use-saved.ts';
import type { Saved } from './use-saved.ts';

/** The questions that the reader keeps for this page: the address is the question, the name is the reader's. */
export function SavedMenu({ page }: { page: SavedPage }) {
  const { t } = useTranslation();
  const title = useId();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const kept = useSaved();
  const saved = kept.saved.filter((search) => search.page === page);
  const news = useSearchNews(page === 'search' ? saved : [], kept.see);
  const fresh = [...news.values()].reduce((sum, { count }) => sum + count, 0);
  const waiting = kept.waiting?.searches.length ?? 0;
  return (
    <Popover
      opened={isOpen}
      onChange={(next) => !next && close()}
      position="bottom-end"
      width={340}
      trapFocus
      returnFocus
    >
      <Popover.Target>
        <Button
          variant="default"
          className="xanh-no-print"
          leftSection={<IconBookmark size={18} aria-hidden />}
          onClick={toggle}
        >
          {saved.length === 0 ? t('saved.title') : `${t('saved.title')} (${saved.length})`}
          {fresh > 0 && ` · ${t('saved.new', { count: fresh })}`}
          {waiting > 0 && ` · ${t('saved.waiting', { count: waiting })}`}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={title} maw="calc(100vw - 2rem)">
        <SavedList kept={{ ...kept, saved }} title={title} news={news} onOpen={close} />
        {!kept.isLoading && <KeepForm page={page} kept={kept} />}
      </Popover.Dropdown>
    </Popover>
  );
}

interface SavedListProps {
  kept: Saved;
  title: string;
  news: ReadonlyMap<string, News>;
  onOpen: () => void;
}

function SavedList({ kept, title, news, onOpen }: SavedListProps) {
  const { t } = useTranslation();
  const heading = useRef<HTMLParagraphElement>(null);
  // What had the focus is gone with what it did: the keyboard goes on from the top of the list.
  const toTop = () => heading.current?.focus();
  const { saved, where, waiting, attempt } = kept;
  return (
    <Stack gap="sm">
      <Text id={title} ref={heading} tabIndex={-1} fw={600}>
        {t('saved.title')}
      </Text>
      {kept.error !== null && <ProblemAlert error={kept.error} {...(kept.retry && { onRetry: kept.retry })} />}
      {waiting !== null && <TakeAlong waiting={waiting} attempt={attempt} onDone={toTop} />}
      {kept.isLoading ? (
        <Waiting blocks={1} />
      ) : (
        <Text size="sm" c="dimmed">
          {t(`saved.${saved.length === 0 ? 'none' : 'kept'}.${where}`)}
        </Text>
      )}
      <ul className="xanh-list xanh-saved">
        {saved.map((search) => (
          <SavedItem
            key={search.id}
            search={search}
            store={kept}
            news={news.get(search.id)}
            onOpen={onOpen}
            onDropped={toTop}
          />
        ))}
      </ul>
    </Stack>
  );
}

function KeepForm({ page, kept: { keep, attempt } }: { page: SavedPage; kept: Saved }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [name, setName] = useState('');
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!(await attempt(() => keep({ page, name: name.trim(), query: search })))) return;
    notify(t('saved.done', { name: name.trim() }));
    setName('');
  };
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Group align="flex-end" gap="xs" wrap="nowrap" mt="sm">
        <TextInput
          label={t('saved.name')}
          required
          maxLength={80}
          flex={1}
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" disabled={name.trim() === ''}>
          {t('saved.keep')}
        </Button>
      </Group>
    </form>
  );
}
