import { Box, SegmentedControl, Stack, Text, TextInput } from '@mantine/core';
import { useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DayInput } from './day-input.tsx';

interface KnownAtProps {
  /** An instant, or nothing for now. */
  value: string | undefined;
  onChange: (instant: string | undefined) => void;
}

const vietnamOffset = 7 * 3_600_000;

/** Chooses what the register knew: now, or at a moment in the past. */
export function KnownAt({ value, onChange }: KnownAtProps) {
  const { t } = useTranslation();
  const label = useId();
  return (
    <Stack gap={4}>
      <Text id={label} size="sm" fw={500}>
        {t('knownAt.label')}
      </Text>
      <Box className="xanh-known-at">
        <SegmentedControl
          aria-labelledby={label}
          value={value === undefined ? 'now' : 'then'}
          onChange={(choice) => onChange(choice === 'now' ? undefined : minuteAgo())}
          data={[
            { value: 'now', label: t('knownAt.now') },
            { value: 'then', label: t('knownAt.then') },
          ]}
        />
        {value !== undefined && <Moment key={value} value={value} onChange={onChange} />}
      </Box>
    </Stack>
  );
}

/** A day and a time of day on a Vietnamese clock. */
function Moment({ value, onChange }: { value: string; onChange: (instant: string) => void }) {
  const { t } = useTranslation();
  const [day = '', clock = ''] = toVietnam(value).split(' ');
  const [time, setTime] = useState(clock);
  return (
    <>
      <DayInput
        aria-label={t('knownAt.day')}
        w={150}
        value={day}
        onChange={(next) => next !== '' && onChange(toInstant(next, clock))}
      />
      <TextInput
        aria-label={t('knownAt.time')}
        w={110}
        inputMode="numeric"
        value={time}
        onChange={({ currentTarget }) => {
          setTime(currentTarget.value);
          if (/^([01]\d|2[0-3]):[0-5]\d:[0-5]\d$/.test(currentTarget.value))
            onChange(toInstant(day, currentTarget.value));
        }}
      />
    </>
  );
}

/** `2026-03-14T02:00:00.000Z` is `2026-03-14 09:00:00` in Vietnam. */
function toVietnam(instant: string): string {
  return new Date(Date.parse(instant) + vietnamOffset).toISOString().slice(0, 19).replace('T', ' ');
}

function toInstant(day: string, time: string): string {
  return new Date(Date.parse(`${day}T${time}Z`) - vietnamOffset).toISOString();
}

function minuteAgo(): string {
  return new Date(Math.floor((Date.now() - 60_000) / 1000) * 1000).toISOString();
}
