import {
  Alert,
  Button,
  Chip,
  Fieldset,
  Group,
  Paper,
  SegmentedControl,
  Stack,
  Text,
  Textarea,
  Title,
} from '@mantine/core';
import { useState } from 'react';
import type { SyntheticEvent } from 'react';
import { useTranslation } from 'react-i18next';
import type { Complaint, ComplaintEventType, ComplaintReason } from '../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../api/idempotency-key.ts';
import { notify } from '../../ui/notify.ts';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { useComplaintEvent } from './api.ts';

const order: readonly ComplaintEventType[] = ['forwarded', 'replied', 'upheld', 'rejected', 'withdrawn'];
const reasons: Partial<Record<ComplaintEventType, readonly ComplaintReason[]>> = {
  upheld: ['dataWrong', 'labelMisused', 'criteriaNotMet', 'notAsRecorded', 'interest', 'other'],
  rejected: ['notProven', 'alreadyCorrected', 'notIdentified', 'outOfScope', 'duplicate', 'abusive', 'other'],
};

/** What the caller may do with a report now: forward it, reply, decide with reasons, withdraw it. */
export function CaseActions({ complaint: { id, possible } }: { complaint: Complaint }) {
  const { t } = useTranslation();
  const [key] = useState(createIdempotencyKey);
  const offered = order.filter((type) => possible?.includes(type));
  const [chosen, choose] = useState<ComplaintEventType>(offered[0] ?? 'withdrawn');
  const [text, setText] = useState('');
  const [codes, setCodes] = useState<string[]>([]);
  const record = useComplaintEvent(id, () => notify(t(`complaint.done.${chosen}`)));
  const offeredReasons = reasons[chosen];
  const needsText = chosen !== 'forwarded' && chosen !== 'withdrawn';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    record.mutate({
      event: {
        type: chosen,
        ...(needsText && { text: text.trim() }),
        ...(offeredReasons && { reasons: codes as ComplaintReason[] }),
      },
      key,
    });
  };
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="form" onSubmit={submit} aria-label={t('complaint.act')}>
      <Stack>
        <Title order={2} size="h3">
          {offered.length === 1 ? t(`complaint.do.${chosen}`) : t('complaint.act')}
        </Title>
        {offered.length > 1 && (
          <SegmentedControl
            aria-label={t('complaint.act')}
            value={chosen}
            onChange={(type) => {
              choose(type);
              setCodes([]);
            }}
            data={offered.map((type) => ({ value: type, label: t(`complaint.do.${type}`) }))}
            w="fit-content"
            maw="100%"
          />
        )}
        <Text size="sm" c="dimmed">
          {t(`complaint.effect.${chosen}`)}
        </Text>
        {offeredReasons && <Reasons offered={offeredReasons} codes={codes} onChange={setCodes} />}
        {needsText && (
          <Textarea
            label={t(chosen === 'replied' ? 'complaint.reply' : 'complaint.decisionText')}
            required
            autosize
            minRows={3}
            maxLength={5000}
            value={text}
            onChange={({ currentTarget }) => setText(currentTarget.value)}
          />
        )}
        {offeredReasons && (
          <Alert color="amber" variant="light">
            {t('complaint.isFinal')}
          </Alert>
        )}
        {record.isError && <ProblemAlert error={record.error} />}
        <Group>
          <Button
            type="submit"
            loading={record.isPending}
            disabled={offeredReasons !== undefined && codes.length === 0}
            color={chosen === 'upheld' || chosen === 'withdrawn' ? 'clay' : 'leaf'}
          >
            {t(`complaint.do.${chosen}`)}
          </Button>
        </Group>
      </Stack>
    </Paper>
  );
}

interface ReasonsProps {
  offered: readonly ComplaintReason[];
  codes: string[];
  onChange: (codes: string[]) => void;
}

function Reasons({ offered, codes, onChange }: ReasonsProps) {
  const { t } = useTranslation();
  return (
    <Fieldset variant="unstyled" legend={t('complaint.reasons')}>
      <Chip.Group multiple value={codes} onChange={onChange}>
        <Group gap="xs" mt={4}>
          {offered.map((code) => (
            <Chip key={code} value={code}>
              {t(`complaint.reason.${code}`)}
            </Chip>
          ))}
        </Group>
      </Chip.Group>
    </Fieldset>
  );
}
