import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import IconBasketCheck from '@tabler/icons-react/icons/IconBasketCheck';
import IconBasketPlus from '@tabler/icons-react/icons/IconBasketPlus';
import { useTranslation } from 'react-i18next';
import { useFormat } from '../i18n/use-format.ts';
import { addToBasket, removeFromBasket, useBasket } from './basket.ts';
import type { BasketItem } from './basket.ts';

interface AddToBasketProps extends ButtonProps {
  item: BasketItem;
}

/** Puts the product aside for a purchase, or takes it back. */
export function AddToBasket({ item, ...props }: AddToBasketProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const isIn = useBasket().some(({ product }) => product === item.product);
  const Icon = isIn ? IconBasketCheck : IconBasketPlus;
  const words = isIn ? t('basket.in') : t('basket.add');
  return (
    <Button
      variant={isIn ? 'light' : 'default'}
      leftSection={<Icon size={18} aria-hidden />}
      aria-pressed={isIn}
      aria-label={`${words}: ${format.text(item.name)}`}
      onClick={() => (isIn ? removeFromBasket(item.product) : addToBasket(item))}
      {...props}
    >
      {words}
    </Button>
  );
}
