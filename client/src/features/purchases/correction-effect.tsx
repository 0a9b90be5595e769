import { Button, Group, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Purchase, PurchaseLine } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { StatusBadge } from '../../ui/status-badge.tsx';
import { totalsOf } from './amounts.ts';
import { DecisionWords } from './decision-card.tsx';

interface CorrectionEffectProps {
  purchase: Purchase;
  line: PurchaseLine;
  replacement: PurchaseLine;
  isBusy: boolean;
  onBack: () => void;
  onSave: () => void;
}

/** What the correction will do: the line taken back, the new one with its decision, the sum before and after. */
export function CorrectionEffect({ purchase, line, replacement, isBusy, onBack, onSave }: CorrectionEffectProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { total } = totalsOf(purchase);
  const money = (amount: string) => format.money(amount, purchase.currency);
  const after = String(BigInt(total) - BigInt(line.amountNet) + BigInt(replacement.amountNet));
  return (
    <Stack gap="sm">
      <Title order={3}>{t('correction.effect')}</Title>
      <Text>{t('correction.takesBack', { lineNo: line.lineNo, amount: money(`-${line.amountNet}`) })}</Text>
      <Text component="div">
        {t('correction.adds', { amount: money(replacement.amountNet) })} <StatusBadge decision={replacement.green} />
      </Text>
      <DecisionWords decision={replacement.green} />
      <Text fw={600}>{t('correction.sum', { before: money(total), after: money(after) })}</Text>
      <Group>
        <Button onClick={onSave} loading={isBusy}>
          {t('correction.save')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('preview.back')}
        </Button>
      </Group>
    </Stack>
  );
}
