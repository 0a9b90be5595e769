import { Button } from '@mantine/core';
import type { ButtonProps } from '@mantine/core';
import IconColumns3 from '@tabler/icons-react/icons/IconColumns3';
import { useTranslation } from 'react-i18next';
import type { LocalisedText } from '../../../schemas/types.d.ts';
import { useFormat } from '../i18n/use-format.ts';
import { mostCompared, toggleCompared, useComparison } from './comparison.ts';

interface CompareButtonProps extends ButtonProps {
  product: { id: string; name: LocalisedText };
}

/** Puts the product side by side with others, or takes it away. */
export function CompareButton({ product, ...props }: CompareButtonProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const compared = useComparison();
  const isIn = compared.includes(product.id);
  const isFull = !isIn && compared.length >= mostCompared;
  const words = isIn ? t('compare.in') : t('compare.add');
  return (
    <Button
      variant={isIn ? 'light' : 'subtle'}
      leftSection={<IconColumns3 size={18} aria-hidden />}
      aria-pressed={isIn}
      aria-label={`${words}: ${format.text(product.name)}`}
      title={isFull ? t('compare.full', { most: mostCompared }) : undefined}
      disabled={isFull}
      onClick={() => toggleCompared(product.id)}
      {...props}
    >
      {words}
    </Button>
  );
}
