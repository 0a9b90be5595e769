import { useForm } from '@mantine/form';
import type { DraftValues } from './draft-values.ts';

/** The form of an edition and what it holds. */
export type DraftForm = ReturnType<typeof useDraftForm>;

/** A form that begins with these values. */
export function useDraftForm(initialValues: DraftValues) {
  return useForm<DraftValues>({ initialValues });
}
