/** Points in the order of a figure, as lines for people. */
import { ConfigError } from "../core/index.js";
import { FIGURES } from "./tables.js";

type Row = Readonly<Record<string, number | string>>;

/** Figures of which more is better; of all others less is. */
const MORE = /^(efficiency|true_efficiency|matched|particles)$/;

/** ConfigError for a column that is no figure. */
export function checkRank(rank: string): void {
  if (!Object.hasOwn(FIGURES, rank)) {
    throw new ConfigError(`--rank ${rank}: there is no such figure; there are ${Object.keys(FIGURES).join(", ")}`);
  }
}

/** The figure that says most about splits: truth where it is known, else the net fraction. */
function rankOf(rows: readonly Row[]): string {
  return rows.every(({ true_split_fraction }) => Number.isNaN(true_split_fraction))
    ? "split_net"
    : "true_split_fraction";
}

/** The less the better: minus what should be large, and how far from 1 a response is. */
export function costOf(figure: string, value: number): number {
  if (figure.startsWith("response")) return Math.abs(value - 1);
  return MORE.test(figure) ? -value : value;
}

/**
 * Which points no other one beats: none is at least as good in both figures, and better in one. The best in x first; points with NaN
 * are none of them.
 */
export function paretoFront(
  points: readonly { readonly x: number; readonly y: number }[],
  [xFigure, yFigure]: readonly [string, string],
): number[] {
  const costs = points.map(({ x, y }, at) => ({ at, x: costOf(xFigure, x), y: costOf(yFigure, y) }));
  const sorted = costs
    .filter(({ x, y }) => !Number.isNaN(x + y))
    .toSorted((a, b) => a.x - b.x || a.y - b.y || a.at - b.at);
  let least = Infinity;
  let last: (typeof costs)[number] | undefined;
  return sorted.flatMap((point) => {
    // Of equal points each is as good as the others.
    const isSame = last !== undefined && point.x === last.x && point.y === last.y;
    if (!isSame && point.y >= least) return [];
    least = point.y;
    last = point;
    return [point.at];
  });
}

/** The rows, the best first; those of which the figure is NaN last. */
export function ranked(rows: readonly Row[], rank: string): Row[] {
  const value = (row: Row): number => costOf(rank, Number(row[rank]));
  const order = (row: Row): number => (Number.isNaN(value(row)) ? Infinity : value(row));
  return rows.toSorted((a, b) => order(a) - order(b) || Number(a["point"]) - Number(b["point"]));
}

/** The ranked points of each sample, one line each. */
export function rankedTable(
  rows: readonly Row[],
  samples: readonly { readonly name: string }[],
  rank?: string,
): string[] {
  return samples.flatMap(({ name }, sample) => {
    const own = rows.filter((row) => row["sample"] === sample);
    const by = rank ?? rankOf(own);
    const shown = SHOWN.filter(({ column }) => own.some((row) => !Number.isNaN(row[column])));
    const cells = ranked(own, by).map((row) => [
      String(row["chain"]),
      row["settings"] === "" ? "as configured" : String(row["settings"]),
      ...shown.map(({ text }) => text(row)),
    ]);
    return [`${name}, by ${by}:`, ...aligned([["chain", "settings", ...shown.map((each) => each.name)], ...cells])];
  });
}

const percent = (value: number | string): string =>
  Number.isNaN(value) ? "-" : `${(100 * Number(value)).toPrecision(3)} %`;
const number = (value: number | string): string => (Number.isNaN(value) ? "-" : Number(value).toPrecision(3));
const withInterval =
  (name: string) =>
  (row: Row): string =>
    `${percent(row[name])} [${number(100 * Number(row[`${name}_lo`]))}, ${number(100 * Number(row[`${name}_hi`]))}]`;

const SHOWN: readonly { readonly name: string; readonly column: string; text(row: Row): string }[] = [
  { name: "split", column: "split_fraction", text: withInterval("split_fraction") },
  { name: "net", column: "split_net", text: withInterval("split_net") },
  { name: "truly split", column: "true_split_fraction", text: withInterval("true_split_fraction") },
  { name: "efficiency", column: "efficiency", text: (row) => percent(row["efficiency"]) },
  { name: "response", column: "response_en", text: (row) => number(row["response_en"]) },
  { name: "resolution", column: "resolution_en", text: withInterval("resolution_en") },
  { name: "seeds", column: "seeds", text: (row) => number(row["seeds"]) },
  { name: "clusters", column: "clusters", text: (row) => number(row["clusters"]) },
  { name: "false", column: "false_clusters", text: (row) => number(row["false_clusters"]) },
];

/** Columns aligned by spaces. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = rows[0].map((_, column) => Math.max(...rows.map((row) => row[column].length)));
  return rows.map((row) => `  ${row.map((cell, column) => cell.padEnd(widths[column])).join("  ")}`.trimEnd());
}
