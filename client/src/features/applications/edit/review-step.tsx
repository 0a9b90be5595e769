import { Alert, Anchor, List, Paper, Stack, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../schemas/types.d.ts';
import { useFormat } from '../../../i18n/use-format.ts';
import { EventForm } from '../act/event-form.tsx';
import { DossierFacts } from '../dossier-facts.tsx';
import type { Draft } from './use-draft.ts';

interface ReviewStepProps {
  application: Application;
  draft: Draft;
  today: string;
  onStep: (step: number) => void;
}

/** The last step: everything once more, what is still missing, and the submission or the answer. */
export function ReviewStep({ application, draft, today, onStep }: ReviewStepProps) {
  const { t } = useTranslation();
  const format = useFormat();
  const { checklist = [], possible = [], products = [], kind } = application;
  const lacking = checklist.filter(({ present }) => !present);
  const type = possible.includes('answered') ? 'answered' : 'submitted';
  const isShort = lacking.length > 0 || (products.length === 0 && kind !== 'details');
  return (
    <Stack gap="lg" maw={860}>
      <Paper p={{ base: 'md', sm: 'lg' }}>
        <DossierFacts application={application} />
      </Paper>
      {isShort ? (
        <Alert color="amber" variant="light" title={t('application.stillMissing')}>
          <List size="sm">
            {products.length === 0 && kind !== 'details' && (
              <List.Item>
                <Anchor component="button" type="button" onClick={() => onStep(0)}>
                  {t('application.noProduct')}
                </Anchor>
              </List.Item>
            )}
            {lacking.map(({ kind: item, name, fault }) => (
              <List.Item key={item}>
                <Anchor
                  component="button"
                  type="button"
                  ta="start"
                  className="xanh-line-button"
                  onClick={() => onStep(1)}
                >
                  {format.text(name)}
                </Anchor>
                {fault !== undefined && fault !== 'MISSING_ITEM' && ` · ${t(`application.fault.${fault}`)}`}
              </List.Item>
            ))}
          </List>
        </Alert>
      ) : (
        <Text>{t('application.complete')}</Text>
      )}
      {!isShort && possible.includes(type) && (
        <EventForm type={type} application={application} today={today} before={() => draft.flush()} />
      )}
    </Stack>
  );
}
