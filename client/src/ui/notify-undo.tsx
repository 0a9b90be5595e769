import { Button, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { i18n } from '../i18n/index.ts';

/** Says that something is gone, with a button that brings it back while the message stands. */
export function notifyWithUndo(message: string, onUndo: () => void): void {
  const id = notifications.show({
    message: (
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{message}</Text>
        <Button
          size="compact-sm"
          variant="default"
          flex="none"
          onClick={() => {
            onUndo();
            notifications.hide(id);
          }}
        >
          {i18n.t('state.undo')}
        </Button>
      </Group>
    ),
    color: 'leaf',
    autoClose: 12_000,
    closeButtonProps: { 'aria-label': i18n.t('state.close') },
  });
}
