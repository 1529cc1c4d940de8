/** Tables as comma-separated values: a line of names, then one line a row. */
import { type Column, type Schema, type Table } from "../core/index.js";

export function csvHeader(schema: Schema): string {
  return `${Object.keys(schema).join(",")}\n`;
}

/**
 * The rows of a table. Reals have as many digits as tell them apart, NaN is an empty field, infinity is inf; booleans are
 * true and false.
 */
export function csvLines(schema: Schema, { rows, columns }: Table): string {
  const fields = Object.entries(schema).map(([name, { type }]) => fieldsOf(columns[name], type === "boolean"));
  let text = "";
  for (let row = 0; row < rows; row++) text += `${fields.map((field) => field(row)).join(",")}\n`;
  return text;
}

function fieldsOf(column: Column, isBoolean: boolean): (row: number) => string {
  if (isBoolean) return (row) => (column[row] === 0 ? "false" : "true");
  if (!(column instanceof Float64Array)) return (row) => String(column[row]);
  return (row) => {
    const value = column[row];
    if (Number.isFinite(value)) return String(value);
    return Number.isNaN(value) ? "" : value < 0 ? "-inf" : "inf";
  };
}
