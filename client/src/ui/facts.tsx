import { Box } from '@mantine/core';
import type { BoxProps } from '@mantine/core';
import type { ReactNode } from 'react';

interface FactsProps extends BoxProps {
  /** Names and values, in order; a fact that is not known is left out. */
  items: ({ name: string; value: ReactNode } | false)[];
}

/** Facts as names and values, side by side where there is room. */
export function Facts({ items, ...props }: FactsProps) {
  return (
    <Box component="dl" className="xanh-facts" {...props}>
      {items.map(
        (item) =>
          item !== false && (
            <div key={item.name}>
              <dt>{item.name}</dt>
              <dd>{item.value}</dd>
            </div>
          ),
      )}
    </Box>
  );
}
