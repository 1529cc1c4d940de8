/** Pages of the phi-bin study: what the parameter changes, row by row, and what it costs. */
import { quantiles, rowsWhere } from "../core/index.js";
import { type PHI_POINTS } from "../studies/index.js";
import { histogram } from "./bins.js";
import { type ColorName } from "./colors.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { countsPage, type PhiBinsInput, rowsFigure } from "./page-phi-rows.js";
import { type Axis, type Plot, type PointsMark, type Series } from "./plot.js";
import { formatNumber, roundEdges } from "./ticks.js";

const COLOURS: readonly ColorName[] = ["blue", "orange", "green", "purple", "blue3", "orange3", "green3", "purple3"];
const PARAMETER: Axis = { label: "parameter", range: [-0.05, 1.05] };

const colourOf = (sample: number): ColorName => COLOURS[sample % COLOURS.length];

type PointColumn = Exclude<keyof typeof PHI_POINTS, "point" | "sample" | "parameter">;

interface Curve {
  readonly y: PointColumn;
  readonly low?: PointColumn;
  readonly high?: PointColumn;
  readonly name: string;
  readonly dash?: string;
  /** Without pile-up it is the plain curve again. */
  readonly needsControl?: true;
}

/** Curves of points against the parameter, for every sample; those without a value anywhere are left out. */
function against(input: PhiBinsInput, curves: readonly Curve[]): Series[] {
  const { columns, rows } = input.points;
  return input.samples.flatMap((sample, number) =>
    curves.flatMap(({ y, low, high, name, dash, needsControl }): Series[] => {
      const own = rowsWhere(
        rows,
        (row) =>
          columns.sample[row] === number &&
          !Number.isNaN(columns[y][row]) &&
          (needsControl === undefined || columns.split_control[row] > 0),
      );
      if (own.length === 0) return [];
      const list = (column: PointColumn): number[] => own.map((row) => columns[column][row]);
      const mark: PointsMark = {
        kind: "points",
        x: own.map((row) => columns.parameter[row]),
        y: list(y),
        ...(low === undefined || high === undefined ? {} : { low: list(low), high: list(high) }),
        joined: true,
      };
      return [
        {
          name: name === "" ? sample : `${sample}: ${name}`,
          color: colourOf(number),
          ...(dash === undefined ? {} : { dash, marker: "ring" as const }),
          marks: [mark],
        },
      ];
    }),
  );
}

const plain = (id: string, title: string, note: string, y: Axis, series: readonly Series[]): Plot => ({
  id: `phi-bins-${id}`,
  title,
  notes: [note],
  panels: [{ x: PARAMETER, y, series }],
});

/** The gain and the price against the parameter. */
function summaryPage(input: PhiBinsInput): Page {
  const { about } = input;
  const width = "Half of the shortest window with 68 % of the values of matched clusters.";
  const plots: Plot[] = [
    plain(
      "split",
      "Split particles against the parameter",
      `Bars: 68 % intervals (Clopper-Pearson; net: bootstrap). The parameter 1 moves nothing. ${about}`,
      { label: "split particles / particles", includes: [0] },
      against(input, [
        { y: "split_fraction", low: "split_fraction_lo", high: "split_fraction_hi", name: "" },
        {
          y: "split_net",
          low: "split_net_lo",
          high: "split_net_hi",
          name: "net of pile-up",
          dash: "4 2",
          needsControl: true,
        },
        {
          y: "true_split_fraction",
          low: "true_split_fraction_lo",
          high: "true_split_fraction_hi",
          name: "truly split",
          dash: "2 2",
          needsControl: true,
        },
      ]),
    ),
    plain(
      "resolution",
      "Energy resolution against the parameter",
      "Half of the shortest window with 68 % of the responses of matched clusters, over their median; bars: 68 %, bootstrap.",
      { label: "resolution of the energy" },
      against(input, [{ y: "resolution_en", low: "resolution_en_lo", high: "resolution_en_hi", name: "" }]),
    ),
    plain("response", "Energy response against the parameter", "Median of matched clusters.", { label: "median E / generated E", includes: [0.95, 1.05] }, against(input, [{ y: "response_en", name: "" }])), // prettier-ignore
    plain("width-eta", "Width of η against the parameter", width, { label: "width of η − generated η", includes: [0] }, against(input, [{ y: "width_eta", name: "" }])), // prettier-ignore
    plain("width-phi", "Width of φ against the parameter", width, { label: "width of φ − generated φ", unit: "rad", includes: [0] }, against(input, [{ y: "width_phi", name: "" }])), // prettier-ignore
    plain("false", "False clusters against the parameter", "Clusters of an entry that no generated particle made.", { label: "false clusters / entry", includes: [0] }, against(input, [{ y: "false_clusters", name: "" }])), // prettier-ignore
    plain("efficiency", "Efficiency against the parameter", "Particles with a matched cluster; bars: 68 % Clopper-Pearson interval.", { label: "matched particles / particles" }, against(input, [{ y: "efficiency", low: "efficiency_lo", high: "efficiency_hi", name: "" }])), // prettier-ignore
    ...(hasRows(input) ? [moved(input)] : []),
  ];
  const known = plots.filter(({ panels }) => hasRows(input) || panels.some(({ series }) => series.length > 0));
  return {
    id: "phi-bins",
    title: "Phi bins",
    intro: `Trigger cells are moved between the phi bins of each R/z row until neighbouring bins hold similar numbers of them. ${about}`,
    figures: known.map((plot) => createFigure(plot)),
  };
}

/** Results of others have figures of points alone. */
const hasRows = ({ rows }: PhiBinsInput): boolean => rows.rows > 0;

function moved({ parameters, rows }: PhiBinsInput): Plot {
  const { parameter, moved: cells, cells: all, mean_arc } = rows.columns;
  const totals = parameters.map((p) => {
    const own = rowsWhere(rows.rows, (row) => parameter[row] === p);
    const sum = (of: (row: number) => number): number => own.reduce((total, row) => total + of(row), 0);
    const n = sum((row) => cells[row]);
    return {
      share: n / sum((row) => all[row]),
      arc: sum((row) => (cells[row] > 0 ? cells[row] * mean_arc[row] : 0)) / n,
    };
  });
  const curve = (y: readonly number[]): Series => ({
    color: "ink",
    marks: [{ kind: "points", x: parameters, y, joined: true }],
  });
  return {
    id: "phi-bins-moved",
    title: "Trigger cells that move",
    notes: ["Of the region; how far: mean arc of those that move. No bars."],
    columns: 1,
    panels: [
      {
        x: PARAMETER,
        y: { label: "share of the cells", includes: [0] },
        series: [curve(totals.map(({ share }) => share))],
      },
      {
        x: PARAMETER,
        y: { label: "mean arc", unit: "cm", includes: [0] },
        series: [curve(totals.map(({ arc }) => arc))],
      },
    ],
  };
}

interface Residual {
  readonly id: string;
  readonly column: "response_en" | "match_reseta" | "match_resphi";
  readonly axis: Axis;
}

const RESIDUALS: readonly Residual[] = [
  { id: "en", column: "response_en", axis: { label: "E / generated E" } },
  { id: "eta", column: "match_reseta", axis: { label: "η − generated η" } },
  { id: "phi", column: "match_resphi", axis: { label: "φ − generated φ", unit: "rad" } },
];

/** Residuals of matched clusters at a parameter, and where nothing moves; the rows. One position of the slider a parameter. */
function parameterPage(input: PhiBinsInput): Page {
  const { parameters, samples, events } = input;
  const last = parameters.length - 1;
  const { columns, rows } = events;
  const groups = samples.map((_, sample) =>
    parameters.map((_, point) =>
      rowsWhere(
        rows,
        (row) => columns.sample[row] === sample && columns.point[row] === point && columns.particle[row] >= 0,
      ),
    ),
  );
  const figures = parameters.flatMap((parameter, step): Figure[] => [
    ...RESIDUALS.map((residual) => residualFigure(residual, step)),
    rowsFigure(input, parameter, step),
  ]);
  return {
    id: "phi-bins-by-parameter",
    title: "By parameter",
    intro:
      "Residuals of the matched clusters at the parameter of the slider (full), and at the largest one (dotted); below them the R/z rows.",
    slider: { label: "parameter", steps: parameters.map((parameter) => formatNumber(parameter)) },
    figures,
  };

  function residualFigure({ id, column, axis }: Residual, step: number): Figure {
    const valuesOf = (sample: number, point: number): number[] =>
      groups[sample][point].map((row) => columns[column][row]).filter((value) => !Number.isNaN(value));
    // The same bins at all positions of the slider.
    const all = samples.flatMap((_, sample) => valuesOf(sample, last));
    const [low, high] = all.length === 0 ? [0, 1] : quantiles(all, [0.01, 0.99]);
    const edges = roundEdges(low - 0.2 * (high - low), high + 0.2 * (high - low), 50);
    const notes: string[] = [];
    const series = samples.flatMap((sample, number): Series[] => {
      const values = valuesOf(number, step);
      const made = histogram(edges, values, values.length);
      const before = valuesOf(number, last);
      notes.push(`${sample}: ${formatNumber(values.length)} matched, ${formatNumber(made.outside)} outside`);
      return [
        { name: sample, color: colourOf(number), marks: [made.mark] },
        {
          name: `${sample}: ${formatNumber(parameters[last])}`,
          color: colourOf(number),
          dash: "2 2",
          marks: [histogram(edges, before, before.length).mark],
        },
      ];
    });
    return createFigure(
      {
        id: `phi-bins-${id}-${step}`,
        title: `${axis.label} at the parameter ${formatNumber(parameters[step])}`,
        notes: [`${notes.join("; ")}. No bars.`],
        panels: [{ x: axis, y: { label: "share per bin", includes: [0] }, series }],
      },
      step,
    );
  }
}

/** All pages of a phi-bin study. */
export function phiBinsPages(input: PhiBinsInput): Page[] {
  return hasRows(input) ? [summaryPage(input), parameterPage(input), countsPage(input)] : [summaryPage(input)];
}
