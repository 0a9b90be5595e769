import { ActionIcon, TextInput } from '@mantine/core';
import type { TextInputProps } from '@mantine/core';
import IconCalendar from '@tabler/icons-react/icons/IconCalendar';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { parseDay, typedDay } from './day-text.ts';

interface DayInputProps extends Omit<TextInputProps, 'value' | 'onChange' | 'defaultValue' | 'max'> {
  value?: string;
  max?: string;
  /** Called with a whole day, or with nothing when the field was emptied. */
  onChange: (day: string) => void;
}

/** A calendar day, typed the way both languages write it or chosen in the browser's calendar. */
export function DayInput({ value = '', max, onChange, onBlur, error, ...props }: DayInputProps) {
  const { t } = useTranslation();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(typedDay(value));
  const [shown, setShown] = useState(value);
  const [isLeft, setLeft] = useState(false);
  if (shown !== value) {
    setShown(value);
    if (parseDay(typed) !== value) setTyped(typedDay(value));
  }
  const fault = typed === '' || parseDay(typed) !== null ? '' : t('day.wrong');
  useEffect(() => input.current?.setCustomValidity(fault), [fault]);
  const change = (text: string) => {
    setTyped(text);
    const day = text === '' ? '' : parseDay(text);
    if (day !== null && day !== value) onChange(day);
  };
  return (
    <TextInput
      ref={input}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t('day.pattern')}
      {...props}
      error={error ?? (isLeft && fault)}
      value={typed}
      onChange={({ currentTarget }) => change(currentTarget.value)}
      onFocus={() => setLeft(false)}
      onBlur={(event) => {
        setLeft(true);
        onBlur?.(event);
      }}
      rightSection={<CalendarButton value={value} max={max} onChoose={(day) => change(typedDay(day))} />}
    />
  );
}

interface CalendarButtonProps {
  value: string;
  max: string | undefined;
  onChoose: (day: string) => void;
}

function CalendarButton({ value, max, onChoose }: CalendarButtonProps) {
  const { t } = useTranslation();
  const calendar = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={calendar}
        type="date"
        className="xanh-calendar"
        tabIndex={-1}
        aria-hidden
        value={value}
        max={max}
        onChange={({ currentTarget }) => onChoose(currentTarget.value)}
      />
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={t('day.calendar')}
        onClick={() => calendar.current?.showPicker()}
      >
        <IconCalendar size={18} aria-hidden />
      </ActionIcon>
    </>
  );
}
