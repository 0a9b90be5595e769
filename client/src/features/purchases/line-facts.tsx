import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PurchaseLine } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { isUnitCode } from '../../ui/unit-codes.ts';

/** What a line says beside its description, in one small line for each. */
export function LineFacts({ line, currency }: { line: PurchaseLine; currency: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { asDelivered, productName, nature, amountGross, vatRate, labelClaim, equivalence, exemption } = line;
  const unit = isUnitCode(line.unit) ? t(`unit.${line.unit}`) : line.unit;
  const delivered = [asDelivered?.brand, asDelivered?.model].filter(Boolean).join(' ');
  const facts = [
    productName !== undefined && format.text(productName) !== line.description && format.text(productName),
    [
      `${format.number(line.quantity)} ${unit}`,
      asDelivered !== undefined && t('line.delivered', { model: delivered }),
      nature !== undefined && t(`nature.${nature}`),
    ]
      .filter(Boolean)
      .join(' · '),
    amountGross !== undefined &&
      t('line.fact.gross', { amount: format.money(amountGross, currency), rate: format.number(vatRate ?? '0') }),
    labelClaim !== undefined && t('line.fact.claim', { ...labelClaim }),
    equivalence !== undefined && t('line.fact.accepted', { by: equivalence.acceptedBy }),
    exemption !== undefined &&
      t('line.fact.exempt', { reason: t(`exemption.code.${exemption.code}`), text: exemption.text }),
  ];
  return (
    <>
      {facts.map(
        (fact, at) =>
          fact !== false && (
            <Text key={[at, fact].join(' ')} size="sm" c="dimmed">
              {fact}
            </Text>
          ),
      )}
    </>
  );
}
