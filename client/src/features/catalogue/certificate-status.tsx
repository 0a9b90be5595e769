import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Certificate, Validity } from '../../../../schemas/types.d.ts';

const colours: Record<Certificate['status'], string> = {
  valid: 'leaf.8',
  notYetValid: 'water',
  ended: 'gray',
  suspended: 'amber',
  surrendered: 'clay',
  revoked: 'clay',
};

/** What is no fault of the certificate is not alarming. */
const dayColours: Partial<Record<Validity['reason'], string>> = {
  NOT_YET_VALID: 'water',
  ENDED: 'gray',
  SUSPENDED: 'amber',
};

/** Where a certificate stands today. */
export function CertificateStatus({ status }: { status: Certificate['status'] }) {
  const { t } = useTranslation();
  return (
    <Badge color={colours[status]} variant={status === 'valid' ? 'filled' : 'light'} className="xanh-badge">
      {t(`certificate.status.${status}`)}
    </Badge>
  );
}

/** Whether it was valid on the day that was asked for, and why not. */
export function DayStatus({ validity }: { validity: Pick<Validity, 'valid' | 'reason'> }) {
  const { t } = useTranslation();
  return (
    <Badge
      color={validity.valid ? 'leaf.8' : (dayColours[validity.reason] ?? 'clay')}
      variant={validity.valid ? 'filled' : 'light'}
      className="xanh-badge"
    >
      {t(`label.reason.${validity.reason}`)}
    </Badge>
  );
}
