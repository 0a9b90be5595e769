import { Button, Collapse } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import type { ReactNode } from 'react';

interface MoreProps {
  label: string;
  /** It is open at first where something in it is filled in already. */
  isOpenAtFirst?: boolean;
  children: ReactNode;
}

/** What few need, behind a button that says so. */
export function More({ label, isOpenAtFirst = false, children }: MoreProps) {
  const [isOpen, { toggle }] = useDisclosure(isOpenAtFirst);
  return (
    <>
      <Button
        variant="subtle"
        size="compact-sm"
        w="fit-content"
        className="xanh-flush"
        aria-expanded={isOpen}
        onClick={toggle}
      >
        {label}
      </Button>
      <Collapse expanded={isOpen} keepMounted={false}>
        {children}
      </Collapse>
    </>
  );
}
