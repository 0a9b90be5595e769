/** A size by its sides: 60x60, 60 × 60 cm, 30 * 60; of one digit it is rather a number of things (2 x 18 W). */
const written =
  /(?<![\p{L}\p{N}.,])(\d{2,4})\s*[x×*]\s*(\d{2,4})(?:\s*[x×*]\s*(\d{2,4}))?(?:\s*(mm|cm))?(?!\p{L}|\p{N}|[.,]\d|\s*[x×*]\s*\d)/giu;

/** The text with each size as one word, without its unit, so that its sides are not found apart: 30 x 60 cm is 30x60. */
export function withSizes(text: string): string {
  return text.replace(written, (_, ...groups: (string | undefined)[]) => sidesOf(groups).join('x'));
}

/** Every size in a text as one word; a tile of 60 x 60 cm is also one of 600x600, and the other way. */
export function sizesIn(text: string): string[] {
  return [...text.matchAll(written)].flatMap(([, ...groups]) => {
    const sides = sidesOf(groups);
    const unit = groups[3]?.toLowerCase();
    const others = sides.map((side) => (unit === 'cm' ? Number(side) * 10 : Number(side) / 10));
    const isOther = unit !== undefined && others.every(Number.isInteger);
    return [sides.join('x'), ...(isOther ? [others.join('x')] : [])];
  });
}

function sidesOf(groups: (string | undefined)[]): string[] {
  return groups.slice(0, 3).filter((side) => side !== undefined);
}
