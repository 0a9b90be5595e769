import { Button, Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { groupsQuery } from '../../api/reference.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { notifyWithUndo } from '../../ui/notify-undo.tsx';
import { newEntry } from './draft-values.ts';
import { EntryEditor } from './entry-editor.tsx';
import type { EntriesForm } from './use-draft-form.ts';

/** The groups of a draft: put on, changed, taken off. */
export function EntriesEditor({ form }: { form: EntriesForm }) {
  const { t } = useTranslation();
  const { entries } = form.values;
  const remove = (at: number, name: string) => {
    const removed = entries[at];
    form.removeListItem('entries', at);
    notifyWithUndo(t('edition.removed', { name }), () => {
      if (removed !== undefined) form.insertListItem('entries', removed, at);
    });
  };
  return (
    <Stack gap="md">
      {entries.map((entry, at) => (
        <EntryEditor key={entry.group} form={form} at={at} onRemove={(name) => remove(at, name)} />
      ))}
      <AddEntry
        taken={new Set(entries.map(({ group }) => group))}
        onAdd={(group) => form.insertListItem('entries', newEntry(group))}
      />
    </Stack>
  );
}

function AddEntry({ taken, onAdd }: { taken: Set<string>; onAdd: (group: string) => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { data: groups = [] } = useQuery(groupsQuery);
  const [group, setGroup] = useState<string | null>(null);
  return (
    <Group align="flex-end">
      <Select
        label={t('edition.addGroup')}
        placeholder={t('edition.findGroup')}
        searchable
        w={380}
        maw="100%"
        nothingFoundMessage={t('state.nothing')}
        value={group}
        onChange={setGroup}
        data={groups
          .filter(({ code }) => !taken.has(code))
          .map(({ code, name }) => ({ value: code, label: format.text(name) }))}
      />
      <Button
        variant="default"
        leftSection={<IconPlus size={18} aria-hidden />}
        disabled={group === null}
        onClick={() => {
          if (group !== null) onAdd(group);
          setGroup(null);
        }}
      >
        {t('edition.add')}
      </Button>
    </Group>
  );
}
