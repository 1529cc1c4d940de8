/** The seeding page: multiplicities, efficiencies, seeds against coarse seeds. */
import { groupInBins } from "../core/index.js";
import { chainOf } from "../chain/index.js";
import { dodged, estimateFraction, estimateMean, pointsOf } from "./bins.js";
import { createFigure, type Figure, type Page } from "./figure.js";
import { describeLanes, type Lane, lanesOf, onePerEntry, type ReportRun, seriesOf, valuesOf } from "./lanes.js";
import { type Series } from "./plot.js";
import { type Variable, VARIABLES } from "./variables.js";

interface Question {
  readonly id: string;
  readonly title: string;
  readonly axis: string;
  readonly definition: string;
  readonly estimate: typeof estimateMean;
  /** Asked of an entry, or of each of its particles. */
  readonly of: "entries" | "particles";
  /** What is averaged, one a row of the lane. */
  values(lane: Lane): number[];
  /** Where a line helps. */
  readonly rule?: number;
  /** Asked of chains that have coarse seeds. */
  readonly coarse?: true;
}

const MEAN_BARS = "bars: standard error of the mean, σ/√n (68 %)";
const FRACTION_BARS = "bars: 68 % Clopper-Pearson interval";
const isTrue = (value: boolean): number => (value ? 1 : 0);

const QUESTIONS: readonly Question[] = [
  {
    id: "seeds",
    title: "Number of seeds",
    axis: "mean number of seeds",
    definition: `Seeds of an entry, mean of the entries in the bin; ${MEAN_BARS}.`,
    estimate: estimateMean,
    of: "entries",
    values: (lane) => valuesOf(lane, "n_seeds"),
    rule: 1,
  },
  {
    id: "coarse-seeds",
    title: "Number of coarse seeds",
    axis: "mean number of coarse seeds",
    definition: `Coarse seeds (wafers above threshold) of an entry, mean of the entries in the bin; ${MEAN_BARS}.`,
    estimate: estimateMean,
    of: "entries",
    values: (lane) => valuesOf(lane, "n_cs"),
    rule: 1,
    coarse: true,
  },
  {
    id: "efficiency",
    title: "Seeding efficiency",
    axis: "entries with a seed / entries",
    definition: `Entries with at least one seed over all entries; ${FRACTION_BARS}.`,
    estimate: estimateFraction,
    of: "entries",
    values: (lane) => valuesOf(lane, "n_seeds").map((n) => isTrue(n > 0)),
    rule: 1,
  },
  {
    id: "matched",
    title: "Reconstruction efficiency",
    axis: "matched particles / particles",
    definition:
      "Particles with at least one cluster matched in the projected plane over all selected particles, with or without " +
      `any cluster; ${FRACTION_BARS}.`,
    estimate: estimateFraction,
    of: "particles",
    values: (lane) => valuesOf(lane, "n_matched").map((n) => isTrue(n > 0)),
    rule: 1,
  },
  {
    id: "fewer",
    title: "Fewer seeds than coarse seeds",
    axis: "entries with seeds < coarse seeds / entries",
    definition: `Entries with fewer seeds than coarse seeds over all entries; ${FRACTION_BARS}.`,
    estimate: estimateFraction,
    of: "entries",
    values(lane) {
      const regions = valuesOf(lane, "n_cs");
      return valuesOf(lane, "n_seeds").map((n, i) => isTrue(n < regions[i]));
    },
    coarse: true,
  },
];

/** Figures of how many seeds there are, against each generated quantity; those about coarse seeds where a run has any. */
export function seedingPage(runs: readonly ReportRun[]): Page {
  const particles = lanesOf(runs);
  const entries = particles.map(onePerEntry);
  const figures = QUESTIONS.flatMap((question) => {
    const lanes = (question.of === "entries" ? entries : particles).filter(
      ({ chain }) => question.coarse === undefined || chainOf(chain).hasCoarseSeeds !== undefined,
    );
    return lanes.length === 0 ? [] : VARIABLES.map((variable) => answer(question, variable, lanes));
  });
  return {
    id: "seeding",
    title: "Seeding",
    intro: "Where an entry has several particles, it is shown at the first one's values.",
    figures,
  };
}

function answer(question: Question, variable: Variable, lanes: readonly Lane[]): Figure {
  const edges = variable.edges(lanes);
  const series = lanes.map((lane, i): Series => {
    const groups = groupInBins(edges, variable.values(lane), question.values(lane));
    return seriesOf(lane, [
      { ...pointsOf(edges, groups, question.estimate, dodged(edges, i, lanes.length)), joined: true },
    ]);
  });
  const rule: Series[] =
    question.rule === undefined ? [] : [{ color: "grey", dash: "3 3", marks: [{ kind: "rule", y: question.rule }] }];
  return createFigure({
    id: `${question.id}-${variable.id}`,
    title: `${question.title} against ${variable.axis.label}`,
    notes: [question.definition, describeLanes(lanes, question.of)],
    panels: [
      {
        x: { ...variable.axis, range: [edges[0], edges[edges.length - 1]] },
        y: { label: question.axis },
        series: [...rule, ...series],
      },
    ],
  });
}
