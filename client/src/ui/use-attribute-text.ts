import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { GroupAttribute, Product } from '../../../schemas/types.d.ts';
import { useFormat } from '../i18n/use-format.ts';

type Attributed = Pick<Product, 'attributes' | 'attributesEntered'>;

/** What a product says of one attribute, in words; nothing where it says none. */
export function useAttributeText(): (attribute: GroupAttribute, product: Attributed) => string | undefined {
  const { t } = useTranslation();
  const format = useFormat();
  return useMemo(
    () => (attribute, product) => {
      const { key, type, unit, codes = [], accepts = [] } = attribute;
      const value = product.attributes?.[key];
      if (value === undefined) return undefined;
      if (type === 'boolean') return value === true ? t('state.yes') : t('state.no');
      if (type === 'code') {
        const code = codes.find((known) => known.value === value);
        return code ? format.text(code.name) : String(value);
      }
      const own = measure(format.number(Math.round(Number(value) * 100) / 100), unit?.symbol);
      const entered = product.attributesEntered?.[key];
      if (entered === undefined) return own;
      const symbol = accepts.find((other) => other.unit.code === entered.unit)?.unit.symbol ?? entered.unit;
      return t('attribute.entered', { value: own, entered: measure(format.number(entered.value), symbol) });
    },
    [t, format],
  );
}

function measure(number: string, symbol: string | undefined): string {
  return symbol ? `${number} ${symbol}` : number;
}
