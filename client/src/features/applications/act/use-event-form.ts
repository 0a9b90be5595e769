import { useForm } from '@mantine/form';
import type { EventValues } from './event-values.ts';

/** The form of an event and what it holds. */
export type EventFormState = ReturnType<typeof useEventForm>;

/** A form that begins with these values. */
export function useEventForm(initialValues: EventValues) {
  return useForm<EventValues>({ initialValues });
}
