/** The list of split particles: filtered, sorted, as a table of text. */
import { type Column, ConfigError, counted, noun, type Table } from "../core/index.js";
import { type SPLIT_LIST, type SplitList } from "../pipeline/index.js";
import { formatTable, short } from "./globals.js";

type Value = number | bigint | string;

const COMPARE: Readonly<Record<string, (a: Value, b: Value) => boolean>> = {
  "=": (a, b) => a === b,
  "!=": (a, b) => a !== b,
  "<": (a, b) => a < b,
  "<=": (a, b) => a <= b,
  ">": (a, b) => a > b,
  ">=": (a, b) => a >= b,
};

export interface SplitView {
  /** Conditions such as "share>0.3", all of which hold. */
  readonly where: readonly string[];
  /** Column to sort by, the largest first with "-" before it. */
  readonly sort?: string;
}

/** The rows of the table to show, in order. ConfigError for unknown columns and conditions without sense. */
export function viewRows({ rows, columns }: Table, { where, sort }: SplitView): number[] {
  const column = (name: string): Column => {
    if (!Object.hasOwn(columns, name)) {
      throw new ConfigError(`no column "${name}" in the list of splits; it has ${Object.keys(columns).join(", ")}`);
    }
    return columns[name];
  };
  const tests = where.map((condition) => {
    const match = /^(\w+)\s*(<=|>=|!=|=|<|>)\s*(\S+)$/.exec(condition.trim());
    if (match === null) {
      throw new ConfigError(`--where ${condition}: expected COLUMN>VALUE (or <, >=, <=, =, !=), as in share>0.3`);
    }
    const values = column(match[1]);
    const isText = Array.isArray(values);
    const isLarge = values instanceof BigInt64Array && /^-?\d+$/.test(match[3]);
    const value = isText ? match[3] : isLarge ? BigInt(match[3]) : Number(match[3]);
    if (Number.isNaN(value)) throw new ConfigError(`--where ${condition}: expected a number, got "${match[3]}"`);
    return (row: number) => COMPARE[match[2]](isText || isLarge ? values[row] : Number(values[row]), value);
  });
  const chosen = Array.from({ length: rows }, (_, row) => row).filter((row) => tests.every((test) => test(row)));
  if (sort === undefined) return chosen;
  const sign = sort.startsWith("-") ? -1 : 1;
  const by = column(sort.replace(/^-/, ""));
  return chosen.toSorted((a, b) => sign * compare(by[a], by[b]));
}

/** NaN stands after all numbers. */
function compare(a: Value, b: Value): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Rows as objects, for JSON. */
export function splitObjects({ columns }: Table<typeof SPLIT_LIST>, rows: readonly number[]): object[] {
  const entries = Object.entries<Column>(columns);
  return rows.map((row) => Object.fromEntries(entries.map(([name, column]) => [name, column[row]])));
}

export function splitsText({ particles, splits }: SplitList, rows: readonly number[]): string[] {
  const names = Object.keys(splits.columns) as (keyof typeof SPLIT_LIST)[];
  // What belongs to the other chain alone is -1 throughout.
  const shown = names.filter((name) => rows.some((row) => splits.columns[name][row] !== -1));
  const cell = (value: Value): string => (typeof value === "number" ? short(value) : String(value));
  const lines = rows.map((row) => shown.map((name) => cell(splits.columns[name][row])));
  const counts = Object.entries(particles).map(([chain, n]) => {
    const split = splits.columns.chain.filter((each) => each === chain).length;
    return `${chain}: ${split} of ${counted(n, "particle")} ${noun(split, "is", "are")} split`;
  });
  if (rows.length < splits.rows) counts.push(`${rows.length} of these ${splits.rows} shown`);
  return [...(rows.length === 0 ? [] : [...formatTable(shown, lines), ""]), ...counts];
}
