import { useTranslation } from 'react-i18next';
import { Page } from '../../../ui/page.tsx';
import { useConfirmation } from '../api.ts';
import { OneTimeForm } from '../one-time-form.tsx';

/** Where the letter of a sign-up leads: an account, and a role that may draft. */
export function ConfirmPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('signUp.confirm')} lead={t('signUp.confirmLead')}>
      <OneTimeForm enter={useConfirmation()} emailHint={t('signUp.sameEmail')} label={t('signUp.finish')} />
    </Page>
  );
}
