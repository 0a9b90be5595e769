import { Group, Paper, Stack, Title } from '@mantine/core';
import { useId } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface AccountPartProps {
  title: string;
  /** Stands beside the title: how things stand. */
  state?: ReactNode;
  children: ReactNode;
}

/** A part of the own account under its heading. */
export function AccountPart({ title, state, children }: AccountPartProps) {
  const id = useId();
  return (
    <Paper component="section" p={{ base: 'md', sm: 'xl' }} aria-labelledby={id}>
      <Stack>
        <Group justify="space-between" gap="sm">
          <Title order={2} size="h3" id={id}>
            {title}
          </Title>
          {state}
        </Group>
        {children}
      </Stack>
    </Paper>
  );
}
