import { Button, Paper, Stack } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { MeActor } from '../../../../../schemas/types.d.ts';
import { meQuery } from '../../../api/me.ts';
import { organisationQuery, schemesQuery } from '../../../api/reference.ts';
import { certificateQuery } from '../../../api/registry.ts';
import { EventForm } from './event-form.tsx';

interface CertificateEventsProps {
  id: string;
  scheme: string;
  today: string;
}

/** The way to record an event, for whoever writes in the scheme: a body for its own, the operator as transcriber. */
export function CertificateEvents({ id, scheme: code, today }: CertificateEventsProps) {
  const { t } = useTranslation();
  const { data: me } = useQuery(meQuery);
  const isTheirs = useIsTheirs(me?.actor ?? null, code);
  const [isOpen, { toggle, close }] = useDisclosure(false);
  const { data: schemes } = useQuery(schemesQuery);
  const { data: certificate } = useQuery({ ...certificateQuery(id), enabled: isOpen });
  const scheme = schemes?.find((one) => one.code === code);
  if (!isTheirs || scheme === undefined) return null;
  return (
    <Stack mt="md" gap="sm" className="xanh-no-print">
      <Button variant="default" w="fit-content" aria-expanded={isOpen} onClick={toggle}>
        {t('event.record')}
      </Button>
      {isOpen && certificate !== undefined && (
        <Paper p={{ base: 'md', sm: 'lg' }} className="xanh-soft">
          <EventForm
            key={certificate.revision}
            certificate={certificate}
            scheme={scheme}
            today={today}
            onDone={close}
          />
        </Paper>
      )}
    </Stack>
  );
}

function useIsTheirs(actor: MeActor | null, scheme: string): boolean {
  const isBody = actor?.role === 'certifier';
  const { data: body } = useQuery({ ...organisationQuery(actor?.org ?? ''), enabled: isBody });
  if (actor?.role === 'operator') return true;
  return isBody && (body?.mayCertify ?? []).some((mandate) => mandate.scheme === scheme);
}
