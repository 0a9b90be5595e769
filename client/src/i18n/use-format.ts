import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { LocalisedText } from '../../../schemas/types.d.ts';
import * as format from './format.ts';
import type { Language } from './index.ts';

/** Numbers, money, days and texts in the language of the screen. */
export function useFormat() {
  const { i18n } = useTranslation();
  const language: Language = i18n.language === 'en' ? 'en' : 'vi';
  return useMemo(
    () => ({
      language,
      money: (amount: string, currency = 'VND') =>
        currency === 'VND'
          ? format.formatMoney(amount, language)
          : format.formatForeignMoney(amount, currency, language),
      shortMoney: (amount: string) => format.formatShortMoney(amount, language),
      number: (value: string | number) => format.formatNumber(value, language),
      percent: (ratio: string | number) => format.formatPercent(ratio, language),
      share: (ratio: string | number) => format.formatShare(ratio, language),
      day: (day: string) => format.formatDay(day, language),
      instant: (instant: string) => format.formatInstant(instant, language),
      moment: (instant: string) => format.formatMoment(instant, language),
      text: (text: LocalisedText) => format.pickText(text, language),
    }),
    [language],
  );
}
