/** Pages of a study of 1,000,000 clusters, 50 radii of 20,000: what a step of the slider costs, and what it needs of memory. */
import { expect, test } from "vitest";
import { createTable, Random, type Table } from "../../../src/core/index.js";
import { PART_EVENTS, RADIUS_CLUSTERS } from "../../../src/studies/index.js";
import { drawPage, pagesOf } from "../../../src/web/studies/open.js";
import { DEFAULT_STUDY, type StudyState } from "../../../src/web/studies/state.js";
import { Patience } from "../../../src/web/studies/statistics.js";
import { StudyData } from "../../../src/web/studies/study-data.js";

const RADII = Array.from({ length: 50 }, (_, i) => (i + 1) / 1000);
const PARTICLES = 20_000;

/** Seeded particles with one cluster each, whose response grows with the radius. */
function largeStudy(): StudyData {
  const random = new Random(3);
  const rows = RADII.length * PARTICLES;
  const events = createTable(PART_EVENTS, rows);
  const clusters = createTable(RADIUS_CLUSTERS, rows);
  const both = [events, clusters] as unknown as readonly Table<typeof PART_EVENTS>[];
  for (let row = 0; row < rows; row++) {
    const point = Math.floor(row / PARTICLES);
    const pt = 5 + 95 * random.uniform();
    const eta = 1.6 + 1.3 * random.uniform();
    for (const { columns } of both) {
      columns.point[row] = point;
      columns.entry[row] = row % PARTICLES;
      columns.gen_pt[row] = pt;
      columns.gen_eta[row] = eta;
    }
    const spread = random.uniform() + random.uniform() + random.uniform() - 1.5;
    const response = 1 + 0.05 * spread - 0.5 * Math.exp(-point / 5);
    events.columns.response_en[row] = response;
    events.columns.response_pt[row] = response;
    events.columns.response_signal[row] = Number.NaN;
    events.columns.n_matched[row] = 1;
    events.columns.n_clusters[row] = 1;
    events.columns.is_split[row] = Number(random.uniform() < 0.01);
    clusters.columns.pt[row] = response * pt;
    clusters.columns.en[row] = response * pt * Math.cosh(eta);
    clusters.columns.eta[row] = eta;
    clusters.columns.phi[row] = 6 * random.uniform() - 3;
    clusters.columns.matches[row] = 1;
  }
  const sample = { name: "photons", hasTruth: false, particles: "photons", pileup: 0 };
  return new StudyData({ name: "large", about: "large" }, [sample], RADII, events, async () => clusters);
}

test("first page < 2 s, a step of the slider < 100 ms in the middle, a slice of intervals < 500 ms, memory < 500 MB", async () => {
  const before = process.memoryUsage().rss;
  const study = pagesOf(largeStudy(), null, () => "");
  const draw = async (state: Partial<StudyState>, milliseconds: number) => {
    const start = performance.now();
    const { exact } = await drawPage(study, { ...DEFAULT_STUDY, ...state }, {}, new Patience(milliseconds));
    return { exact, took: performance.now() - start };
  };
  for (const { id: page } of study.info.pages) {
    expect((await draw({ page }, 0)).took, page).toBeLessThan(2000);
    const steps: number[] = [];
    for (const radius of RADII.slice(5, 16)) steps.push((await draw({ page, radius }, 0)).took);
    expect(steps.toSorted((a, b) => a - b)[5], `${page}: ${steps.join()}`).toBeLessThan(100);
    const slices: number[] = [];
    for (let isExact = false; !isExact;) {
      const { exact, took } = await draw({ page }, 50);
      isExact = exact;
      slices.push(took);
    }
    expect(slices.toSorted((a, b) => a - b)[Math.floor(0.95 * slices.length)], page).toBeLessThan(500);
  }
  expect((process.memoryUsage().rss - before) / 1e6).toBeLessThan(500);
});
