/** The numbers of a plot as CSV: one line per bin, point or cell. */
import { csvLine, shortNumber } from "../core/index.js";
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
  const lines = rows.map(({ words, row }) => csvLine([...words, ...columns.map(([key]) => row[key])].map(rounded)));
  return csvLine(["panel", "series", "mark", ...columns.map(([, name]) => name)]) + lines.join("");
}

function rounded(value: string | number | undefined): string | number | undefined {
  if (typeof value !== "number") return value;
  return Number.isFinite(value) ? Number(shortNumber(value, 9)) : undefined;
}
