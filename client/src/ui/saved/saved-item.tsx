import { ActionIcon, Anchor, Button, Group, TextInput } from '@mantine/core';
import IconLink from '@tabler/icons-react/icons/IconLink';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { notify } from '../notify.ts';
import { notifyWithUndo } from '../notify-undo.tsx';
import { dropSearch, renameSearch } from './saved-store.ts';
import type { SavedSearch } from './saved-store.ts';

interface SavedItemProps {
  search: SavedSearch;
  onOpen: () => void;
}

/** One kept question: open, share, rename or drop it. */
export function SavedItem({ search, onOpen }: SavedItemProps) {
  const { t } = useTranslation();
  const { pathname } = useLocation();
  const [isRenaming, setRenaming] = useState(false);
  const { id, name, query } = search;
  if (isRenaming) return <Rename search={search} onDone={() => setRenaming(false)} />;
  return (
    <li>
      <Anchor component={Link} to={pathname + query} onClick={onOpen} size="sm" fw={600} className="xanh-saved-name">
        {name}
      </Anchor>
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
