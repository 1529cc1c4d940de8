/** The rows of the event table: what their columns say, and which of them are shown in which order. Knows no page. */
import { createCut, type Selection, selectionInWords } from "../model/selection.js";
import { type SurveyRow, type SurveySide } from "../data/protocol.js";
import { fixed, short } from "../ui/numbers.js";

export interface Column {
  readonly key: string;
  readonly label: string;
  /** NaN: unknown, sorted as the smallest. */
  value(row: SurveyRow, event: bigint): number | bigint;
  text(row: SurveyRow, event: bigint): string;
}

/** Of the first particle. */
const responseOf = ({ particles }: SurveySide): number => {
  const first = particles.at(0);
  return first !== undefined && first.energy > 0 ? first.response : Number.NaN;
};
const splitsOf = ({ particles }: SurveySide): number => particles.filter(({ isSplit }) => isSplit).length;
/** Of entries that no chain can be run on nothing is counted. */
const counted = (n: number): string => (Number.isNaN(n) ? "–" : String(n));
export const isSplit = ({ a }: SurveyRow): boolean => splitsOf(a) > 0;

export const COLUMNS: readonly Column[] = [
  { key: "entry", label: "entry", value: (row) => row.index, text: (row) => String(row.index) },
  { key: "event", label: "event", value: (_, event) => event, text: (_, event) => String(event) },
  {
    key: "pt",
    label: "pT [GeV]",
    value: (row) => row.particle?.pt ?? Number.NaN,
    text: (row) => fixed(row.particle?.pt ?? Number.NaN, 1),
  },
  {
    key: "eta",
    label: "η",
    value: (row) => row.particle?.eta ?? Number.NaN,
    text: (row) => fixed(row.particle?.eta ?? Number.NaN, 2),
  },
  {
    key: "phi",
    label: "φ",
    value: (row) => row.particle?.phi ?? Number.NaN,
    text: (row) => fixed(row.particle?.phi ?? Number.NaN, 2),
  },
  { key: "tcs", label: "TCs", value: (row) => row.nTc, text: (row) => String(row.nTc) },
  { key: "seeds", label: "seeds", value: (row) => row.a.seeds, text: (row) => counted(row.a.seeds) },
  { key: "clusters", label: "clusters", value: (row) => row.a.clusters, text: (row) => counted(row.a.clusters) },
  { key: "response", label: "E/Egen", value: (row) => responseOf(row.a), text: (row) => fixed(responseOf(row.a), 2) },
  {
    key: "split",
    label: "split",
    value: (row) => splitsOf(row.a),
    text: (row) => (row.bad !== "" ? "bad values" : isSplit(row) ? "split" : ""),
  },
];

/** Beside those with a comparison. */
export const COMPARED: readonly Column[] = [
  {
    key: "bclusters",
    label: "B clusters",
    value: (row) => row.b?.clusters ?? Number.NaN,
    text: (row) => (row.b === null ? "" : String(row.b.clusters)),
  },
  {
    key: "bresponse",
    label: "B E/Egen",
    value: (row) => (row.b === null ? Number.NaN : responseOf(row.b)),
    text: (row) => (row.b === null ? "" : fixed(responseOf(row.b), 2)),
  },
  {
    key: "bsplit",
    label: "B split",
    value: (row) => (row.b === null ? Number.NaN : splitsOf(row.b)),
    text: (row) => (row.b === null ? "not in B" : splitsOf(row.b) > 0 ? "split" : ""),
  },
  {
    key: "differ",
    label: "differ [%]",
    value: (row) => (row.b === null ? Number.NaN : row.share),
    text: (row) => (row.differing === 0 ? "" : short(100 * row.share)),
  },
];

/** By the name that links have for them. */
export const FILTERS: Readonly<Record<string, { readonly label: string; test(row: SurveyRow): boolean }>> = {
  split: { label: "split", test: isSplit },
  noseed: { label: "no seed", test: (row) => row.a.seeds === 0 },
  response: {
    label: "E/Egen off by > 20 %",
    test: (row) => row.bad === "" && !(Math.abs(responseOf(row.a) - 1) <= 0.2),
  },
  bad: { label: "bad values", test: (row) => row.bad !== "" },
  differs: { label: "differs", test: (row) => row.differing > 0 },
};

/** The filters of a link that there are. */
export function filtersOf(text: string): string[] {
  return text.split(",").filter((name) => Object.hasOwn(FILTERS, name));
}

export interface Sort {
  readonly key: string;
  readonly down: boolean;
}

export function parseSort(text: string): Sort {
  return { key: text.replace(/^-/, ""), down: text.startsWith("-") };
}

/** What a click on a column makes of the order: its own, largest first but for numbers that count; the other way; none. */
export function nextSort(text: string, key: string): string {
  const first = ["entry", "event"].includes(key) ? key : `-${key}`;
  const second = first === key ? `-${key}` : key;
  return text === first ? second : text === second ? "" : first;
}

type Test = (row: SurveyRow, event: bigint) => boolean;

/** "pt>40 eta<2": every word must hold; a bare number is an event number. What is wrong with it, as a text. */
export function parseQuery(text: string): Test | string {
  const tests: Test[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const match = /^(?:([a-z]+)(<=|>=|=|<|>))?(-?\d+(?:\.\d*)?|-?\.\d+)$/.exec(word);
    const [, key = "event", sign = "=", number = ""] = match ?? [];
    const column = [...COLUMNS, ...COMPARED].find((each) => each.key === key);
    if (match === null || column === undefined || (match[1] === undefined && !/^-?\d+$/.test(number))) {
      return `"${word}" is no condition: write one of ${COLUMNS.map((each) => each.key).join(", ")} with < > <= >= =, as in pt>40`;
    }
    const limit = /^-?\d+$/.test(number) ? BigInt(number) : Number(number);
    tests.push((row, event) => {
      const value = column.value(row, event);
      const [isBelow, isAbove] = [value < limit, value > limit];
      // NaN is neither, and equal to nothing; a bigint and a number compare exactly.
      const isEqual = !isBelow && !isAbove && !Number.isNaN(value);
      return (sign.includes("<") && isBelow) || (sign.includes(">") && isAbove) || (sign.includes("=") && isEqual);
    });
  }
  return (row, event) => tests.every((test) => test(row, event));
}

/** The rows with a particle that is in the selection; of all particles all rows. */
export function rowsInSelection(
  rows: readonly SurveyRow[],
  selection: Pick<Selection, "eta" | "pt" | "only">,
): readonly SurveyRow[] {
  if (selectionInWords(selection) === "") return rows;
  const isSelected = createCut(selection);
  return rows.filter(({ a }) => a.particles.some(isSelected));
}

export interface Wanted {
  /** As links write them. */
  readonly sort: string;
  readonly filter: string;
  readonly find: string;
  readonly isCompared: boolean;
}

/** The rows that pass, in their order; `events` are the numbers by entry. */
export function shownRows(
  rows: readonly SurveyRow[],
  events: BigInt64Array,
  { sort, filter, find, isCompared }: Wanted,
): readonly SurveyRow[] {
  const test = parseQuery(find);
  const filters = filtersOf(filter).filter((name) => isCompared || name !== "differs");
  const eventOf = ({ index }: SurveyRow): bigint => events[index] ?? -1n;
  const passing = rows.filter(
    (row) => filters.every((name) => FILTERS[name].test(row)) && (typeof test === "string" || test(row, eventOf(row))),
  );
  const { key, down } = parseSort(sort);
  const column = [...COLUMNS, ...(isCompared ? COMPARED : [])].find((each) => each.key === key);
  if (column === undefined) return passing;
  const value = (row: SurveyRow): number | bigint => {
    const found = column.value(row, eventOf(row));
    return Number.isNaN(found) ? -Infinity : found;
  };
  const sign = down ? -1 : 1;
  return passing.toSorted((a, b) => {
    const [one, other] = [value(a), value(b)];
    return one < other ? -sign : one > other ? sign : a.index - b.index;
  });
}
