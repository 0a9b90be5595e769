import { ActionIcon, Anchor, Button, Group, Text, TextInput } from '@mantine/core';
import IconLink from '@tabler/icons-react/icons/IconLink';
import IconPencil from '@tabler/icons-react/icons/IconPencil';
import IconTrash from '@tabler/icons-react/icons/IconTrash';
import { useEffect, useRef, useState } from 'react';
import type { ReactNode, Ref, SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'react-router';
import { useFormat } from '../../i18n/use-format.ts';
import { notify } from '../notify.ts';
import { notifyWithUndo } from '../notify-undo.tsx';
import type { SavedSearch } from './saved-store.ts';
import type { News } from './search-news.ts';
import type { Saved } from './use-saved.ts';

interface SavedItemProps {
  search: SavedSearch;
  store: Pick<Saved, 'attempt' | 'rename' | 'drop' | 'see'>;
  news: News | undefined;
  onOpen: () => void;
  onDropped: () => void;
}

/** One kept question: open, share, rename or drop it. */
export function SavedItem({ search, store, news, onOpen, onDropped }: SavedItemProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { pathname } = useLocation();
  const [isRenaming, setRenaming] = useState(false);
  const pencil = useFocusWhenDone(isRenaming);
  const { id, name, query } = search;
  const open = () => {
    if (news) store.see([id], news.countedAt);
    onOpen();
  };
  if (isRenaming) return <Rename search={search} store={store} onDone={() => setRenaming(false)} />;
  return (
    <li>
      <div className="xanh-saved-name">
        <Anchor component={Link} to={pathname + query} state={{ news }} onClick={open} size="sm" fw={600}>
          {name}
        </Anchor>
        {news && (
          <Text size="sm" c="leaf.8">
            {t('saved.newSince', { count: news.count, at: format.moment(news.since) })}
          </Text>
        )}
      </div>
      <Group gap={2} wrap="nowrap">
        <Action
          label={t('saved.share', { name })}
          icon={<IconLink size={18} aria-hidden />}
          onClick={() => void share(window.location.origin + pathname + query, t('saved.shared'))}
        />
        <Action
          ref={pencil}
          label={t('saved.rename', { name })}
          icon={<IconPencil size={18} aria-hidden />}
          onClick={() => setRenaming(true)}
        />
        <Drop search={search} store={store} onDropped={onDropped} />
      </Group>
    </li>
  );
}

function Drop({ search: { id, name }, store, onDropped }: Pick<SavedItemProps, 'search' | 'store' | 'onDropped'>) {
  const { t } = useTranslation();
  const drop = () =>
    store.attempt(async () => {
      const undo = await store.drop(id);
      notifyWithUndo(t('saved.dropped', { name }), () => void bringBack(undo, t('saved.notBack', { name })));
      onDropped();
    });
  return (
    <Action label={t('saved.drop', { name })} icon={<IconTrash size={18} aria-hidden />} onClick={() => void drop()} />
  );
}

interface ActionProps {
  label: string;
  icon: ReactNode;
  onClick: () => void;
  ref?: Ref<HTMLButtonElement>;
}

function Action({ label, icon, ...button }: ActionProps) {
  return (
    <ActionIcon variant="subtle" color="gray.8" aria-label={label} {...button}>
      {icon}
    </ActionIcon>
  );
}

function Rename({ search, store, onDone }: Pick<SavedItemProps, 'search' | 'store'> & { onDone: () => void }) {
  const { t } = useTranslation();
  const [name, setName] = useState(search.name);
  const field = useRef<HTMLInputElement>(null);
  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);
  const rename = async (event: SyntheticEvent) => {
    event.preventDefault();
    const wanted = name.trim();
    if (wanted === '' || wanted === search.name || (await store.attempt(() => store.rename(search.id, wanted))))
      onDone();
  };
  return (
    <li>
      <form onSubmit={(event) => void rename(event)} className="xanh-saved-rename">
        <TextInput
          ref={field}
          size="sm"
          flex={1}
          aria-label={t('saved.name')}
          maxLength={80}
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

/** The button from which renaming began, which has the focus again once it is done. */
function useFocusWhenDone(isRenaming: boolean) {
  const button = useRef<HTMLButtonElement>(null);
  const was = useRef(isRenaming);
  useEffect(() => {
    if (was.current && !isRenaming) button.current?.focus();
    was.current = isRenaming;
  }, [isRenaming]);
  return button;
}

async function bringBack(undo: () => Promise<void>, failed: string): Promise<void> {
  try {
    await undo();
  } catch {
    notify(failed, true);
  }
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
