/** What every command shares: global options, results and messages. */
import { type Command } from "commander";
import { printable, shortNumber } from "../core/index.js";
import { type Io, writeLines } from "./io.js";

export interface Globals {
  config?: string;
  force?: boolean;
  json?: boolean;
  quiet?: boolean;
  debug?: boolean;
}

export function addGlobals(command: Command): Command {
  return command
    .option("--config <file>", "YAML configuration with the reference's section and key names")
    .option("--force", "replace an existing output")
    .option("--json", "print machine-readable results")
    .option("--quiet", "no progress")
    .option("--debug", "show where an error came from");
}

/** Results go to stdout, as JSON with `--json`, else as these lines. */
export function report(io: Io, globals: Globals, result: unknown, lines: readonly string[]): void {
  writeLines(io.stdout, globals.json === true ? jsonLines(result) : lines);
}

/** Marks 64-bit integers in strings; JSON has no such character itself. */
const EXACT = "\u0001";

/** 64-bit integers stay integers with all their digits. */
function jsonLines(result: unknown): string[] {
  const text = JSON.stringify(
    result,
    (_, value: unknown) => (typeof value === "bigint" ? `${EXACT}${value}${EXACT}` : value),
    2,
  );
  return text.replaceAll(/"\\u0001(-?\d+)\\u0001"/g, "$1").split("\n");
}

/** Lines of columns aligned by spaces; numbers to the right. */
export function formatTable(header: readonly string[], table: readonly (readonly string[])[]): string[] {
  const rows = table.map((row) => row.map(printable));
  const all = [header, ...rows];
  const widths = header.map((_, column) => Math.max(...all.map((row) => row[column].length)));
  const isNumber = header.map((_, column) => rows.every((row) => /^[-+\d.]|^$/.test(row[column])));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (isNumber[column] ? cell.padStart(widths[column]) : cell.padEnd(widths[column])))
      .join("  ")
      .trimEnd();
  return [line(header), widths.map((width) => "-".repeat(width)).join("  "), ...rows.map(line)];
}

/** Three significant digits, as people read them. */
export function short(value: number): string {
  if (!Number.isFinite(value)) return "-";
  if (value !== 0 && Math.abs(value) < 1e-3) return value.toExponential(1);
  return Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en-US") : shortNumber(value);
}
