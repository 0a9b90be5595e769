import { Text } from '@mantine/core';
import IconLinkOff from '@tabler/icons-react/icons/IconLinkOff';
import { useTranslation } from 'react-i18next';
import { EmptyNote } from '../../ui/empty-note.tsx';

/** The page was opened without the one-time part of its link. */
export function LinkMissing() {
  const { t } = useTranslation();
  return (
    <EmptyNote icon={<IconLinkOff size={32} aria-hidden />} title={t('account.noLink')}>
      <Text c="dimmed">{t('account.noLinkWhy')}</Text>
    </EmptyNote>
  );
}
