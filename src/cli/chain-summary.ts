import { type Acceptance, type ChainSummary, leftOutReasons, NEIGHBOURS_MIX } from "../chain/index.js";
import { counted, type Interval } from "../core/index.js";
import { formatTable, short } from "./globals.js";

/** The columns of the table, for `--help`. */
export const SUMMARY_HELP = `The summary, one line a chain:
  split fraction  particles of which two clusters or more are left, with its 68 % interval
  response        median of the energy of the most energetic matched cluster over the generated energy
  efficiency      particles in acceptance with a matched cluster
  resolution      half the shortest window that holds 68 % of these ratios, over their median
With pile-up also:
  control         what the fraction, or the efficiency, would be without the particle: in directions turned by 60, 120, ... 300 degrees
  net             (split fraction - control) / (1 - control)
  truly split     what the deposits of simulated particles say (samples with tc_signal); also where
                  particles are near each other
  false clusters  an event: those that no generated particle made; also without particles`;

/**
 * What chains found, one line each, and what became of the entries. With pile-up the split fraction has its control and
 * net value beside it, and for simulated samples the true one; the efficiency its control.
 */
export function chainSummaryText(
  chains: readonly ChainSummary[],
  acceptance: Acceptance,
  eventsPerSecond?: number,
): string[] {
  const percent = (value: number): string => `${short(100 * value)} %`;
  const range = ({ low, high }: Interval): string => `[${short(100 * low)}, ${short(100 * high)}]`;
  // With pile-up the plain numbers mean little: they never stand alone.
  const isCrowded = chains.some(({ splitControl, matchControl }) => splitControl > 0 || matchControl > 0);
  const hasNeighbours = chains.some(({ counts }) => counts.withNeighbour > 0);
  // Without particles the rate of clusters is what there is to know.
  const showsFalse = isCrowded || chains.some(({ counts }) => counts.particles === 0 && counts.falseClusters > 0);
  const hasTruth =
    (isCrowded || hasNeighbours) && chains.some(({ trueSplitFraction }) => trueSplitFraction !== undefined);
  const speed = eventsPerSecond === undefined ? [] : [{ name: "events/s", value: short(eventsPerSecond) }];
  const rows = chains.map((chain) => {
    const { counts } = chain;
    return [
      chain.chain,
      String(counts.selected),
      String(counts.seeds),
      String(counts.clusters),
      `${counts.split} of ${counts.particles}`,
      `${percent(chain.splitFraction)} ${range(chain.splitInterval)}`,
      ...(isCrowded
        ? [percent(chain.splitControl), `${percent(chain.splitNet)} ${range(chain.splitNetInterval)}`]
        : []),
      ...(showsFalse ? [short(chain.falseClusters)] : []),
      ...(hasTruth
        ? [
            chain.trueSplitFraction === undefined || chain.trueSplitFractionInterval === undefined
              ? ""
              : `${percent(chain.trueSplitFraction)} ${range(chain.trueSplitFractionInterval)}`,
          ]
        : []),
      `${percent(chain.efficiency)}${isCrowded ? ` (control ${percent(chain.matchControl)})` : ""}`,
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
    ...(isCrowded ? ["control", "net [68 %]"] : []),
    ...(showsFalse ? ["false clusters"] : []),
    ...(hasTruth ? ["truly split [68 %]"] : []),
    "efficiency",
    "response",
    "resolution",
    ...speed.map(({ name }) => name),
  ];
  const notes = chains.map(
    ({ chain, counts }) =>
      `${chain}: ${[`${counts.selected} of ${counted(counts.entries, "entry", "entries")} selected`, ...leftOutReasons(counts, acceptance)].join("; ")}; ` +
      `${counts.selected - counts.withSeeds} without a seed, ${counts.selected - counts.withClusters} without a cluster` +
      (counts.bad > 0 ? `, ${counted(counts.bad, "bad event")} left out` : "") +
      (counts.withoutPosition > 0 ? `, ${counted(counts.withoutPosition, "cluster")} without a position dropped` : ""),
  );
  const near = chains.flatMap(({ chain, counts }) =>
    counts.withNeighbour > 0
      ? [
          `${chain}: ${counts.withNeighbour} of ${counted(counts.particles, "particle")} have another one within the split distance: ${NEIGHBOURS_MIX}`,
        ]
      : [],
  );
  return [...formatTable(header, rows), ...notes, ...near];
}
