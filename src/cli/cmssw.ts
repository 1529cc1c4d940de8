/** The clusters of a run beside CMSSW's, one line an event and chain. */
import { type Column, counted, noun, type Table } from "../core/index.js";
import { type CMSSW_DIFFERENCES } from "../events/index.js";
import { formatTable, short } from "./globals.js";

/** Lines that people still read; --json has all. */
const MOST_LINES = 50;

export interface EventComparison {
  readonly event: bigint;
  readonly entry: number;
  readonly chain: string;
  /** Clusters with a partner, and those of them with some difference above the tolerance. */
  readonly pairs: number;
  readonly differ: number;
  readonly onlyOurs: number;
  readonly onlyCmssw: number;
  /** Largest differences of the pairs; NaN without pairs. */
  readonly deta: number;
  readonly dphi: number;
  /** [GeV] */
  readonly den: number;
}

const NONE = { pairs: 0, differ: 0, onlyOurs: 0, onlyCmssw: 0, deta: Number.NaN, dphi: Number.NaN, den: Number.NaN };
type Sums = { -readonly [K in keyof typeof NONE]: number };

export function eventsOf({ rows, columns }: Table<typeof CMSSW_DIFFERENCES>): EventComparison[] {
  const found = new Map<string, Sums & Pick<EventComparison, "event" | "entry" | "chain">>();
  for (let row = 0; row < rows; row++) {
    const [entry, event, chain] = [columns.entry[row], columns.event[row], columns.chain[row]];
    const key = `${entry} ${chain}`;
    const of = found.get(key) ?? { event, entry, chain, ...NONE };
    found.set(key, of);
    if (columns.seed_idx[row] < 0) of.onlyCmssw++;
    else if (columns.cl3d[row] < 0) of.onlyOurs++;
    else {
      of.pairs++;
      of.differ += columns.differs[row];
      for (const name of ["deta", "dphi", "den"] as const) {
        const size = Math.abs(columns[name][row]);
        if (!(size <= of[name])) of[name] = size;
      }
    }
  }
  return [...found.values()];
}

/** Rows as objects, for JSON. */
export function differenceObjects({ rows, columns }: Table<typeof CMSSW_DIFFERENCES>): object[] {
  const entries = Object.entries<Column>(columns);
  return Array.from({ length: rows }, (_, row) =>
    Object.fromEntries(entries.map(([name, column]) => [name, column[row]])),
  );
}

export function comparisonText(events: readonly EventComparison[]): string[] {
  const header = [
    "event",
    "entry",
    "chain",
    "pairs",
    "differ",
    "only ours",
    "only CMSSW",
    "|dη|",
    "|dφ|",
    "|dE| [GeV]",
  ];
  const lines = events
    .slice(0, MOST_LINES)
    .map(({ event, entry, chain, pairs, differ, onlyOurs, onlyCmssw, deta, dphi, den }) => [
      String(event),
      String(entry),
      chain,
      ...[pairs, differ, onlyOurs, onlyCmssw].map(String),
      ...[deta, dphi, den].map(short),
    ]);
  const sum = (name: "pairs" | "differ" | "onlyOurs" | "onlyCmssw", chain: string): number =>
    events.reduce((all, event) => all + (event.chain === chain ? event[name] : 0), 0);
  const totals = [...new Set(events.map(({ chain }) => chain))].map(
    (chain) =>
      `${chain}: ${counted(sum("pairs", chain), "cluster")} ${noun(sum("pairs", chain), "has", "have")} a partner in CMSSW, ${sum("differ", chain)} of them ${noun(sum("differ", chain), "differs", "differ")}; ` +
      `${sum("onlyOurs", chain)} only here, ${sum("onlyCmssw", chain)} only in CMSSW`,
  );
  const more = events.length > MOST_LINES ? [`the first ${MOST_LINES} of ${events.length} events: --json has all`] : [];
  if (events.length === 0) return ["no clusters, here or in CMSSW"];
  return [...formatTable(header, lines), "", ...more, ...totals];
}
