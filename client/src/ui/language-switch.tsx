import { Button } from '@mantine/core';
import { switchLanguage } from '../i18n/index.ts';
import { useFormat } from '../i18n/use-format.ts';

const others = {
  vi: { language: 'en', name: 'English' },
  en: { language: 'vi', name: 'Tiếng Việt' },
} as const;

/** Offers the language that the screen is not in, in that language. */
export function LanguageSwitch() {
  const { language, name } = others[useFormat().language];
  return (
    <Button variant="subtle" color="gray.8" px="xs" lang={language} onClick={() => void switchLanguage(language)}>
      {name}
    </Button>
  );
}
