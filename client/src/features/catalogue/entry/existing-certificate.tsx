import { Alert, Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { certificateQuery } from '../../../api/registry.ts';

/** The certificate that has the number already, and the way to it. */
export function ExistingCertificate({ id }: { id: string }) {
  const { t } = useTranslation();
  const { data: certificate } = useQuery(certificateQuery(id));
  return (
    <Alert color="amber" variant="light" role="alert" title={t('certificateEntry.exists')}>
      {t('certificateEntry.existsWhy')}{' '}
      <Anchor component={Link} to={`/certificates/${id}`} inherit fw={600} underline="always">
        {t('certificate.titleOf', { number: certificate?.number ?? id })}
      </Anchor>
    </Alert>
  );
}
