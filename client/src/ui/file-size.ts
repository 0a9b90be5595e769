const kilobyte = 1024;

/** A size in whole kilobytes, or megabytes with one place. */
export function sizeText(bytes: number, number: (value: number) => string): string {
  const kilobytes = Math.max(1, Math.round(bytes / kilobyte));
  return kilobytes < kilobyte
    ? `${number(kilobytes)} KB`
    : `${number(Math.round((kilobytes / kilobyte) * 10) / 10)} MB`;
}
