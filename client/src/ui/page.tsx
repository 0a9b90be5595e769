import { Box, Group, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import type { ReactNode } from 'react';

interface PageProps {
  title: string;
  lead?: ReactNode;
  /** Stands above the heading: where the reader is. */
  above?: ReactNode;
  /** Stands beside the heading: what the reader can do. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page of the house: its heading, its lead and the browser's title. */
export function Page({ title, lead, above, actions, children }: PageProps) {
  useEffect(() => {
    document.title = `${title} · Xanh`;
  }, [title]);
  return (
    <Box className="xanh-page">
      {above}
      <Group justify="space-between" align="flex-start" gap="md" mb={lead === undefined ? 'lg' : 'xl'}>
        <div className="xanh-page-head">
          <Title order={1}>{title}</Title>
          {lead !== undefined && (
            <Text c="dimmed" size="md" maw={680} mt="xs">
              {lead}
            </Text>
          )}
        </div>
        {actions}
      </Group>
      {children}
    </Box>
  );
}
