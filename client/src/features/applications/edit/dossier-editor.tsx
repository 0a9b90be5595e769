import { Button, Group, Stack, Stepper } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../../schemas/types.d.ts';
import { useAddress } from '../../../ui/use-address.ts';
import { DetailsFields } from './details-fields.tsx';
import { EvidenceStep } from './evidence-step.tsx';
import { ReviewStep } from './review-step.tsx';
import { SavingNote } from './saving-note.tsx';
import { useDraft } from './use-draft.ts';
import { useAttachments } from './use-attachments.ts';

const last = 2;

/** An application that can be changed, step by step: details, files, review and submission; saved as one types. */
export function DossierEditor({ application, today }: { application: Application; today: string }) {
  const { t } = useTranslation();
  const [params, set] = useAddress();
  const draft = useDraft(application);
  const uploads = useAttachments(application.id, draft);
  const step = Math.min(last, Math.max(0, Number(params.get('step') ?? 1) - 1));
  const goTo = (next: number) => set({ step: String(next + 1) });
  const isAnswer = application.status === 'clarification';
  return (
    <Stack gap="lg">
      <Stepper
        active={step}
        onStepClick={goTo}
        size="sm"
        className="xanh-steps"
        aria-label={t('application.editSteps')}
      >
        <Stepper.Step label={t('application.editStep.details')} />
        <Stepper.Step label={t('application.editStep.files')} />
        <Stepper.Step label={t(isAnswer ? 'application.editStep.answer' : 'application.editStep.review')} />
      </Stepper>
      {step === 0 && <DetailsFields application={application} draft={draft} />}
      {step === 1 && <EvidenceStep application={application} draft={draft} uploads={uploads} today={today} />}
      {step === last && <ReviewStep application={application} draft={draft} today={today} onStep={goTo} />}
      <Group className="xanh-save-bar">
        {step > 0 && (
          <Button variant="default" onClick={() => goTo(step - 1)}>
            {t('application.backStep')}
          </Button>
        )}
        {step < last && <Button onClick={() => goTo(step + 1)}>{t('application.nextStep')}</Button>}
        <SavingNote draft={draft} />
      </Group>
    </Stack>
  );
}
