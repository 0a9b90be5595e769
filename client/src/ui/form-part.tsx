import { Fieldset, Paper, Stack, Text } from '@mantine/core';
import type { ReactNode } from 'react';

/** Fields of a long form that belong together, under a title. */
export function FormPart({ title, hint, children }: { title: string; hint?: string; children: ReactNode }) {
  return (
    <Paper p={{ base: 'md', sm: 'xl' }}>
      <Fieldset variant="unstyled" legend={title} className="xanh-fieldset">
        <Stack>
          {hint !== undefined && (
            <Text size="sm" c="dimmed">
              {hint}
            </Text>
          )}
          {children}
        </Stack>
      </Fieldset>
    </Paper>
  );
}
