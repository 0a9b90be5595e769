/** A model designation for comparison: letters and digits only, without marks or case ("FTKA 35-uavm" is "FTKA35UAVM"). */
export function foldModel(model: string): string {
  return model
    .normalize('NFKD')
    .replace(/[đĐ]/g, 'd')
    .replace(/[^\p{L}\p{N}]/gu, '')
    .toUpperCase();
}
