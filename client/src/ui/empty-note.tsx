import { Paper, Stack, Text, ThemeIcon, Title } from '@mantine/core';
import type { ReactNode } from 'react';

interface EmptyNoteProps {
  icon: ReactNode;
  title: string;
  children?: ReactNode;
}

/** Says that there is nothing here, why, and what to do next. */
export function EmptyNote({ icon, title, children }: EmptyNoteProps) {
  return (
    <Paper p={{ base: 'lg', sm: 'xl' }} className="xanh-empty">
      <Stack align="center" gap="sm" ta="center" maw={560} mx="auto">
        <ThemeIcon size={52} radius="xl" variant="light" aria-hidden>
          {icon}
        </ThemeIcon>
        <Title order={2} size="h3">
          {title}
        </Title>
        {typeof children === 'string' ? <Text c="dimmed">{children}</Text> : children}
      </Stack>
    </Paper>
  );
}
