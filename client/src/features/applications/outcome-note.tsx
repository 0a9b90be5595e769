import { Alert, Text } from '@mantine/core';
import IconRosetteDiscountCheck from '@tabler/icons-react/icons/IconRosetteDiscountCheck';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../schemas/types.d.ts';
import { useFormat } from '../../i18n/use-format.ts';
import { CertificateName } from './dossier-facts.tsx';

/** What the applicant has to know first: what is asked or missing, what was decided and why, what came of it. */
export function OutcomeNote({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { status, events, decision } = application;
  if (status === 'approved') return <Approved application={application} />;
  if (status === 'incomplete') {
    const notice = events.findLast(({ type }) => type === 'foundIncomplete');
    const items = (notice?.items ?? []).map((item) => t(`application.item.${item}`)).join(', ');
    return <Said color="amber" title={t('application.isIncomplete', { items })} text={notice?.text} />;
  }
  if (status === 'clarification') {
    const question = events.findLast(({ type }) => type === 'asked');
    return <Said color="amber" title={t('application.isAsked')} text={question?.text} />;
  }
  if (decision?.result !== 'refused') return null;
  const reasons = decision.reasons.map((reason) => t(`application.reason.${reason}`)).join('; ');
  return <Said color="clay" title={t('application.isRefused', { reasons })} text={decision.text} />;
}

function Said({ color, title, text }: { color: string; title: string; text: string | undefined }) {
  return (
    <Alert color={color} variant="light" title={title}>
      {text !== undefined && <Text className="xanh-quote">{text}</Text>}
    </Alert>
  );
}

function Approved({ application: { outcome, decision, kind } }: { application: Application }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (outcome?.problem !== undefined)
    return <Said color="clay" title={t('application.notRegistered')} text={outcome.problem} />;
  return (
    <Alert
      color="leaf"
      variant="light"
      icon={<IconRosetteDiscountCheck aria-hidden />}
      title={t('application.isApproved', { day: format.day(decision?.on ?? '') })}
    >
      {!outcome && <Text>{t('application.registering')}</Text>}
      {outcome?.certificate !== undefined && (
        <Text>
          {t('application.inRegister')} <CertificateName id={outcome.certificate} />
        </Text>
      )}
      {outcome && outcome.certificate === undefined && kind === 'listing' && <Text>{t('application.isListed')}</Text>}
      {decision?.text !== undefined && <Text className="xanh-quote">{decision.text}</Text>}
    </Alert>
  );
}
