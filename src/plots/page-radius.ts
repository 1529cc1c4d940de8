/** Pages of the study of the cluster radius. */
import { type Table } from "../core/index.js";
import { BY_COLUMNS, FIGURES, RADIUS_KEYS } from "../studies/index.js";
import { createFigure, type Figure, type Page, type PageTable } from "./figure.js";
import { type Axis, type PointsMark, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";
import { type StudyLane, rowsOfSample, studyLanes } from "./study-lanes.js";

const POINTS = { ...RADIUS_KEYS, ...FIGURES };
const BIN_POINTS = { ...POINTS, ...BY_COLUMNS };

export interface RadiusInput {
  /** Words on the study. */
  readonly about: string;
  readonly samples: readonly { readonly name: string; readonly pileup?: number }[];
  /** With or without columns of bins. */
  readonly points: Table<typeof POINTS> | Table<typeof BIN_POINTS>;
  /** One line a sample on its best radius. */
  readonly best: readonly string[];
  /** Results of others: what they do not say has no figure. */
  readonly isImported?: boolean;
}

type Column = keyof typeof FIGURES;

/** A curve of a figure: a column, with its interval where it has one. */
interface Curve {
  readonly column: Column;
  readonly interval?: readonly [Column, Column];
  /** Behind the name of the sample. */
  readonly name?: string;
  readonly dash?: string;
}

interface Question {
  readonly id: string;
  readonly title: string;
  readonly note: string;
  readonly y: Axis;
  readonly curves: readonly Curve[];
  /** A line across. */
  readonly rule?: number;
}

const BARS = "Bars: 68 %.";

const QUESTIONS: readonly Question[] = [
  {
    id: "response",
    title: "Response against the radius",
    note: "Median of the pT of the most energetic matched cluster over the generated pT; with pile-up and truth also of what the particle itself left in it (dashed).",
    y: { label: "pT / generated pT", includes: [0, 1] },
    curves: [{ column: "response_pt" }, { column: "response_signal", name: "its own share", dash: "5 3" }],
    rule: 1,
  },
  {
    id: "resolution",
    title: "Resolution against the radius",
    note: `Half of the shortest window with 68 % of the responses, over their median, so that the response is corrected to 1: of the energy of the matched cluster; with pile-up and truth also of what the particle itself left in it (dashed). ${BARS}`,
    y: { label: "resolution", log: true },
    curves: [
      { column: "resolution_en", interval: ["resolution_en_lo", "resolution_en_hi"] },
      { column: "resolution_signal", name: "its own share", dash: "5 3" },
    ],
  },
  {
    id: "efficiency",
    title: "Efficiency against the radius",
    note: `Particles in acceptance with a matched cluster. ${BARS}`,
    y: { label: "efficiency", includes: [0, 1] },
    curves: [{ column: "efficiency", interval: ["efficiency_lo", "efficiency_hi"] }],
  },
  {
    id: "splits",
    title: "Split particles against the radius",
    note: `Net of what pile-up alone would split (points); truly shared by two clusters, where truth is known (dashed). ${BARS}`,
    y: { label: "share of the particles", includes: [0] },
    curves: [
      { column: "split_net", interval: ["split_net_lo", "split_net_hi"] },
      {
        column: "true_split_fraction",
        interval: ["true_split_fraction_lo", "true_split_fraction_hi"],
        name: "truth",
        dash: "5 3",
      },
    ],
  },
  {
    id: "clusters",
    title: "Clusters against the radius",
    note: "Clusters an event and endcap; dashed: those that no generated particle made.",
    y: { label: "clusters an entry", includes: [0] },
    curves: [{ column: "clusters" }, { column: "false_clusters", name: "false", dash: "5 3" }],
  },
];

export function radiusPages(input: RadiusInput): Page[] {
  const lanes = studyLanes(input.samples);
  return [
    {
      id: "radius",
      title: "Cluster radius",
      intro: `The same seeds, clustered with one radius after another. ${input.about}`,
      tables: [bestTable(input.best), ...input.samples.map((_, sample) => pointsTable(input, sample))],
      figures: QUESTIONS.filter((question) => isKnown(question, input)).map((question) =>
        figureOf(question, input, lanes),
      ),
    },
  ];
}

const isKnown = ({ curves }: Question, { isImported, points }: RadiusInput): boolean =>
  isImported !== true || curves.some(({ column }) => points.columns[column].some((value) => !Number.isNaN(value)));

function figureOf(
  { id, title, note, y, curves, rule }: Question,
  input: RadiusInput,
  lanes: readonly StudyLane[],
): Figure {
  const { columns } = input.points;
  const series = input.samples.flatMap(({ name, pileup }, sample): Series[] => {
    const own = rowsOfSample(input.points, sample);
    const values = (column: Column): number[] => own.map((row) => columns[column][row]);
    return curves.flatMap((curve): Series[] => {
      // Without pile-up the particle's own share is all there is.
      if (curve.name === "its own share" && !(pileup !== undefined && pileup > 0)) return [];
      if (values(curve.column).every(Number.isNaN)) return [];
      const points: PointsMark = {
        kind: "points",
        x: own.map((row) => columns.radius[row]),
        y: values(curve.column),
        ...(curve.interval === undefined ? {} : { low: values(curve.interval[0]), high: values(curve.interval[1]) }),
        entries: own.map((row) => columns.particles[row]),
        joined: true,
        size: 2.5,
      };
      const { color, marker } = lanes[sample];
      return [
        {
          name: curve.name === undefined ? name : `${name}, ${curve.name}`,
          color,
          marker: curve.name === undefined ? marker : "ring",
          ...(curve.dash === undefined ? {} : { dash: curve.dash }),
          marks: [points],
        },
      ];
    });
  });
  const line: Series[] = rule === undefined ? [] : [{ color: "grey", dash: "2 2", marks: [{ kind: "rule", y: rule }] }];
  return createFigure({
    id: `radius-${id}`,
    title,
    notes: [note],
    panels: [{ x: { label: "radius", includes: [0] }, y, series: [...line, ...series] }],
  });
}

function bestTable(best: readonly string[]): PageTable {
  return {
    caption: "The radius with the best resolution",
    header: ["sample: radius [68 %], resolution, response"],
    rows: best.map((line) => [line]),
  };
}

const TABLE_COLUMNS: readonly (readonly [Column, string])[] = [
  ["particles", "particles"],
  ["efficiency", "efficiency"],
  ["response_pt", "response pT"],
  ["resolution_pt", "resolution pT"],
  ["rms_pt", "rms pT"],
  ["split_net", "net split"],
  ["true_split_fraction", "truly split"],
  ["clusters", "clusters"],
  ["false_clusters", "false"],
];

function pointsTable({ points, samples }: RadiusInput, sample: number): PageTable {
  const { columns } = points;
  const own = rowsOfSample(points, sample);
  const shown = TABLE_COLUMNS.filter(([column]) => own.some((row) => !Number.isNaN(columns[column][row])));
  return {
    caption: `${samples[sample].name}: all radii`,
    folded: true,
    header: ["radius", ...shown.map(([, title]) => title)],
    rows: own.map((row) => [
      formatNumber(columns.radius[row], 6),
      ...shown.map(([column]) => formatNumber(columns[column][row], 4)),
    ]),
  };
}
