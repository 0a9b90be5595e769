import { Button, Group, Paper, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { notify } from '../notify.ts';
import type { Saved, Waiting } from './use-saved.ts';

const named = 3;

interface TakeAlongProps {
  waiting: Waiting;
  attempt: Saved['attempt'];
  onDone: () => void;
}

/** Offers to take what the browser keeps into the account. */
export function TakeAlong({ waiting, attempt, onDone }: TakeAlongProps) {
  const { t } = useTranslation();
  const { searches } = waiting;
  const count = searches.length;
  const names = searches.slice(0, named).map(({ name }) => name);
  const take = async () => {
    if (!(await attempt(waiting.take))) return;
    notify(t('saved.taken', { count }));
    onDone();
  };
  const leave = () => {
    waiting.leave();
    onDone();
  };
  return (
    <Paper p="sm" bg="leaf.0">
      <Text size="sm">{t('saved.waitingHere', { count })}</Text>
      <Text size="sm" c="dimmed" className="xanh-saved-name">
        {names.join(', ')}
        {count > named && ' …'}
      </Text>
      <Group gap="xs" mt="xs">
        <Button size="sm" onClick={() => void take()}>
          {t('saved.take')}
        </Button>
        <Button size="sm" variant="subtle" color="gray.8" onClick={leave}>
          {t('saved.leave')}
        </Button>
      </Group>
    </Paper>
  );
}
