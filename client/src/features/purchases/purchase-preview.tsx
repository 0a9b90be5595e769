import { Button, Group, Paper, Stack, Text, Title } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Purchase } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { AgencyName } from '../../ui/names.tsx';
import { ProblemAlert } from '../../ui/problem-alert.tsx';
import { DecisionCard } from './decision-card.tsx';
import { MissingReason } from './missing-reason.tsx';
import type { TypedExemption } from './missing-reason.tsx';
import { TotalsLine } from './totals-line.tsx';
import { Warnings } from './warnings.tsx';

interface PurchasePreviewProps {
  preview: Purchase;
  isBusy: boolean;
  error: unknown;
  onExempt: (at: number, exemption: TypedExemption) => void;
  onBack: () => void;
  onSave: () => void;
}

/** Each line's decision with its reasons, before anything is written. */
export function PurchasePreview({ preview, isBusy, error, onExempt, onBack, onSave }: PurchasePreviewProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  return (
    <Stack gap="lg" maw={860}>
      <div>
        <Title order={2} ref={heading} tabIndex={-1}>
          {t('preview.title')}
        </Title>
        <Text c="dimmed">{t('preview.lead')}</Text>
      </div>
      <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
        <Text fw={600}>
          {preview.reference} · {format.day(preview.basisDate)}
        </Text>
        <Text size="sm" c="dimmed" mb="sm">
          <AgencyName code={preview.agency} />
        </Text>
        <TotalsLine purchase={preview} />
      </Paper>
      <Warnings purchase={preview} />
      <Stack component="ul" gap="md" className="xanh-list" aria-label={t('preview.decisions')}>
        {preview.lines.map((line, at) => (
          <DecisionCard key={line.lineNo} line={line} currency={preview.currency}>
            {line.green.reasons.includes('REASON_MISSING') && (
              <MissingReason isBusy={isBusy} onExempt={(exemption) => onExempt(at, exemption)} />
            )}
          </DecisionCard>
        ))}
      </Stack>
      {error !== null && <ProblemAlert error={error} />}
      <Group>
        <Button size="md" onClick={onSave} loading={isBusy}>
          {t('preview.save')}
        </Button>
        <Button size="md" variant="default" onClick={onBack}>
          {t('preview.back')}
        </Button>
      </Group>
    </Stack>
  );
}
