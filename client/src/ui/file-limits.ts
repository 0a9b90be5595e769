/** The largest file of evidence, in megabytes. */
export const largestFile = 20;

const megabyte = 1024 * 1024;
const endings = /\.(pdf|png|jpe?g|xlsx|csv)$/i;

/** Why a file would be refused, as far as its name and size tell it; the server looks at its content. */
export function refusedFile({ name, size }: Pick<File, 'name' | 'size'>): 'empty' | 'large' | 'type' | null {
  if (size === 0) return 'empty';
  if (size > largestFile * megabyte) return 'large';
  return endings.test(name) ? null : 'type';
}
