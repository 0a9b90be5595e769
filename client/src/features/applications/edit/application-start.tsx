import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../schemas/types.d.ts';
import { Facts } from '../../../ui/facts.tsx';
import { OrganisationName, SchemeName } from '../../../ui/names.tsx';

/** What was chosen when the draft was begun, which stays. */
export function ApplicationStart({ application }: { application: Application }) {
  const { t } = useTranslation();
  const { kind, scheme, applicant, procedure } = application;
  return (
    <Facts
      items={[
        { name: t('application.kindLabel'), value: t(`application.kind.${kind}`) },
        scheme !== undefined && { name: t('facet.scheme'), value: <SchemeName code={scheme} /> },
        { name: t('application.applicant'), value: <OrganisationName code={applicant} /> },
        {
          name: t('application.procedureLabel'),
          value: t(`application.procedure.${procedure}`),
        },
      ]}
    />
  );
}
