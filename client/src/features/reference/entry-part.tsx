import { Button, Group, Stack, Text } from '@mantine/core';
import IconPlus from '@tabler/icons-react/icons/IconPlus';
import { useState, type ReactNode } from 'react';

interface EntryPartProps<Entry> {
  lead: string;
  newLabel: string;
  isOperator: boolean;
  /** The form for an entry that changes, or for a new one without it. */
  renderForm: (entry: Entry | undefined, onDone: () => void) => ReactNode;
  /** The list, in which an operator may choose an entry to change. */
  children: (onEdit: ((entry: Entry) => void) | undefined) => ReactNode;
}

/** Dated records that the operator enters and changes: what they are, a form while one is edited, and the list. */
export function EntryPart<Entry>({ lead, newLabel, isOperator, renderForm, children }: EntryPartProps<Entry>) {
  const [edited, setEdited] = useState<{ entry: Entry | undefined }>();
  const edit = (entry: Entry) => {
    setEdited({ entry });
    window.scrollTo(0, 0);
  };
  return (
    <Stack gap="lg">
      <Text c="dimmed" maw={680}>
        {lead}
      </Text>
      {isOperator && edited === undefined && (
        <Group>
          <Button leftSection={<IconPlus size={18} aria-hidden />} onClick={() => setEdited({ entry: undefined })}>
            {newLabel}
          </Button>
        </Group>
      )}
      {edited !== undefined && renderForm(edited.entry, () => setEdited(undefined))}
      {children(isOperator ? edit : undefined)}
    </Stack>
  );
}
