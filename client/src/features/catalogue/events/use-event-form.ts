import { useForm } from '@mantine/form';
import type { Certificate, LabelScheme } from '../../../../../schemas/types.d.ts';
import type { EventValues } from './event-values.ts';

/** The form of an event and what it holds. */
export type EventFormState = ReturnType<typeof useEventForm>;

/** What the fields of an event need. */
export interface EventDetailsProps {
  form: EventFormState;
  type: EventValues['type'];
  certificate: Certificate;
  scheme: LabelScheme;
}

/** A form that begins with these values. */
export function useEventForm(initialValues: EventValues) {
  return useForm<EventValues>({ initialValues });
}
