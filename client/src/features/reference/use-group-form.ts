import { useForm } from '@mantine/form';
import type { ProductGroup } from '../../../../schemas/types.d.ts';
import { groupValues } from './group-values.ts';
import type { GroupValues } from './group-values.ts';

/** The form of a product group and what it holds. */
export type GroupFormState = ReturnType<typeof useGroupForm>;

/** A form that begins with the group as it stands. */
export function useGroupForm(group: ProductGroup | undefined, today: string) {
  return useForm<GroupValues>({ initialValues: groupValues(group, today) });
}
