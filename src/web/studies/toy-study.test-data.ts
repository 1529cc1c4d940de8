/** A study of ten particles, to be counted by hand. */
import { createTable, type Table } from "../../core/index.js";
import { PART_EVENTS } from "../../studies/index.js";
import { type PageContext } from "./pages/page.js";
import { DEFAULT_STUDY } from "./state.js";
import { Patience } from "./statistics.js";
import { byPoint, type MoreColumns, StudyData } from "./study-data.js";

export type Row = Readonly<Record<string, number>>;

/** Particles of a point and sample; what is not given is 0, responses are 1. */
export function eventsOf(rows: readonly Row[]): Table<typeof PART_EVENTS> {
  const table = createTable(PART_EVENTS, rows.length);
  for (const [name, column] of Object.entries(table.columns) as unknown as [string, number[]][]) {
    for (const [at, row] of rows.entries()) column[at] = row[name] ?? (name.startsWith("response") ? 1 : 0);
  }
  return table;
}

export const particle = (point: number, sample: number, gen_pt: number, more: Row = {}): Row => ({
  ...{ point, sample, gen_pt, gen_eta: -2, n_matched: 1, response_pt: 0.9 + point / 10 + gen_pt / 1000 },
  ...more,
});
/** Two radii; three photons of 10, 20 and 30 GeV, and two pions with pile-up. The last row of a sample is of an entry without a particle. */
export const ROWS = [0, 1].flatMap((point) => [
  particle(point, 0, 10),
  particle(point, 0, 20, { is_split: 1, gen_eta: 2.5, n_matched: 2, true_split: 1, has_truth: 1, true_match: 1 }),
  particle(point, 0, 30, { n_matched: 0, response_pt: Number.NaN, gen_eta: 1.6, has_truth: 1 }),
  particle(point, 0, 99, { particle: -1 }),
  particle(point, 1, 40, { response_signal: 0.5 }),
  particle(point, 1, 50, { response_signal: 0.6 }),
]);
export const RADII = [0.01, 0.03];
export const data = (rows = ROWS, radii: number[] = RADII, more?: MoreColumns): StudyData =>
  new StudyData(
    { name: "toy", about: "Ten particles." },
    [
      { name: "photons", particles: "photons", pileup: 0, hasTruth: true },
      { name: "pions", pileup: 200, hasTruth: false },
    ],
    radii,
    byPoint(eventsOf(rows), radii.length, 2),
    more,
  );
export const ALL = { lo: -Infinity, hi: Infinity };
export const CUTS = { eta: ALL, pt: ALL, only: "all" } as const;
export const contextOf = (more: Partial<PageContext> = {}): PageContext => {
  const study = more.data ?? data();
  return {
    data: study,
    state: DEFAULT_STUDY,
    cuts: CUTS,
    point: 0,
    samples: [0, 1],
    versions: study.versions,
    patience: new Patience(0),
    ...more,
  };
};
