import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Complaint } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** Who is to act, and by when; nothing once it is decided. */
export function DueText({ complaint, today }: { complaint: Complaint; today: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const due = dueOf(complaint, today);
  if (due === null) return null;
  return <Text size="sm">{t(`complaint.due.${due.who}`, { day: format.day(due.day) })}</Text>;
}

function dueOf(
  { status, checkDueOn, replyDueOn, decideDueOn }: Complaint,
  today: string,
): { who: 'check' | 'reply' | 'decide'; day: string } | null {
  if (status === 'received') return { who: 'check', day: checkDueOn };
  if (status === 'withParty' && replyDueOn !== undefined && replyDueOn >= today)
    return { who: 'reply', day: replyDueOn };
  if ((status === 'withParty' || status === 'replied') && decideDueOn !== undefined)
    return { who: 'decide', day: decideDueOn };
  return null;
}
