import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import IconBookmark from '@tabler/icons-react/icons/IconBookmark';
import { useId, useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'react-router';
import { notify } from '../notify.ts';
import { SavedItem } from './saved-item.tsx';
import { keepSearch, useSaved } from './saved-store.ts';
import type { SavedPage } from './saved-store.ts';
import { useSearchNews } from './search-news.ts';

/** The questions that the reader keeps for this page: the address is the question, the name stays in the browser. */
export function SavedMenu({ page }: { page: SavedPage }) {
  const { t } = useTranslation();
  const title = useId();
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const saved = useSaved().filter((search) => search.page === page);
  const news = useSearchNews(page === 'search' ? saved : []);
  const fresh = [...news.values()].reduce((sum, { count }) => sum + count, 0);
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
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-labelledby={title} maw="calc(100vw - 2rem)">
        <Stack gap="sm">
          <Text id={title} fw={600}>
            {t('saved.title')}
          </Text>
          <Text size="sm" c="dimmed">
            {t(saved.length === 0 ? 'saved.none' : 'saved.here')}
          </Text>
          <ul className="xanh-list xanh-saved">
            {saved.map((search) => (
              <SavedItem key={search.id} search={search} news={news.get(search.id)} onOpen={close} />
            ))}
          </ul>
          <KeepForm page={page} />
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function KeepForm({ page }: { page: SavedPage }) {
  const { t } = useTranslation();
  const { search } = useLocation();
  const [name, setName] = useState('');
  const keep = (event: SyntheticEvent) => {
    event.preventDefault();
    keepSearch({ page, name: name.trim(), query: search });
    notify(t('saved.kept', { name: name.trim() }));
    setName('');
  };
  return (
    <form onSubmit={keep}>
      <Group align="flex-end" gap="xs" wrap="nowrap">
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
