import { useForm } from '@mantine/form';
import type { LabelScheme } from '../../../../../schemas/types.d.ts';
import { fieldErrors } from '../../../ui/field-errors.ts';
import { emptyCertificate } from './certificate-values.ts';
import type { CertificateValues } from './certificate-values.ts';

/** The form of a new certificate and what it holds. */
export type CertificateFormState = ReturnType<typeof useCertificateForm>;

/** A form that knows the chosen one of the schemes, and takes the server's refusals. */
export function useCertificateForm(schemes: readonly LabelScheme[]) {
  const only = schemes.length === 1 ? schemes[0]?.code : undefined;
  const form = useForm<CertificateValues>({ initialValues: emptyCertificate(only) });
  const scheme = schemes.find(({ code }) => code === form.values.scheme);
  // The lists that have a field: what certifies an organisation takes no products.
  const lists = scheme?.subject === 'organisation' ? ['places'] : ['products', 'places'];
  // What is chosen out of a scheme goes with it.
  const chooseScheme = (code: string) => form.setValues({ scheme: code, criterion: '', level: '', renews: '' });
  const refuse = (error: unknown) => {
    const errors = fieldErrors(error, lists);
    form.setErrors(errors);
    const [first = ''] = Object.keys(errors);
    (form.getInputNode(first) ?? form.getInputNode(first.split('.')[0] ?? ''))?.focus();
  };
  return { ...form, scheme, lists, chooseScheme, refuse };
}
