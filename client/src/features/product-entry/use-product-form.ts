import { useForm } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import type { GroupAttribute } from '../../../../schemas/types.d.ts';
import { groupsQuery } from '../../api/reference.ts';
import { productErrors } from './product-problems.ts';
import type { ProductValues } from './product-values.ts';

/** The form of a product and what it holds. */
export type ProductFormState = ReturnType<typeof useProductForm>;

const nothing: GroupAttribute[] = [];

/** A form that begins with these values, knows the attributes of the chosen group, and takes the server's refusals. */
export function useProductForm(initialValues: ProductValues) {
  const form = useForm<ProductValues>({ initialValues });
  const { data: groups = [] } = useQuery(groupsQuery);
  const attributes = groups.find(({ code }) => code === form.values.group)?.attributes ?? nothing;
  const refuse = (error: unknown) => {
    const errors = productErrors(error);
    form.setErrors(errors);
    const [first] = Object.keys(errors);
    if (first !== undefined) form.getInputNode(first)?.focus();
  };
  return { ...form, attributes, refuse };
}
