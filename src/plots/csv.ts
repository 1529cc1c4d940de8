/** The numbers of a plot as CSV: one line per bin, point or cell. */
import { kindOf } from "./marks.js";
import { type Row } from "./mark-kind.js";
import { type Plot } from "./plot.js";
import { panelName } from "./scale.js";

const COLUMNS = [
  ["label", "label"],
  ["x", "x"],
  ["xLow", "x_low"],
  ["xHigh", "x_high"],
  ["y", "y"],
  ["yLow", "y_low"],
  ["yHigh", "y_high"],
  ["value", "value"],
  ["entries", "entries"],
] as const satisfies readonly (readonly [keyof Row, string])[];

/**
 * All data of a plot. `panel` says what x, y and value are; `mark` how they are drawn; columns that nothing uses are left out.
 * Numbers have 9 significant digits; an empty field is no value.
 */
export function plotCsv(plot: Plot): string {
  const rows = plot.panels.flatMap((panel) =>
    panel.series.flatMap((series) =>
      series.marks.flatMap((mark) =>
        kindOf(mark)
          .rows(mark)
          .map((row) => ({ words: [panelName(panel), series.name ?? "", mark.kind], row })),
      ),
    ),
  );
  const columns = COLUMNS.filter(([key]) => rows.some(({ row }) => row[key] !== undefined));
  const lines = rows.map(({ words, row }) => [...words, ...columns.map(([key]) => row[key])].map(field).join(","));
  return `${["panel", "series", "mark", ...columns.map(([, name]) => name)].join(",")}\n${lines.map((line) => `${line}\n`).join("")}`;
}

function field(value: string | number | undefined): string {
  if (value === undefined || (typeof value === "number" && !Number.isFinite(value))) return "";
  if (typeof value === "number") return String(Number(value.toPrecision(9)));
  return /[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}
