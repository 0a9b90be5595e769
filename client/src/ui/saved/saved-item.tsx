import { ActionIcon, Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import IconLink from '@tabler/icons-react/icons/IconLink';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { notify } from '../notify.ts';
import { notifyWithUndo } from '../notify-undo.tsx';
import { dropSearch, renameSearch, seeSearches } from './saved-store.ts';
import type { SavedSearch } from './saved-store.ts';
import type { News } from './search-news.ts';

interface SavedItemProps {
  search: SavedSearch;
  news: News | undefined;
  onOpen: () => void;
}

/** One kept question: open, share, rename or drop it. */
export function SavedItem({ search, news, onOpen }: SavedItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pathname } = useLocation();
  const [isRenaming, setRenaming] = useState(false);
  const { id, name, query } = search;
  const open = () => {
    if (news) seeSearches([id], news.countedAt);
    onOpen();
  };
  if (isRenaming) return <Rename search={search} onDone={() => setRenaming(false)} />;
  return (
    <li>
      <div className="xanh-saved-name">
        <Anchor component={Link} to={pathname + query} state={{ news }} onClick={open} size="sm" fw={600}>
          {name}
        </Anchor>
        {news && (
          <Text size="sm" c="leaf.8">
            {t('saved.newSince', { count: news.count, at: format.instant(news.since) })}
          </Text>
        )}
      </div>
      <Group gap={2} wrap="nowrap">
        <ActionIcon
          variant="subtle"
          color="gray.8"
          aria-label={t('saved.share', { name })}
          onClick={() => void share(window.location.origin + pathname + query, t('saved.shared'))}
        >
          <IconLink size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray.8"
          aria-label={t('saved.rename', { name })}
          onClick={() => setRenaming(true)}
        >
          <IconPencil size={18} aria-hidden />
        </ActionIcon>
        <ActionIcon
          variant="subtle"
          color="gray.8"
          aria-label={t('saved.drop', { name })}
          onClick={() => notifyWithUndo(t('saved.dropped', { name }), dropSearch(id))}
        >
          <IconTrash size={18} aria-hidden />
        </ActionIcon>
      </Group>
    </li>
  );
}

function Rename({ search, onDone }: { search: SavedSearch; onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(search.name);
  const rename = (event: SyntheticEvent) => {
    event.preventDefault();
    if (name.trim() !== '') renameSearch(search.id, name.trim());
    onDone();
  };
  return (
    <li>
      <form onSubmit={rename} className="xanh-saved-rename">
        <TextInput
          size="sm"
          flex={1}
          aria-label={t('saved.name')}
          maxLength={80}
          data-autofocus
          value={name}
          onChange={({ currentTarget }) => setName(currentTarget.value)}
        />
        <Button type="submit" size="sm">
          {t('saved.renameDone')}
        </Button>
      </form>
    </li>
  );
}

/** Copies the link; a browser that does not let a page copy shows it to be copied by hand. */
async function share(address: string, done: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(address);
    notify(done);
  } catch {
    notify(address);
  }
}
