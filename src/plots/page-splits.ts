/** The page of split particles. */
import { ControlBuilder, type ControlSummary, isNearTruth, NEIGHBOURS_MIX, TRUSTED_CONTROL } from "../chain/index.js";
import { fitLine, groupInBins, type LineFit } from "../core/index.js";
import { type Geometry } from "../detector/index.js";
import { dodged, estimateFraction, histogram, pointsOf } from "./bins.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { describeLanes, type Lane, lanesOf, type ReportRun, seriesOf, valuesOf } from "./lanes.js";
import { type Mark, type Plot, type Series } from "./plot.js";
import { formatNumber, roundEdges } from "./ticks.js";
import { tilingPlot } from "./tiling.js";
import { FOLDED_PHI, PHI_IN_BIN, type Variable, VARIABLES } from "./variables.js";

const DEFINITION =
  "Split: at least two clusters within the split distance of the particle in the projected plane and above the split pT, " +
  "the second largest with at least the split share of their pT.";

export interface SplitTrend {
  readonly lane: Lane;
  readonly fit: LineFit;
  /** Slope over its standard deviation. */
  readonly significance: number;
  /** All split particles of all particles. */
  readonly split: number;
  readonly particles: number;
}

/**
 * Split fraction in bins of a variable, and a straight line through it. The bins are weighted by n / (p (1 - p)) with the overall
 * fraction p: their variance if the fraction did not depend on the variable, so that empty bins count too (Cochran's and
 * Armitage's test of a trend). x is the mean of the variable in the bin.
 */
export function splitTrend(lane: Lane, variable: Variable, edges: readonly number[]): SplitTrend {
  const values = variable.values(lane);
  const isSplit = valuesOf(lane, "is_split");
  const x = groupInBins(edges, values, values);
  const y = groupInBins(edges, values, isSplit);
  const particles = y.reduce((sum, list) => sum + list.length, 0);
  const split = y.flat().reduce((sum, value) => sum + value, 0);
  const p = split / particles;
  const average = (list: readonly number[]): number => list.reduce((sum, value) => sum + value, 0) / list.length;
  const fit = fitLine(
    x.map(average),
    y.map(average),
    y.map((list) => Math.sqrt((p * (1 - p)) / list.length)),
  );
  return { lane, fit, significance: fit.slope / fit.slopeSigma, split, particles };
}

/** "slope (1.2 ± 0.5)e-3 per GeV (2.4 σ)". */
export function describeSlope({ fit, significance }: SplitTrend, unit: string | undefined): string {
  if (Number.isNaN(significance)) return "no fit";
  const per = unit === undefined ? "" : ` per ${unit}`;
  return `slope ${formatNumber(fit.slope, 2)} ± ${formatNumber(fit.slopeSigma, 2)}${per} (${formatNumber(significance, 2)} σ)`;
}

/** What pile-up alone would do to the particles of a lane. */
function controlOf(lane: Lane): ControlSummary {
  const builder = new ControlBuilder();
  const isOfLane = new Set(lane.rows);
  builder.add(lane.run.records, (row) => isOfLane.has(row));
  return builder.finish();
}

/** Runs of simulated samples know what generated particles deposited. */
const hasTruth = ({ run }: Lane): boolean =>
  run.knowsTruth ?? run.clusters?.columns.signal_pt.some((value) => !Number.isNaN(value)) === true;

/** Several particles of an entry: those near each other count each other's clusters. */
function hasSeveral(lane: Lane): boolean {
  return new Set(valuesOf(lane, "entry")).size < lane.rows.length;
}

/** Whether truth stands beside the split fraction: where pile-up or other particles make splits that are none. */
const showsTruth = (lane: Lane, { splitControl }: ControlSummary): boolean =>
  hasTruth(lane) && (splitControl > 0 || hasSeveral(lane));

/** "control 42 %, net 14 % [6, 22], truly split 0 of 80": never the plain fraction alone where pile-up gives as much. */
function describeControl(lane: Lane, control: ControlSummary): string[] {
  const { splitControl, splitNet, splitNetInterval } = control;
  const several = hasSeveral(lane)
    ? [
        `${lane.name}: several particles an entry; where two are within the split distance of each other, ${NEIGHBOURS_MIX}`,
      ]
    : [];
  const percent = (value: number): string => `${formatNumber(100 * value, 2)}\u00a0%`;
  const { low, high } = splitNetInterval;
  const net = `net ${percent(splitNet)} [${percent(low)}, ${percent(high)}]`;
  const trulySplit = valuesOf(lane, "true_split").reduce((sum, value) => sum + value, 0);
  const trulySplitOf = `truly split ${formatNumber(trulySplit)} of ${formatNumber(lane.rows.length)}`;
  if (!(splitControl > 0)) return showsTruth(lane, control) ? [`${lane.name}: ${trulySplitOf}`, ...several] : several;
  const truth = hasTruth(lane) ? `; ${trulySplitOf}` : "";
  const warning =
    splitControl > TRUSTED_CONTROL
      ? "; the plain fraction says little: pile-up alone splits as many as the control"
      : "";
  const trust =
    hasTruth(lane) && !isNearTruth(splitNetInterval, trulySplit, lane.rows.length)
      ? "; net and truth differ by more than 2 σ: the net is not to be trusted here"
      : "";
  return [
    `${lane.name}: control ${percent(splitControl)} (directions without the particle), ${net}${truth}${warning}${trust}`,
    ...several,
  ];
}

function controlSteps(lane: Lane, variable: Variable, edges: readonly number[]): Mark {
  const values = variable.values(lane);
  const isMatched = valuesOf(lane, "n_matched").map((n) => (n > 0 ? 1 : 0));
  const directions = groupInBins(edges, values, valuesOf(lane, "n_control").map((n, k) => n * isMatched[k])); // prettier-ignore
  const split = groupInBins(edges, values, valuesOf(lane, "split_control"));
  const sum = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0);
  return { kind: "steps", edges, values: Float64Array.from(split, (list, bin) => sum(list) / sum(directions[bin])) };
}

/** The plot of `splitTrend` for some lanes. */
export function splitPlot(lanes: readonly Lane[], variable: Variable, id: string): Plot {
  const edges = variable.edges(lanes);
  const trends = lanes.map((lane) => splitTrend(lane, variable, edges));
  const ends = [edges[0], edges[edges.length - 1]] as const;
  const series = trends.map(({ lane, fit }, i): Series => {
    const groups = groupInBins(edges, variable.values(lane), valuesOf(lane, "is_split"));
    const line = { kind: "line", x: ends, y: ends.map((x) => fit.intercept + fit.slope * x) } as const;
    return seriesOf(lane, [
      pointsOf(edges, groups, estimateFraction, dodged(edges, i, lanes.length)),
      ...(Number.isNaN(fit.slope) ? [] : [line]),
    ]);
  });
  const controls = lanes.map(controlOf);
  const beside = lanes.flatMap((lane, i): Series[] => [
    ...(controls[i].splitControl > 0
      ? [
          {
            ...seriesOf(lane, [controlSteps(lane, variable, edges)]),
            name: `${lane.name}: control`,
            dash: "2 2",
          },
        ]
      : []),
    ...(showsTruth(lane, controls[i])
      ? [
          {
            ...seriesOf(lane, [
              pointsOf(
                edges,
                groupInBins(edges, variable.values(lane), valuesOf(lane, "true_split")),
                estimateFraction,
                dodged(edges, i, lanes.length),
              ),
            ]),
            name: `${lane.name}: truly split`,
            marker: "ring",
          } as const,
        ]
      : []),
  ]);
  return {
    id,
    title: `Split particles against ${variable.axis.label}`,
    notes: [
      `Split particles over all particles; bars: 68 % Clopper-Pearson interval; lines: fits. ${DEFINITION}`,
      describeLanes(lanes),
      trends
        .map((trend) => {
          const share = `${formatNumber(trend.split)} of ${formatNumber(trend.particles)} split`;
          return `${trend.lane.name}: ${share}, ${describeSlope(trend, variable.axis.unit)}`;
        })
        .join("; "),
      ...lanes.flatMap((lane, i) => describeControl(lane, controls[i])),
    ],
    panels: [
      {
        x: { ...variable.axis, range: ends },
        y: { label: "split particles / particles", includes: [0] },
        series: [...series, ...beside],
      },
    ],
  };
}

/**
 * Split fractions against each generated quantity, where in the tiling of `geometry` particles split, numbers of matched
 * clusters, and the response of split particles.
 */
export function splitsPage(runs: readonly ReportRun[], geometry: Geometry): Page {
  const lanes = lanesOf(runs);
  return {
    id: "splits",
    title: "Splits",
    intro: DEFINITION,
    figures: [
      ...[...VARIABLES, FOLDED_PHI, PHI_IN_BIN].map((variable) =>
        createFigure(splitPlot(lanes, variable, `split-${variable.id}`)),
      ),
      ...(lanes.length > 0 ? [createFigure(tilingPlot(lanes, geometry, "split-tiling"))] : []),
      matched(lanes),
      response(lanes),
    ],
  };
}

function matched(lanes: readonly Lane[]): Figure {
  const most = lanes.flatMap((lane) => valuesOf(lane, "n_matched")).reduce((a, b) => Math.max(a, b), 1);
  const edges = Array.from({ length: Math.min(most, 20) + 2 }, (_, i) => i - 0.5);
  const outside: string[] = [];
  const series = lanes.map((lane) => {
    const made = histogram(edges, valuesOf(lane, "n_matched"), lane.rows.length);
    if (made.outside > 0) outside.push(`${lane.name}: ${formatNumber(made.outside)} with more`);
    return seriesOf(lane, [made.mark]);
  });
  return createFigure({
    id: "matched-clusters",
    title: "Clusters matched to a particle",
    notes: [
      "Clusters within the split distance of the particle in the projected plane, of any pT. Shares of the particles; no bars.",
      describeLanes(lanes),
      ...outside,
    ],
    panels: [
      {
        x: { label: "matched clusters", whole: true },
        y: { label: "share of the particles", includes: [0, 1] },
        series,
      },
    ],
  });
}

function response(lanes: readonly Lane[]): Figure {
  const edges = roundEdges(0, 1.5, 50);
  const outside: string[] = [];
  const series = lanes.map((lane) => {
    const isSplit = valuesOf(lane, "is_split");
    const values = valuesOf(lane, "response_pt").filter((_, i) => isSplit[i] === 1);
    const made = histogram(edges, values);
    if (made.outside > 0) outside.push(`${lane.name}: ${formatNumber(made.outside)} outside of the range`);
    return { ...seriesOf(lane, [made.mark]), name: `${lane.name}, ${formatNumber(values.length)}\u00a0split` };
  });
  return createFigure({
    id: "split-response",
    title: "pT response of split particles",
    notes: [
      "pT of the most energetic matched cluster over generated pT, split particles only; no bars.",
      describeLanes(lanes),
      ...outside,
    ],
    panels: [{ x: { label: "pT / generated pT" }, y: { label: "split particles per bin", includes: [0] }, series }],
  });
}
