/** Tables as comma-separated values: a line of names, then one line a row. */
import { type Column, csvField, csvLine, csvNumber, type Schema, type Table } from "../core/index.js";

export function csvHeader(schema: Schema): string {
  return csvLine(Object.keys(schema));
}

/**
 * The rows of a table; booleans are true and false, the rest as `csvField` writes it.
 */
export function csvLines(schema: Schema, { rows, columns }: Table): string {
  const fields = Object.entries(schema).map(([name, { type }]) => fieldsOf(columns[name], type === "boolean"));
  let text = "";
  for (let row = 0; row < rows; row++) text += `${fields.map((field) => field(row)).join(",")}\n`;
  return text;
}

function fieldsOf(column: Column, isBoolean: boolean): (row: number) => string {
  if (isBoolean) return (row) => (column[row] === 0 ? "false" : "true");
  if (column instanceof Float64Array) return (row) => csvNumber(column[row]);
  return (row) => csvField(column[row]);
}
