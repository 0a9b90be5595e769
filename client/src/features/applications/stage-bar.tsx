import { Paper, VisuallyHidden } from '@mantine/core';
import IconCheck from '@tabler/icons-react/icons/IconCheck';
import IconX from '@tabler/icons-react/icons/IconX';
import { useTranslation } from 'react-i18next';
import type { Application } from '../../../../schemas/types.d.ts';
import { DayText } from '../../ui/date-text.tsx';
import { stagesOf } from './stages.ts';

/** How far the application has come on its way. */
export function StageBar({ application }: { application: Application }) {
  const { t } = useTranslation();
  return (
    <Paper p={{ base: 'md', sm: 'lg' }} component="section" aria-label={t('application.stages')}>
      <ol className="xanh-stages">
        {stagesOf(application).map(({ name, state, on }, at) => (
          <li key={name} data-state={state} aria-current={state === 'now' ? 'step' : undefined}>
            <span className="xanh-stage-mark" aria-hidden>
              {state === 'done' && <IconCheck size={16} stroke={3} />}
              {state === 'stopped' && <IconX size={16} stroke={3} />}
              {(state === 'now' || state === 'coming') && at + 1}
            </span>
            <span>
              <b>{t(`application.stage.${name}`)}</b>
              <VisuallyHidden> {t(`application.stageState.${state}`)}</VisuallyHidden>
              {on !== undefined && (
                <small>
                  <DayText day={on} />
                </small>
              )}
            </span>
          </li>
        ))}
      </ol>
    </Paper>
  );
}
