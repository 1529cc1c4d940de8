/** Comma-separated values. */

/** What stands in a field; undefined: nothing. */
export type CsvValue = string | number | bigint | boolean | undefined;

/** Reals have as many digits as tell them apart; NaN is an empty field, infinity is inf. Texts with commas, quotes or ends of lines are quoted. */
export function csvField(value: CsvValue): string {
  if (typeof value === "number") return csvNumber(value);
  if (typeof value !== "string") return value === undefined ? "" : String(value);
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

export function csvNumber(value: number): string {
  if (Number.isFinite(value)) return String(value);
  return Number.isNaN(value) ? "" : value < 0 ? "-inf" : "inf";
}

/** A line with its end. */
export function csvLine(values: readonly CsvValue[]): string {
  return `${values.map(csvField).join(",")}\n`;
}
