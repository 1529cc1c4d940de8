/** Pages of the study of layer weights. */
import { rowsWhere, type Table } from "../core/index.js";
import { type WEIGHT_POINTS, type WEIGHTS } from "../studies/index.js";
import { type ColorName } from "./colors.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { type Axis, type Series } from "./plot.js";
import { formatNumber } from "./ticks.js";

export interface WeightsInput {
  /** Words on the study. */
  readonly about: string;
  readonly samples: readonly string[];
  readonly weights: Table<typeof WEIGHTS>;
  readonly points: Table<typeof WEIGHT_POINTS>;
}

const COLOURS: Readonly<Record<string, ColorName>> = {
  original: "blue",
  weighted: "orange",
  eta_corrected: "green",
  energy_corrected: "purple",
};

/** [px] between versions of one radius, whose bars would cover each other. */
const BESIDE = 10;

const idOf = (text: string): string => text.replaceAll(/[^A-Za-z0-9]+/g, "-");

/** Weights by layer, one figure for each kind of particle and radius. */
function weightsFigures({ rows, columns }: Table<typeof WEIGHTS>): Figure[] {
  const keys = new Map<string, number[]>();
  for (let row = 0; row < rows; row++) {
    const key = `${columns.particle[row]}, radius ${formatNumber(columns.radius[row], 6)}`;
    keys.set(key, [...(keys.get(key) ?? []), row]);
  }
  return [...keys].map(([key, own]) =>
    createFigure({
      id: `weights-${idOf(key)}`,
      title: `Layer weights of ${key}`,
      notes: [
        "Bars: 68 % intervals, bootstrap over events; a weight at 0 or at the largest value is held by the bound.",
      ],
      panels: [
        {
          x: { label: "layer", whole: true },
          y: { label: "weight of the pT", includes: [0] },
          series: [
            { color: "grey", dash: "2 2", marks: [{ kind: "rule", y: 1 }] },
            {
              color: "blue",
              marks: [
                {
                  kind: "points",
                  x: own.map((row) => columns.layer[row]),
                  y: own.map((row) => columns.weight[row]),
                  low: own.map((row) => columns.weight_lo[row]),
                  high: own.map((row) => columns.weight_hi[row]),
                },
              ],
            },
          ],
        },
      ],
    }),
  );
}

/** Resolution and response of a sample against the radius, version by version. */
function versionsFigure({ points, samples }: WeightsInput, sample: number): Figure {
  const { columns } = points;
  const ofSample = rowsWhere(points.rows, (row) => columns.sample[row] === sample && columns.set[row] === "test");
  const versions = Object.keys(COLOURS).filter((version) => ofSample.some((row) => columns.version[row] === version));
  // A single radius stands in the middle, not at the far end of an axis from 0.
  const isSingle = new Set(ofSample.map((row) => columns.radius[row])).size < 2;
  const x: Axis = isSingle ? { label: "radius" } : { label: "radius", includes: [0] };
  const curves = (y: "resolution_pt" | "response_pt"): Series[] =>
    versions.map((version, k): Series => {
      const own = ofSample.filter((row) => columns.version[row] === version);
      const hasBars = y === "resolution_pt";
      return {
        name: version.replace("_", " "),
        color: COLOURS[version],
        marks: [
          {
            kind: "points",
            x: own.map((row) => columns.radius[row]),
            y: own.map((row) => columns[y][row]),
            ...(hasBars
              ? {
                  low: own.map((row) => columns.resolution_pt_lo[row]),
                  high: own.map((row) => columns.resolution_pt_hi[row]),
                }
              : {}),
            entries: own.map((row) => columns.matched[row]),
            joined: true,
            shift: BESIDE * (k - (versions.length - 1) / 2),
          },
        ],
      };
    });
  return createFigure({
    id: `weights-versions-${sample}`,
    title: `${samples[sample]}: before and after`,
    notes: [
      "Events that were not fitted. Resolution: half of the shortest window with 68 % of the responses, over their median; bars: 68 %, bootstrap. Versions stand side by side.",
    ],
    columns: 1,
    panels: [
      {
        x,
        y: { label: "pT resolution", includes: [0] },
        series: curves("resolution_pt"),
      },
      {
        x,
        y: { label: "median pT / generated pT", includes: [1] },
        series: [{ color: "grey", dash: "2 2", marks: [{ kind: "rule", y: 1 }] }, ...curves("response_pt")],
      },
    ],
  });
}

export function weightsPages(input: WeightsInput): Page[] {
  const withPoints = input.samples
    .map((_, sample) => sample)
    .filter((sample) => input.points.columns.sample.includes(sample));
  return [
    {
      id: "weights",
      title: "Layer weights",
      intro: `Factors of the pT of trigger cells by layer, for which clusters come closest to the generated pT. ${input.about}`,
      figures: [...weightsFigures(input.weights), ...withPoints.map((sample) => versionsFigure(input, sample))],
    },
  ];
}
