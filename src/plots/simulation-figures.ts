/** Figures of docs/simulation.md: what the simulation gives beside what Geant4 and CMSSW gave. */
import { groupInBins } from "../core/index.js";
import { estimateMedian, pointsOf } from "./bins.js";
import { type ColorName } from "./colors.js";
import { describeLanes, type Lane, type RecordColumn, seriesOf, valuesOf } from "./lanes.js";
import { type Axis, type Marker, type Numbers, type Plot, type Series } from "./plot.js";
import { type Variable } from "./variables.js";

/** One quantity, simulated (points) and as it should be (a line, broken at NaN). */
export interface Comparison {
  readonly name: string;
  readonly color: ColorName;
  readonly marker: Marker;
  readonly x: Numbers;
  readonly simulated: Numbers;
  /** Ends of the points' bars; the notes say what they are. */
  readonly low?: Numbers;
  readonly high?: Numbers;
  readonly reference: Numbers;
}

export interface PlotWords {
  readonly id: string;
  readonly title: string;
  readonly notes: readonly string[];
  readonly x: Axis;
  readonly y: Axis;
}

/** Points on lines: a profile in depth or radius, an occupancy by layer. */
export function comparisonPlot(words: PlotWords, comparisons: readonly Comparison[]): Plot {
  const series = comparisons.map(({ name, color, marker, x, simulated, low, high, reference }): Series => ({
    name,
    color,
    marker,
    marks: [
      { kind: "line", x, y: reference },
      { kind: "points", x, y: simulated, ...(low && high ? { low, high } : {}) },
    ],
  }));
  return { ...words, panels: [{ x: words.x, y: words.y, series }] };
}

/** A quantity that spreads: the middle 68 % of simulated values as a band around their median, and single events beside it. */
export interface Spread {
  readonly name: string;
  readonly color: ColorName;
  readonly marker: Marker;
  readonly x: Numbers;
  readonly median: Numbers;
  readonly low: Numbers;
  readonly high: Numbers;
  readonly eventX: Numbers;
  readonly events: Numbers;
}

export function spreadPlot(words: PlotWords, spreads: readonly Spread[]): Plot {
  const series = spreads.map(({ name, color, marker, x, median, low, high, eventX, events }): Series => ({
    name,
    color,
    marker,
    marks: [
      { kind: "band", x, low, high },
      { kind: "line", x, y: median },
      { kind: "points", x: eventX, y: events },
    ],
  }));
  return { ...words, panels: [{ x: words.x, y: words.y, series }] };
}

/** A response of the records in bins of a variable: median, and bars that hold 68 % of the particles. */
export function responsePlot(lane: Lane, column: RecordColumn, axis: Axis, variable: Variable, id: string): Plot {
  const edges = variable.edges([lane]);
  const groups = groupInBins(edges, variable.values(lane), valuesOf(lane, column));
  return {
    id,
    title: `${axis.label} against ${variable.axis.label}`,
    notes: [
      "Most energetic cluster that matches the particle; points: median; bars: 68 % of the particles.",
      describeLanes([lane]),
    ],
    panels: [
      {
        x: { ...variable.axis, range: [edges[0], edges[edges.length - 1]] },
        y: axis,
        series: [
          { color: "grey", dash: "3 3", marks: [{ kind: "rule", y: 1 }] },
          seriesOf(lane, [pointsOf(edges, groups, estimateMedian)]),
        ],
      },
    ],
  };
}
