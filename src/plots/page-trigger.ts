/** What a trigger would see: turn-on curves of particles, and the rate of clusters. */
import { CHAINS } from "../chain/index.js";
import { groupInBins, poissonInterval } from "../core/index.js";
import { dodged, estimateFraction, pointsOf } from "./bins.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { describeLanes, type Lane, lanesOf, type ReportRun, seriesOf, valuesOf } from "./lanes.js";
import { type Plot, type Series } from "./plot.js";
import { formatNumber, roundEdges } from "./ticks.js";

/** Thresholds of the turn-on curves [GeV]. */
export const TURN_ON = [5, 10, 20, 40];
const RATE_STEPS = 40;

/** Efficiency of a threshold on cluster pT against generated pT, for several; rate of clusters against the threshold. */
export function triggerPage(runs: readonly ReportRun[]): Page {
  const lanes = lanesOf(runs);
  return {
    id: "trigger",
    title: "Thresholds",
    intro:
      "Turn-on curves: of all generated particles in acceptance, those whose most energetic matched cluster is above a threshold. " +
      "Rates: clusters above a threshold an event and endcap, whatever made them; of runs without generated particles these are all pile-up's.",
    figures: [
      ...(lanes.length > 0 ? TURN_ON.map((threshold) => createFigure(turnOnPlot(lanes, threshold))) : []),
      ...rates(runs),
    ],
  };
}

/** The efficiency of a threshold [GeV] on cluster pT against generated pT: all particles of the lanes count, found or not. */
export function turnOnPlot(lanes: readonly Lane[], threshold: number): Plot {
  const pts = lanes.map((lane) => valuesOf(lane, "genpt"));
  // Fine where the curve rises: most of it lies below three times the threshold.
  const most = Math.min(
    3 * threshold,
    pts.flat().reduce((a, b) => Math.max(a, b), threshold),
  );
  const edges = roundEdges(0, most, 15);
  const series = lanes.map((lane, i): Series => {
    const response = valuesOf(lane, "response_pt");
    const passes = pts[i].map((pt, k) => (response[k] * pt > threshold ? 1 : 0));
    return seriesOf(lane, [
      pointsOf(edges, groupInBins(edges, pts[i], passes), estimateFraction, dodged(edges, i, lanes.length)),
    ]);
  });
  return {
    id: `turn-on-${threshold}`,
    title: `Turn-on of a threshold of ${threshold} GeV`,
    notes: [
      `Particles whose most energetic matched cluster has pT > ${threshold} GeV over all particles in acceptance, found or not; bars: 68 % Clopper-Pearson interval.`,
      describeLanes(lanes),
    ],
    panels: [
      {
        x: { label: "generated pT", unit: "GeV", range: [edges[0], edges[edges.length - 1]] },
        y: { label: "particles above / particles", includes: [0, 1] },
        series,
      },
    ],
  };
}

function rates(runs: readonly ReportRun[]): Figure[] {
  const curves = runs.flatMap((run) =>
    CHAINS.flatMap(({ name }) => {
      const { clusters, entries } = run;
      const n = entries?.[name] ?? 0;
      if (clusters === undefined || n === 0) return [];
      const pts = clusters.columns.pt.filter((_, row) => clusters.columns.chain[row] === name).toSorted();
      return [{ run, chain: name, n, pts }];
    }),
  );
  const highest = curves.reduce((most, { pts }) => Math.max(most, pts.at(-1) ?? 0), 0);
  if (highest === 0) return [];
  const thresholds = Array.from({ length: RATE_STEPS + 1 }, (_, k) => (k * Math.min(60, highest)) / RATE_STEPS);
  const looks = new Map(lanesOf(runs).map((lane) => [`${lane.run.name} ${lane.chain}`, lane]));
  const series = curves.map(({ run, chain, n, pts }): Series => {
    const counts = thresholds.map((threshold) => countAbove(pts, threshold));
    const shown = counts.map((count, k) => ({ count, threshold: thresholds[k] })).filter(({ count }) => count > 0);
    const intervals = shown.map(({ count }) => poissonInterval(count));
    const look = looks.get(`${run.name} ${chain}`) ?? {
      name: runs.length === 1 ? `${chain} chain` : `${run.name}, ${chain}`,
      color: "grey",
      marker: "circle",
    };
    return {
      name: look.name,
      color: look.color,
      marker: look.marker,
      marks: [
        {
          kind: "points",
          x: shown.map(({ threshold }) => threshold),
          y: shown.map(({ count }) => count / n),
          low: intervals.map(({ low }) => low / n),
          high: intervals.map(({ high }) => high / n),
          entries: shown.map(({ count }) => count),
        },
      ],
    };
  });
  const sizes = curves.map(({ run, chain, n }) => `${run.name}, ${chain}: ${formatNumber(n)}\u00a0entries`);
  return [
    createFigure({
      id: "cluster-rate",
      title: "Rate of clusters",
      notes: [
        "Clusters with pT above the threshold, an event and endcap; those of generated particles included. Bars: 68 % of Poisson's mean; points share clusters, so they move together.",
        sizes.join("; "),
      ],
      panels: [
        {
          x: { label: "threshold on cluster pT", unit: "GeV" },
          y: { label: "clusters above / event and endcap", log: true },
          series,
        },
      ],
    }),
  ];
}

/** How many of ascending values are above a threshold. */
function countAbove(values: Float64Array, threshold: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] > threshold) high = middle;
    else low = middle + 1;
  }
  return values.length - low;
}
