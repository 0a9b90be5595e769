import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Complaint } from '../../../../schemas/types.d.ts';

const colours = {
  received: 'water',
  withParty: 'amber',
  replied: 'amber',
  upheld: 'clay',
  rejected: 'gray',
  withdrawn: 'gray',
} as const;

/** How a report stands. */
export function ComplaintStatus({ status }: Pick<Complaint, 'status'>) {
  const { t } = useTranslation();
  return (
    <Badge color={colours[status]} variant="light" className="xanh-badge">
      {t(`complaint.status.${status}`)}
    </Badge>
  );
}
