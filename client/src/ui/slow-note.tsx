import { Progress, Stack, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';

const slowMs = 800;

/** Says that an answer which is worked out line by line is on its way, once it takes longer than the reader would notice. */
export function SlowNote({ isBusy }: { isBusy: boolean }) {
  return isBusy ? <Busy /> : null;
}

function Busy() {
  const { t } = useTranslation();
  const [seconds, setSeconds] = useState<number | null>(null);
  useEffect(() => {
    const began = Date.now();
    const tick = () => setSeconds(Math.floor((Date.now() - began) / 1000));
    const first = setTimeout(tick, slowMs);
    const timer = setInterval(tick, 1000);
    return () => {
      clearTimeout(first);
      clearInterval(timer);
    };
  }, []);
  if (seconds === null) return null;
  return (
    <Stack gap={4} component="output" className="xanh-no-print">
      <Text size="sm">{t('state.slow', { seconds })}</Text>
      <Progress value={100} animated size="sm" aria-label={t('state.loading')} />
    </Stack>
  );
}
