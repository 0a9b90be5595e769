import { useForm } from '@mantine/form';
import type { PriorityList } from '../../../../schemas/types.d.ts';
import { valuesOf } from './draft-values.ts';
import type { CorrectionValues, DraftValues } from './draft-values.ts';

/** The form of an edition and what it holds. */
export type DraftForm = ReturnType<typeof useDraftForm>;

/** A form that begins with these values. */
export function useDraftForm(initialValues: DraftValues) {
  return useForm<DraftValues>({ initialValues });
}

/** A form that begins with a published edition, to be put right. */
export function useCorrectionForm(edition: PriorityList) {
  return useForm<CorrectionValues>({
    initialValues: { ...valuesOf(edition), reason: '', document: '', through: edition.through ?? '' },
  });
}

/** What the editor of entries works on: a draft or a correction. */
export type EntriesForm = Pick<DraftForm, 'insertListItem' | 'removeListItem' | 'getInputProps' | 'setFieldValue'> & {
  values: Pick<DraftValues, 'entries'>;
};
