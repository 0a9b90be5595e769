import { useTranslation } from 'react-i18next';
import { Page } from '../../ui/page.tsx';
import { useAcceptance } from './api.ts';
import { OneTimeForm } from './one-time-form.tsx';

/** Where the link of an invitation leads. */
export function InvitationPage() {
  const { t } = useTranslation();
  return (
    <Page title={t('account.invitation')} lead={t('account.invitationLead')}>
      <OneTimeForm enter={useAcceptance()} emailHint={t('account.invitedEmail')} label={t('account.accept')} />
    </Page>
  );
}
