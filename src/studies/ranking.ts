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

/** The rows, the best first; those of which the figure is NaN last. */
export function ranked(rows: readonly Row[], rank: string): Row[] {
  const sign = MORE.test(rank) ? -1 : 1;
  // What a response should be is 1.
  const value = (row: Row): number => {
    const figure = Number(row[rank]);
    return rank.startsWith("response") ? Math.abs(figure - 1) : sign * figure;
  };
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
