/** The statistics in words, line by line. */
import { TRUSTED_CONTROL } from "../../chain/index.js";
import { type Interval } from "../../core/index.js";
import { fixed, short } from "../ui/numbers.js";
import { type SideStatistics } from "../model/statistics.js";

export interface StatisticsLine {
  readonly name: string;
  readonly title: string;
  text(side: SideStatistics): string;
  /** Without it the line is always there. */
  isFor?(side: SideStatistics): boolean;
}

const percent = (fraction: number): string => (Number.isNaN(fraction) ? "–" : `${short(100 * fraction)} %`);
const range = ({ low, high }: Interval): string =>
  Number.isNaN(low + high) ? "–" : `${short(100 * low, 2)} to ${short(100 * high, 2)} %`;
/** With pile-up a fraction means little without what pile-up alone gives: where that is much, they stand together. */
const beside = (fraction: number, control: number): string =>
  control > TRUSTED_CONTROL ? `${percent(fraction)}, control ${percent(control)}` : percent(fraction);
/** The number of split events in a heading. */
export const splitsInWords = (events: number, { splitControl }: Pick<SideStatistics, "splitControl">): string =>
  splitControl > TRUSTED_CONTROL
    ? `${events} split, control ${percent(splitControl)} of the particles`
    : `${events} split`;
const isCrowded = ({ splitControl, matchControl }: SideStatistics): boolean => splitControl > 0 || matchControl > 0;

const LINES: readonly StatisticsLine[] = [
  {
    name: "split",
    title: "Split particles over all particles; control: what pile-up alone would split",
    text: ({ splitFraction, splitControl }) => beside(splitFraction, splitControl),
  },
  {
    name: "68 % interval",
    title: "Clopper-Pearson interval of the split fraction",
    text: ({ particles, splitInterval }) => (particles === 0 ? "–" : range(splitInterval)),
  },
  {
    name: "control",
    title: "Split without the particle: directions turned by 60, 120, ... 300° that would make it split",
    text: ({ splitControl }) => percent(splitControl),
    isFor: isCrowded,
  },
  {
    name: "net",
    title: "(split - control) / (1 - control)",
    text: ({ splitNet }) => percent(splitNet),
    isFor: isCrowded,
  },
  {
    name: "68 % of net",
    title: "Interval of the net split fraction, by bootstrap over events",
    text: ({ splitNetInterval }) => range(splitNetInterval),
    isFor: isCrowded,
  },
  {
    name: "truly split",
    title: "Particles of whose deposits two clusters hold much (simulated samples)",
    text: ({ trueSplitFraction = Number.NaN }) => percent(trueSplitFraction),
    isFor: ({ trueSplitFraction }) => trueSplitFraction !== undefined,
  },
  {
    name: "68 % of truly split",
    title: "Clopper-Pearson interval of the true split fraction",
    text: ({ trueSplitFractionInterval: interval }) => (interval === undefined ? "–" : range(interval)),
    isFor: ({ trueSplitFraction }) => trueSplitFraction !== undefined,
  },
  {
    name: "false clusters",
    title: "Clusters an event that no generated particle made",
    text: ({ falseClusters }) => short(falseClusters),
    isFor: isCrowded,
  },
  {
    name: "matched",
    title: "Particles in acceptance with a matched cluster; control: directions without the particle that have one",
    text: ({ efficiency, matchControl }) => beside(efficiency, matchControl),
  },
  {
    name: "truly found",
    title: "Particles of whose deposits one cluster holds half (simulated samples)",
    text: ({ trueEfficiency = Number.NaN }) => percent(trueEfficiency),
    isFor: ({ trueEfficiency }) => trueEfficiency !== undefined,
  },
  {
    name: "response",
    title: "Median of E/Egen, or pT/pTgen as selected, of the most energetic matched cluster",
    text: ({ response }) => fixed(response, 3),
  },
  {
    name: "resolution",
    title: "Half the shortest window with 68 % of E/Egen, or pT/pTgen as selected, over its median",
    text: ({ resolution }) => percent(resolution),
  },
  { name: "without a cluster", title: "Particles that no cluster matches", text: ({ lost }) => String(lost) },
];

/** The lines that say something of one of the sides. */
export function linesOf(sides: readonly SideStatistics[]): StatisticsLine[] {
  return LINES.filter(({ isFor }) => isFor === undefined || sides.some((side) => isFor(side)));
}

/** What to think of the net fraction; empty where there is nothing to say. */
export function warningOf(sides: readonly SideStatistics[]): string {
  if (sides.some((side) => isCrowded(side) && !side.isNetNearTruth)) {
    return "Net and truth differ by more than 2 σ: the net is not to be trusted here.";
  }
  return "";
}
