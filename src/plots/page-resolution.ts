/** The resolution page: residuals of the most energetic matched cluster and of the sum of all trigger cells. */
import { groupInBins, quantiles } from "../core/index.js";
import {
  dodged,
  type Estimate,
  estimateDeviation,
  estimateEffective,
  estimateMean,
  estimateMedian,
  histogram,
  pointsOf,
} from "./bins.js";
import { densityOf } from "./density.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { describeLanes, type Lane, lanesOf, type RecordColumn, type ReportRun, seriesOf, valuesOf } from "./lanes.js";
import { type Axis, type Panel, type Series } from "./plot.js";
import { formatNumber, roundEdges } from "./ticks.js";
import { type Variable, VARIABLES } from "./variables.js";

interface Residual {
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly definition: string;
  /** Of the most energetic matched cluster; NaN without one. */
  cluster(lane: Lane): number[];
  readonly allTcs: RecordColumn;
}

const RESIDUALS: readonly Residual[] = [
  {
    id: "pt",
    title: "pT residual",
    axis: { label: "pT / generated pT − 1" },
    definition: "pT over generated pT, minus 1",
    cluster: (lane) => valuesOf(lane, "response_pt").map((value) => value - 1),
    allTcs: "tcallrespt",
  },
  {
    id: "energy",
    title: "Energy residual",
    axis: { label: "E / generated E − 1" },
    definition: "Energy over generated energy, minus 1",
    cluster: (lane) => valuesOf(lane, "response_en").map((value) => value - 1),
    allTcs: "tcallresen",
  },
  {
    id: "eta",
    title: "η residual",
    axis: { label: "η − generated η" },
    definition: "η minus generated η",
    cluster: (lane) => valuesOf(lane, "match_reseta"),
    allTcs: "tcallreseta",
  },
  {
    id: "phi",
    title: "φ residual",
    axis: { label: "φ − generated φ", unit: "rad" },
    definition: "φ minus generated φ, wrapped into [−π, π)",
    cluster: (lane) => valuesOf(lane, "match_resphi"),
    allTcs: "tcallresphi",
  },
];

const OF_WHAT = "of the most energetic cluster that matches the particle";
/** Histograms and violins show the clusters' values between these quantiles, on a round range. */
const SHOWN = [0.005, 0.995] as const;

interface Measure {
  readonly axis: string;
  readonly estimate: (values: readonly number[]) => Estimate;
  readonly hasZero: boolean;
}

const MEASURES: readonly Measure[] = [
  { axis: "median; bar: 68 % of the particles", estimate: estimateMedian, hasZero: true },
  { axis: "mean; bar: standard error σ/√n", estimate: estimateMean, hasZero: true },
  { axis: "σ: standard deviation; bar: σ/√(2(n−1))", estimate: estimateDeviation, hasZero: false },
  { axis: "half the shortest 68 % window; no bar", estimate: estimateEffective, hasZero: false },
];

const ZERO: Series = { color: "grey", dash: "3 3", marks: [{ kind: "rule", y: 0 }] };

/** Residuals in pT, E, eta and phi: distributions, then median, mean and two widths against each generated quantity, and violins. */
export function resolutionPage(runs: readonly ReportRun[]): Page {
  const lanes = lanesOf(runs);
  return {
    id: "resolution",
    title: "Resolution",
    intro:
      "All residuals are those of one cluster, the most energetic within the split distance of the particle in the projected plane. " +
      "Particles without a matched cluster have no residual; the reconstruction efficiency counts them.",
    figures: RESIDUALS.flatMap((residual) => {
      const range = shownRange(residual, lanes);
      return [
        distribution(residual, lanes, range),
        ...VARIABLES.flatMap((variable) => {
          const edges = variable.edges(lanes);
          const groups = lanes.map((lane) => groupInBins(edges, variable.values(lane), residual.cluster(lane)));
          return [
            trend(residual, variable, lanes, edges, groups),
            violin(residual, variable, lanes, { edges, groups, range }),
          ];
        }),
      ];
    }),
  };
}

/** The round range that holds most of the lanes' residuals, in more bins the more there are (Rice's rule). */
function shownRange({ cluster }: Residual, lanes: readonly Lane[]): number[] {
  const values = lanes.flatMap((lane) => cluster(lane).filter(Number.isFinite));
  const bins = Math.min(60, Math.max(10, Math.round(2 * Math.cbrt(values.length / lanes.length))));
  const [low, high] = quantiles(values, SHOWN);
  return values.length === 0 ? [-1, 0, 1] : roundEdges(low, high, bins);
}

function distribution(residual: Residual, lanes: readonly Lane[], edges: readonly number[]): Figure {
  const curve = (all: readonly number[]): ReturnType<typeof histogram> => {
    const values = all.filter((value) => !Number.isNaN(value));
    return histogram(edges, values, values.length);
  };
  const series = lanes.map((lane) => seriesOf(lane, [curve(residual.cluster(lane)).mark]));
  // All trigger cells are the same for both chains of a run.
  const allTcs = [...new Map(lanes.map((lane) => [lane.run, lane])).values()].map((lane): Series => {
    const name = lanes.some(({ run }) => run !== lane.run) ? `${lane.run.name}, all TCs` : "all TCs";
    return { ...seriesOf(lane, [curve(valuesOf(lane, residual.allTcs)).mark]), name, color: "grey" };
  });
  const missing = (lane: Lane): string => {
    const without = residual.cluster(lane).filter(Number.isNaN).length;
    const outside = curve(residual.cluster(lane)).outside;
    return ` (${formatNumber(without)} without a matched cluster, ${formatNumber(outside)} outside of the range)`;
  };
  return createFigure({
    id: `residual-${residual.id}`,
    title: residual.title,
    notes: [
      `${residual.definition}; ${OF_WHAT}, and of the sum (pT-weighted mean) of all TCs. Shares of the particles with a value; no bars.`,
      describeLanes(lanes, "particles", missing),
    ],
    panels: [
      {
        x: residual.axis,
        y: { label: "share of the particles per bin" },
        series: [{ color: "grey", dash: "3 3", marks: [{ kind: "rule", x: 0 }] }, ...allTcs, ...series],
      },
    ],
  });
}

/** `groups`: the residuals of each lane by bin of the variable. */
function trend(
  residual: Residual,
  variable: Variable,
  lanes: readonly Lane[],
  edges: readonly number[],
  groups: readonly number[][][],
): Figure {
  const panels = MEASURES.map(({ axis, estimate, hasZero }): Panel => ({
    x: { ...variable.axis, range: [edges[0], edges[edges.length - 1]] },
    y: { label: axis, ...(residual.axis.unit === undefined ? {} : { unit: residual.axis.unit }) },
    series: [
      ...(hasZero ? [ZERO] : []),
      ...lanes.map((lane, i) => seriesOf(lane, [pointsOf(edges, groups[i], estimate, dodged(edges, i, lanes.length))])),
    ],
  }));
  return createFigure({
    id: `residual-${residual.id}-${variable.id}`,
    title: `${residual.title} against ${variable.axis.label}`,
    notes: [`${residual.definition}; ${OF_WHAT}.`, describeLanes(lanes)],
    panels,
    columns: 2,
    width: 370,
    height: 230,
  });
}

function violin(
  residual: Residual,
  variable: Variable,
  lanes: readonly Lane[],
  {
    edges,
    groups,
    range,
  }: {
    readonly edges: readonly number[];
    readonly groups: readonly number[][][];
    readonly range: readonly number[];
  },
): Figure {
  const [low, high] = [range[0], range[range.length - 1]];
  const slot = 0.8 / lanes.length;
  const narrowest = Math.min(...edges.slice(1).map((edge, i) => edge - edges[i]));
  const series = lanes.map((lane, curve): Series => {
    const middle = dodged(edges);
    const place = (bin: number): number =>
      middle(bin) + (edges[bin + 1] - edges[bin]) * slot * (curve - (lanes.length - 1) / 2);
    const shapes = groups[curve]
      .map((values, bin) => ({ at: place(bin), shape: densityOf(values, low, high) }))
      .filter(({ shape }) => shape !== undefined);
    return seriesOf(lane, [
      {
        kind: "violins",
        at: shapes.map(({ at }) => at),
        halfWidth: 0.48 * slot * narrowest,
        shapes: shapes.map(({ shape }) => shape).filter((shape) => shape !== undefined),
      },
      { ...pointsOf(edges, groups[curve], estimateMedian, place), size: 2 },
    ]);
  });
  return createFigure({
    id: `violin-${residual.id}-${variable.id}`,
    title: `${residual.title} against ${variable.axis.label}: distributions`,
    notes: [
      `${residual.definition}; ${OF_WHAT}. Gaussian kernel density, each as wide as the others; point: median; bar: 68 % of the particles.`,
      describeLanes(lanes),
    ],
    panels: [
      {
        x: { ...variable.axis, range: [edges[0], edges[edges.length - 1]] },
        y: { ...residual.axis, range: [low, high] },
        series: [ZERO, ...series],
      },
    ],
    width: 480 + 60 * lanes.length,
  });
}
