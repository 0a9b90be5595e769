/** Browsers by what only they say of themselves; a later one says what an earlier one says too. */
const browsers: readonly [RegExp, string][] = [
  [/coc_coc/i, 'Coc Coc'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\/|Opera/, 'Opera'],
  [/SamsungBrowser\//, 'Samsung Internet'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrom(e|ium)\/|CriOS\//, 'Chrome'],
  [/Version\/.*Safari\//, 'Safari'],
];
const systems: readonly [RegExp, string][] = [
  [/Windows/, 'Windows'],
  [/Android/, 'Android'],
  [/iPhone|iPod/, 'iPhone'],
  [/iPad/, 'iPad'],
  [/Mac OS X|Macintosh/, 'macOS'],
  [/CrOS/, 'ChromeOS'],
  [/Linux/, 'Linux'],
];

/**
 * With what somebody signed in, in words by which the person knows it again: `Firefox, Windows`. Nothing else of what a
 * browser says is kept, since the whole of it tells one person from others.
 */
export function deviceOf(userAgent = ''): string {
  const first = (known: readonly [RegExp, string][]) => known.find(([says]) => says.test(userAgent))?.[1] ?? [];
  return [first(browsers), first(systems)].flat().join(', ');
}
