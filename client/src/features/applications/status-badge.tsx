import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { ApplicationStatus } from '../../../../schemas/types.d.ts';

const colors: Record<ApplicationStatus, string> = {
  draft: 'gray',
  submitted: 'water',
  incomplete: 'amber',
  underEvaluation: 'water',
  clarification: 'amber',
  approved: 'leaf',
  refused: 'clay',
  appealed: 'water',
  appealRejected: 'clay',
  refusalFinal: 'clay',
  withdrawn: 'gray',
  lapsed: 'gray',
};

/** How an application stands, in a word. */
export function ApplicationBadge({ status }: { status: ApplicationStatus }) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" color={colors[status]} className="xanh-badge">
      {t(`application.status.${status}`)}
    </Badge>
  );
}
