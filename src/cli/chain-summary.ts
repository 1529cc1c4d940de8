import { type Acceptance, type ChainSummary, leftOutReasons } from "../chain/index.js";
import { formatTable, short } from "./globals.js";

/** The columns of the table, for `--help`. */
export const SUMMARY_HELP = `The summary, one line a chain:
  split fraction  particles of which two clusters or more are left, with its 68 % interval
  response        median of the energy of the most energetic matched cluster over the generated energy
  resolution      half the shortest window that holds 68 % of these ratios, over their median`;

/** What chains found, one line each, and what became of the entries. */
export function chainSummaryText(
  chains: readonly ChainSummary[],
  acceptance: Acceptance,
  eventsPerSecond?: number,
): string[] {
  const percent = (value: number): string => `${short(100 * value)} %`;
  const speed = eventsPerSecond === undefined ? [] : [{ name: "events/s", value: short(eventsPerSecond) }];
  const rows = chains.map((chain) => {
    const { counts } = chain;
    return [
      chain.chain,
      String(counts.selected),
      String(counts.seeds),
      String(counts.clusters),
      `${counts.split} of ${counts.particles}`,
      `${percent(chain.splitFraction)} [${short(100 * chain.splitInterval.low)}, ${short(100 * chain.splitInterval.high)}]`,
      short(chain.response),
      percent(chain.resolution),
      ...speed.map(({ value }) => value),
    ];
  });
  const header = [
    "chain",
    "events",
    "seeds",
    "clusters",
    "split",
    "split fraction [68 %]",
    "response",
    "resolution",
    ...speed.map(({ name }) => name),
  ];
  const notes = chains.map(
    ({ chain, counts }) =>
      `${chain}: ${[`${counts.selected} of ${counts.entries} entries selected`, ...leftOutReasons(counts, acceptance)].join("; ")}; ` +
      `${counts.selected - counts.withSeeds} without a seed, ${counts.selected - counts.withClusters} without a cluster` +
      (counts.bad > 0 ? `, ${counts.bad} bad events left out` : "") +
      (counts.withoutPosition > 0 ? `, ${counts.withoutPosition} clusters without a position dropped` : ""),
  );
  return [...formatTable(header, rows), ...notes];
}
