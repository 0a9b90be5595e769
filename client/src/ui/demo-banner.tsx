import { Container } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { meQuery } from '../api/me.ts';

/** Says on every page that the register holds fictional data. */
export function DemoBanner() {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  if (me?.demo !== true) return null;
  return (
    <aside className="xanh-demo" aria-label={t('demo.label')}>
      <Container size={1200}>
        <b>{t('demo.label')}</b> {t('demo.what')}
      </Container>
    </aside>
  );
}
