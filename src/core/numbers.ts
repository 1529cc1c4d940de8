/** Numbers as people read them. */

/** At most `digits` significant digits, without zeros behind: 0.125, 3, 1.5e-7. */
export function shortNumber(value: number, digits = 3): string {
  return String(Number(value.toPrecision(digits)));
}
