/** The units of UN/ECE Recommendation 20 that the product groups are counted in. */
export const unitCodes = ['RM', 'H87', 'KGM', 'LTR', 'MTK', 'MON', 'ZP', 'TNE', 'DAY'] as const;

type UnitCode = (typeof unitCodes)[number];

/** Whether a unit is one of the codes that have a name in the language files. */
export function isUnitCode(unit: string): unit is UnitCode {
  return unitCodes.some((code) => code === unit);
}
