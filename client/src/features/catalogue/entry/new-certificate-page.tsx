import { useQuery } from '@tanstack/react-query';
import IconLock from '@tabler/icons-react/icons/IconLock';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { LabelScheme, MeActor } from '../../../../../schemas/types.d.ts';
import { createIdempotencyKey } from '../../../api/idempotency-key.ts';
import { mayRegister } from '../../../api/may-enter.ts';
import { Crumbs } from '../../../ui/crumbs.tsx';
import { EmptyNote } from '../../../ui/empty-note.tsx';
import { notify } from '../../../ui/notify.ts';
import { OnlyFor } from '../../../ui/only-for.tsx';
import { Page } from '../../../ui/page.tsx';
import { QueryState } from '../../../ui/query-state.tsx';
import { certifiableQuery, useRegisterCertificate } from './api.ts';
import { CertificateForm } from './certificate-form.tsx';
import { toCertificateInput } from './certificate-values.ts';
import { useCertificateForm } from './use-certificate-form.ts';

/** Registers a certificate: a body in its own schemes, the operator as transcriber in every one. */
export function NewCertificatePage() {
  const { t } = useTranslation();
  return (
    <Page
      title={t('certificateEntry.title')}
      lead={t('certificateEntry.lead')}
      above={<Crumbs above={{ to: '/certificates', name: t('register.title') }} />}
    >
      <OnlyFor may={mayRegister} title={t('certificateEntry.whoEnters')}>
        {(actor, today) => <OwnSchemes key={actor.id} actor={actor} today={today} />}
      </OnlyFor>
    </Page>
  );
}

function OwnSchemes({ actor, today }: { actor: MeActor; today: string }) {
  const { t } = useTranslation();
  const schemes = useQuery(certifiableQuery(actor));
  return (
    <QueryState query={schemes}>
      {(own) =>
        own.length === 0 ? (
          <EmptyNote icon={<IconLock />} title={t('certificateEntry.noMandate')}>
            {t('certificateEntry.noMandateWhy')}
          </EmptyNote>
        ) : (
          <Entry schemes={own} isTranscribed={actor.role === 'operator'} today={today} />
        )
      }
    </QueryState>
  );
}

interface EntryProps {
  schemes: LabelScheme[];
  isTranscribed: boolean;
  today: string;
}

function Entry({ schemes, isTranscribed, today }: EntryProps) {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const form = useCertificateForm(schemes);
  const [key] = useState(createIdempotencyKey);
  const register = useRegisterCertificate(({ id }) => {
    notify(t('certificateEntry.entered'));
    void navigate(`/certificates/${id}`);
  });
  const save = () =>
    register.mutate(
      { input: toCertificateInput(form.values, form.scheme, isTranscribed), key },
      { onError: form.refuse },
    );
  return (
    <CertificateForm
      form={form}
      schemes={schemes}
      isTranscribed={isTranscribed}
      today={today}
      isBusy={register.isPending}
      error={register.error}
      onSubmit={save}
    />
  );
}
