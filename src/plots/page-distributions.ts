/** The page of plain distributions: what was generated, and what the chains made of it. */
import { quantiles } from "../core/index.js";
import { histogram } from "./bins.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { describeLanes, type Lane, lanesOf, onePerEntry, type ReportRun, seriesOf, valuesOf } from "./lanes.js";
import { type Axis } from "./plot.js";
import { formatNumber, roundEdges } from "./ticks.js";
import { VARIABLES } from "./variables.js";

interface Spectrum {
  readonly id: string;
  readonly title: string;
  readonly axis: Axis;
  readonly definition: string;
  /** What one value belongs to, in the plural. */
  readonly what: string;
  readonly lanes: readonly Lane[];
  /** NaN is no value. */
  values(lane: Lane): number[];
}

const isOfLane = (lane: Lane, chain: readonly string[]): number[] =>
  Array.from(chain.keys()).filter((row) => chain[row] === lane.chain);

function ofClusters(lane: Lane, column: "pt" | "n_tc" | "eta"): number[] {
  const table = lane.run.clusters;
  return table === undefined ? [] : isOfLane(lane, table.columns.chain).map((row) => table.columns[column][row]);
}

function ofSeeds(lane: Lane): number[] {
  const table = lane.run.seeds;
  return table === undefined ? [] : isOfLane(lane, table.columns.chain).map((row) => table.columns.seedEn[row]);
}

/** Distributions of generated particles, of clusters and seeds (where runs come with these tables), and of the response. */
export function distributionsPage(runs: readonly ReportRun[]): Page {
  const lanes = lanesOf(runs);
  const entries = lanes.map(onePerEntry);
  const spectra: Spectrum[] = [
    ...VARIABLES.map((variable): Spectrum => ({
      id: `generated-${variable.id}`,
      title: `Distribution of ${variable.axis.label}`,
      axis: variable.axis,
      definition: "Of the selected particles",
      what: "particles",
      lanes,
      values: variable.values,
    })),
    {
      id: "response-pt",
      title: "pT response",
      axis: { label: "pT / generated pT" },
      definition: "pT of the most energetic cluster that matches the particle, over generated pT",
      what: "particles",
      lanes,
      values: (lane) => valuesOf(lane, "response_pt"),
    },
    {
      id: "clusters",
      title: "Number of clusters",
      axis: { label: "clusters of an entry", whole: true },
      definition: "All clusters of an entry",
      what: "entries",
      lanes: entries,
      values: (lane) => valuesOf(lane, "n_clusters"),
    },
  ];
  const withClusters = lanes.filter(({ run }) => run.clusters !== undefined);
  const ofTables: Spectrum[] = [
    {
      id: "cluster-pt",
      title: "pT of the clusters",
      axis: { label: "cluster pT", unit: "GeV" },
      definition: "All clusters",
      what: "clusters",
      lanes: withClusters,
      values: (lane) => ofClusters(lane, "pt"),
    },
    {
      id: "cluster-eta",
      title: "η of the clusters",
      axis: { label: "cluster |η|" },
      definition: "All clusters",
      what: "clusters",
      lanes: withClusters,
      values: (lane) => ofClusters(lane, "eta").map(Math.abs),
    },
    {
      id: "cluster-tcs",
      title: "Trigger cells of the clusters",
      axis: { label: "trigger cells of a cluster", whole: true },
      definition: "All clusters",
      what: "clusters",
      lanes: withClusters,
      values: (lane) => ofClusters(lane, "n_tc"),
    },
    {
      id: "seed-energy",
      title: "Energy of the seeds",
      axis: { label: "seed energy", unit: "MIP_T" },
      definition: "All seeds: smoothed energy of the bin (default chain), mipPt of the cell (cs)",
      what: "seeds",
      lanes: lanes.filter(({ run }) => run.seeds !== undefined),
      values: ofSeeds,
    },
  ];
  return {
    id: "distributions",
    title: "Distributions",
    intro: "Shares of what each plot counts; values outside of a plot's range are named under its title.",
    figures: [...spectra, ...ofTables].filter((spectrum) => spectrum.lanes.length > 0).map(draw),
  };
}

/** From the least value to the 99.5 % quantile (whole numbers: to the largest, if that makes 50 bins), in more bins the more values. */
function draw(spectrum: Spectrum): Figure {
  const values = spectrum.lanes.map((lane) => spectrum.values(lane).filter((value) => !Number.isNaN(value)));
  const all = values.flat();
  const [low, high, largest] = all.length === 0 ? [0, 1, 1] : quantiles(all, [0, 0.995, 1]);
  const bins = Math.min(50, Math.max(10, Math.round(2 * Math.cbrt(all.length / values.length))));
  const edges = spectrum.axis.whole
    ? wholeEdges(low, largest - low < 50 ? largest : high)
    : roundEdges(low, high, bins);
  const counts: string[] = [];
  const series = spectrum.lanes.map((lane, i) => {
    const made = histogram(edges, values[i], values[i].length);
    const outside = made.outside > 0 ? ` (${formatNumber(made.outside)} above the range)` : "";
    counts.push(`${lane.name}: ${formatNumber(values[i].length)} ${spectrum.what}${outside}`);
    return seriesOf(lane, [made.mark]);
  });
  return createFigure({
    id: `distribution-${spectrum.id}`,
    title: spectrum.title,
    notes: [
      `${spectrum.definition}; ${counts.join("; ")}. No bars.`,
      describeLanes(spectrum.lanes, spectrum.what === "entries" ? "entries" : "particles"),
    ],
    panels: [{ x: spectrum.axis, y: { label: `share of the ${spectrum.what} per bin`, includes: [0] }, series }],
  });
}

/** Bins of whole numbers: half below to half above. */
function wholeEdges(low: number, high: number): number[] {
  const width = Math.max(1, Math.ceil((high - low + 1) / 50));
  const n = Math.ceil((high - low + 1) / width);
  return Array.from({ length: n + 1 }, (_, i) => low - 0.5 + i * width);
}
