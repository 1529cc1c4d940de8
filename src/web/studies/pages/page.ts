/** What a page of a study is, and what pages are made of: curves against the radius, and trends against the generated particle. */
import { clopperPearson, noun } from "../../../core/index.js";
import {
  type Axis,
  type ColorName,
  formatNumber,
  type Marker,
  type PageTable,
  type Plot,
  type PointsMark,
  roundEdges,
  type Series,
  studyLanes,
} from "../../../plots/index.js";
import { type Pickable, type PlotBins } from "../picks.js";
import { type Cuts, PointRows, type Variable } from "../point-rows.js";
import { type Estimated, type Patience } from "../statistics.js";
import { formatRange, selectionInWords } from "../../model/selection.js";
import { type StudyState } from "../state.js";
import { type StudyData, type Version } from "../study-data.js";

export type ControlName =
  | "radius"
  | "eta"
  | "pt"
  | "only"
  | "measure"
  | "centre"
  | "samples"
  | "versions"
  | "bins"
  | "what"
  | "at"
  | "figures";

export interface PageContext {
  readonly data: StudyData;
  readonly state: StudyState;
  readonly cuts: Cuts;
  /** Number of the point that is looked at. */
  readonly point: number;
  /** Numbers of the samples that are shown. */
  readonly samples: readonly number[];
  readonly versions: readonly Version[];
  /** For intervals that take long: while something is dragged there is none. */
  readonly patience: Patience;
}

/** What can be clicked in it: `bins` of particles, on the x axis of its panel; `points` of the study. */
export interface StudyPlot extends Plot, Pickable {}

export interface PageContent {
  readonly plots: readonly StudyPlot[];
  readonly tables?: readonly PageTable[];
}

/** What was clicked, as a link says it; undefined for nothing. */
export function pickedBin({
  bin,
}: Pick<StudyState, "bin">): { readonly of: PlotBins["of"]; readonly low: number; readonly high: number } | undefined {
  const [of, low, high] = bin.split(":");
  return bin === "" || of === "point" ? undefined : { of: of as PlotBins["of"], low: Number(low), high: Number(high) };
}

/** With the borders of the bin that was clicked. */
export function withPicked(plot: StudyPlot, state: StudyState): StudyPlot {
  const picked = pickedBin(state);
  if (picked === undefined || plot.bins?.of !== picked.of) return plot;
  const rule = (x: number): Series => ({ color: "ink", dash: "1 3", marks: [{ kind: "rule", x }] });
  return {
    ...plot,
    panels: plot.panels.map((panel) => ({
      ...panel,
      series: [...panel.series, rule(picked.low), rule(picked.high)],
    })),
  };
}

/** One row of the list of pages (pages.ts). */
export interface StudyPage {
  readonly id: string;
  readonly title: string;
  /** One sentence: what is shown, by which definition. */
  readonly sentence: string;
  readonly controls: readonly ControlName[];
  isFor(data: StudyData): boolean;
  make(context: PageContext): PageContent | Promise<PageContent>;
}

/** One curve of a page: a sample in one version. */
export interface Lane {
  readonly sample: number;
  readonly version: Version;
  readonly name: string;
  readonly color: ColorName;
  readonly marker: Marker;
  readonly dash?: string;
}

const DASHES = [undefined, "6 3", "2 2"] as const;
const MARKERS: readonly Marker[] = ["circle", "ring", "cross"];
const SHADES = ["", "3", "2"] as const;

/** The versions that a sample has: its own share says something only with pile-up. */
export function versionsOf({ samples }: StudyData, sample: number, versions: readonly Version[]): readonly Version[] {
  const isPiledUp = (samples[sample].pileup ?? 0) > 0;
  return versions.filter(({ id }) => id !== "own_share" || isPiledUp);
}

/** Hue: the sample's; shade and dash: the version's. */
export function lanesOf({ data, samples, versions }: PageContext): Lane[] {
  const looks = studyLanes(data.samples);
  return samples.flatMap((sample) =>
    versionsOf(data, sample, versions).map((version): Lane => {
      const k = data.versions.indexOf(version);
      const { color, marker } = looks[sample];
      const name = data.samples[sample].name;
      return {
        sample,
        version,
        name: versions.length === 1 && k === 0 ? name : `${name}, ${version.name}`,
        color: `${color.replace(/\d$/, "")}${SHADES[k]}` as ColorName,
        marker: k === 0 ? marker : MARKERS[k],
        ...(DASHES[k] === undefined ? {} : { dash: DASHES[k] }),
      };
    }),
  );
}

/** The same without versions: for what does not depend on them. */
export function sampleLanes(context: PageContext): Lane[] {
  return lanesOf({ ...context, versions: context.data.versions.slice(0, 1) });
}

export function seriesOf({ name, color, marker, dash }: Lane, marks: Series["marks"]): Series {
  return { name, color, marker, ...(dash === undefined ? {} : { dash }), marks };
}

export const radiusOf = ({ data, point }: PageContext): number => data.radii[point];

/** "radius 0.012", or nothing where points are no radii. */
export function atRadius(context: PageContext): string {
  const radius = radiusOf(context);
  return Number.isNaN(radius) ? "" : ` at the radius ${formatNumber(radius, 6)}`;
}

/** What is kept, and how many particles of each sample: the line under the title of a plot. */
export function describeSelection({ data, cuts, point, samples }: PageContext): string {
  const { eta, pt, only } = cuts;
  const words = selectionInWords({ eta: formatRange(eta), pt: formatRange(pt), only });
  const sizes = samples.map((sample) => {
    const n = data.rows(point, sample, cuts).length;
    return `${data.samples[sample].name}: ${formatNumber(n)} ${noun(n, "particle")}`;
  });
  const all = data.knowsAll ? "All particles in acceptance" : "All particles with a cluster at some radius";
  return [words === "" ? all : words, ...sizes].join("; ");
}

export const RADIUS_AXIS: Axis = { label: "radius", includes: [0] };

/** A plot against the radius, with a rule at the one that is looked at; none where points are no radii. */
export function againstRadius(
  context: PageContext,
  plot: {
    readonly id: string;
    readonly title: string;
    readonly note: string;
    readonly y: Axis;
    readonly rule?: number;
  },
  series: readonly Series[],
): Plot[] {
  if (context.data.radii.length < 2) return [];
  const { id, title, note, y, rule } = plot;
  const here: Series = { color: "ink", dash: "4 3", marks: [{ kind: "rule", x: radiusOf(context) }] };
  return [
    {
      id: `${id}-radius`,
      title,
      notes: [note, describeSelection(context)],
      panels: [{ x: RADIUS_AXIS, y, series: [...ruleAt(rule), here, ...series] }],
    },
  ];
}

export const ruleAt = (y: number | undefined): Series[] =>
  y === undefined ? [] : [{ color: "grey", dash: "2 2", marks: [{ kind: "rule", y }] }];

/** What an estimate says at every radius. */
export function radiusCurve(
  context: PageContext,
  { sample }: Lane,
  estimate: (rows: PointRows) => Estimated,
): PointsMark {
  const { data, cuts } = context;
  const all = data.radii.map((_, point) => data.rows(point, sample, cuts));
  const found = all.map(estimate);
  return {
    kind: "points",
    x: data.radii,
    y: found.map(({ value }) => value),
    low: found.map(({ low }) => low),
    high: found.map(({ high }) => high),
    entries: all.map(({ length }) => length),
    joined: true,
    size: 2.5,
  };
}

export interface TrendVariable {
  readonly id: Variable;
  readonly axis: Axis;
}

const PT: TrendVariable = { id: "gen_pt", axis: { label: "generated pT", unit: "GeV" } };
const ENERGY: TrendVariable = { id: "gen_en", axis: { label: "generated E", unit: "GeV" } };
const ETA: TrendVariable = { id: "gen_eta", axis: { label: "generated |η|" } };

/** pT or energy, as the selection bar says, and |eta|. */
export const trendVariables = ({ state }: PageContext): TrendVariable[] => [state.measure === "pt" ? PT : ENERGY, ETA];

/** At most so many bins of a round width. */
const BINS = 20;

/** Edges that hold what is kept of all samples. */
export function edgesOf({ data, cuts, point, samples }: PageContext, variable: Variable): number[] {
  let low = Infinity;
  let high = -Infinity;
  for (const sample of samples) {
    const rows = data.rows(point, sample, cuts);
    for (const row of rows.rows) {
      const value = rows.value(variable, row);
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return low > high ? [0, 1] : roundEdges(low, high, BINS);
}

export function fraction(k: number, n: number): Estimated {
  return n === 0 ? { value: Number.NaN, low: Number.NaN, high: Number.NaN } : { value: k / n, ...clopperPearson(k, n) };
}
