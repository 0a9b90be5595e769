import { notifications } from '@mantine/notifications';
import { i18n } from '../i18n/index.ts';

/** Says in the corner of the screen that something is done, or why not. */
export function notify(message: string, isProblem = false): void {
  notifications.show({
    message,
    color: isProblem ? 'clay' : 'leaf',
    closeButtonProps: { 'aria-label': i18n.t('state.close') },
  });
}
