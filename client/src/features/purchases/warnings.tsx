import { Alert, Anchor } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Purchase, PurchaseWarning } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';

/** What a preview asks to look at before the purchase is recorded. */
export function Warnings({ purchase: { warnings } }: { purchase: Purchase }) {
  const { t } = useTranslation();
  if (warnings === undefined) return null;
  return (
    <Alert color="sun" title={t('warning.title')}>
      <ul className="xanh-history">
        {warnings.map((warning, at) => (
          <li key={warning.purchase ?? at}>
            <WarningWords warning={warning} />
          </li>
        ))}
      </ul>
    </Alert>
  );
}

function WarningWords({ warning: { agencyName, purchase } }: { warning: PurchaseWarning }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (purchase === undefined || agencyName === undefined) return t('warning.duplicateElsewhere');
  return (
    <>
      {t('warning.duplicate', { agency: format.text(agencyName) })}{' '}
      <Anchor component={Link} to={`/purchases/${purchase}`} inherit underline="always">
        {t('warning.open')}
      </Anchor>
    </>
  );
}
