import { Button } from '@mantine/core';
import IconMapOff from '@tabler/icons-react/icons/IconMapOff';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { EmptyNote } from './empty-note.tsx';
import { Page } from './page.tsx';

/** There is no such page. */
export function NotFoundPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('notFound.title')}>
      <EmptyNote icon={<IconMapOff />} title={t('notFound.what')}>
        <Button component={Link} to="/">
          {t('notFound.home')}
        </Button>
      </EmptyNote>
    </Page>
  );
}
