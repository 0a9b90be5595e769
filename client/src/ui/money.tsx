import { Text } from '@mantine/core';
import type { TextProps } from '@mantine/core';
import { useFormat } from '../i18n/use-format.ts';

interface MoneyProps extends TextProps {
  /** Digits in minor units (đồng has none), with a leading minus on a reversal. */
  amount: string;
  /** The currency of the purchase; đồng without it. */
  currency?: string;
}

/** An exact amount in the reader's way, never broken over two lines. */
export function Money({ amount, currency, ...props }: MoneyProps) {
  const { money } = useFormat();
  return (
    <Text span inherit className="xanh-figure" {...props}>
      {money(amount, currency)}
    </Text>
  );
}

/** A large amount in words, with the exact one as its title. */
export function ShortMoney({ amount, ...props }: Omit<MoneyProps, 'currency'>) {
  const { money, shortMoney } = useFormat();
  return (
    <Text span inherit className="xanh-figure" title={money(amount)} {...props}>
      {shortMoney(amount)}
    </Text>
  );
}
