/** Rows of tables of parameters: kind, unit, default, bounds, meaning. Types, checks and texts derive from them. */

interface About {
  readonly about: string;
  readonly unit?: string;
  /** Steps of chains that read it; none: what is done before and after them. */
  readonly steps?: readonly string[];
  /** Read only by chains that have this step too. */
  readonly needs?: string;
  /** How a page shows it; absent where a page has no use for it. */
  readonly panel?: ParameterPanel;
}

export interface ParameterPanel {
  readonly label: string;
  readonly unit?: string;
  readonly group: "Histogram" | "Smoothing" | "Seeding" | "Coarse seeds" | "Clustering";
  /** Range and step of its slider, within the bounds. */
  readonly min?: number;
  readonly max?: number;
  readonly step?: number;
  /** Shown without unfolding the group's details. */
  readonly main?: true;
}

interface Bounds {
  readonly min: number;
  readonly max: number;
  /** The least value is no value. */
  readonly open?: true;
  readonly odd?: true;
}

export interface NumberRow extends About, Bounds {
  readonly kind: "whole" | "real";
  readonly value: number;
}

/** Bounds are those of each number. */
export interface ListRow extends About, Bounds {
  readonly kind: "wholes" | "reals";
  readonly value: readonly number[];
  readonly least: number;
}

export interface SwitchRow extends About {
  readonly kind: "switch";
  readonly value: boolean;
}

export interface ChoiceRow<V extends string | number = string | number> extends About {
  readonly kind: "choice";
  readonly value: V;
  readonly options: readonly V[];
}

export type ParameterRow = NumberRow | ListRow | SwitchRow | ChoiceRow;
/** By section and name. */
export type ParameterTable = Readonly<Record<string, Readonly<Record<string, ParameterRow>>>>;

type Widen<R> =
  R extends ChoiceRow<infer V> ? V : R extends SwitchRow ? boolean : R extends ListRow ? readonly number[] : number;
/** The values of a table. */
export type ParameterValues<T extends ParameterTable> = {
  readonly [S in keyof T]: { readonly [K in keyof T[S]]: Widen<T[S][K]> };
};

export const real = (value: number, rest: Omit<NumberRow, "kind" | "value">): NumberRow => ({
  kind: "real",
  value,
  ...rest,
});
export const whole = (value: number, rest: Omit<NumberRow, "kind" | "value">): NumberRow => ({
  kind: "whole",
  value,
  ...rest,
});
export const reals = (value: readonly number[], rest: Omit<ListRow, "kind" | "value">): ListRow => ({
  kind: "reals",
  value,
  ...rest,
});
export const wholes = (value: readonly number[], rest: Omit<ListRow, "kind" | "value">): ListRow => ({
  kind: "wholes",
  value,
  ...rest,
});
export const flag = (value: boolean, rest: About): SwitchRow => ({ kind: "switch", value, ...rest });
export const choice = <V extends string | number>(
  value: NoInfer<V>,
  options: readonly V[],
  rest: About,
): ChoiceRow<V> => ({ kind: "choice", value, options, ...rest });

/** The defaults of a table. */
export function defaultsOf<T extends ParameterTable>(table: T): ParameterValues<T> {
  const sections = Object.entries(table).map(([section, rows]) => [
    section,
    Object.fromEntries(Object.entries(rows).map(([name, { value }]) => [name, value])),
  ]);
  return Object.fromEntries(sections) as ParameterValues<T>;
}

/** "a whole number from 1 to 36", "a list of numbers above 0, at most 10". */
export function expectedOf(row: ParameterRow): string {
  switch (row.kind) {
    case "switch":
      return "true or false";
    case "choice":
      return `one of ${row.options.join(", ")}`;
    case "whole":
      return `a ${numbers(row, "number")} ${rangeOf(row)}`;
    case "real":
      return `a number ${rangeOf(row)}`;
    case "wholes":
    case "reals":
      return `a list of ${row.kind === "wholes" ? numbers(row, "numbers") : "numbers"} ${rangeOf(row)}${row.least > 0 ? `, at least ${row.least}` : ""}`;
  }
}

function numbers({ odd }: Bounds, noun: string): string {
  return `${odd ? "odd " : ""}whole ${noun}`;
}

export function rangeOf({ min, max, open }: Bounds): string {
  return open === true ? `above ${min}, at most ${max}` : `from ${min} to ${max}`;
}

/** The value that is wrong, as a text for people: the whole, or one element of a list; null when all is right. */
export function wrongValue(row: ParameterRow, value: unknown): string | null {
  switch (row.kind) {
    case "switch":
      return typeof value === "boolean" ? null : quote(value);
    case "choice":
      return (row.options as readonly unknown[]).includes(value) ? null : quote(value);
    case "whole":
    case "real":
      return isWithin(row, row.kind === "whole", value) ? null : quote(value);
    case "wholes":
    case "reals": {
      if (!Array.isArray(value) || value.length < row.least) return quote(value);
      const at = value.findIndex((each) => !isWithin(row, row.kind === "wholes", each));
      return at < 0 ? null : `${quote(value[at])} as value ${at + 1}`;
    }
  }
}

function isWithin({ min, max, open, odd }: Bounds, isWhole: boolean, value: unknown): boolean {
  if (typeof value !== "number" || !Number.isFinite(value) || value < min || value > max) return false;
  if (open === true && value === min) return false;
  return (!isWhole || Number.isInteger(value)) && (odd !== true || value % 2 === 1);
}

/** A value in a message: JSON, shortened. */
export function quote(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "number" || typeof value === "bigint" ? String(value) : (JSON.stringify(value) ?? "");
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}
