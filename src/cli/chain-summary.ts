import { type ChainSummary } from "../chain/index.js";
import { formatTable, short } from "./globals.js";

/** What chains found, one line each, and what became of the entries. */
export function chainSummaryText(chains: readonly ChainSummary[], eventsPerSecond?: number): string[] {
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
      `${chain}: ${counts.entries} entries, ${counts.rowsOut} of ${counts.rowsIn} rows selected (${percent(counts.rowsOut / counts.rowsIn)}), ` +
      `${counts.selected - counts.withSeeds} without a seed, ${counts.selected - counts.withClusters} without a cluster` +
      (counts.bad > 0 ? `, ${counts.bad} bad events left out` : "") +
      (counts.withoutPosition > 0 ? `, ${counts.withoutPosition} clusters without a position dropped` : ""),
  );
  return [...formatTable(header, rows), ...notes];
}
