/** Pages of a study of 1,000,000 clusters, 50 radii of 20,000: what a step of the slider costs, and what it needs of memory. */
import { expect, test } from "vitest";
import { drawPage, pagesOf } from "../../../src/web/studies/open.js";
import { DEFAULT_STUDY, type StudyState } from "../../../src/web/studies/state.js";
import { Patience } from "../../../src/web/studies/statistics.js";
import { StudyData, byPoint } from "../../../src/web/studies/study-data.js";
import { largeTables, RADII } from "../large-study.js";

function largeStudy(): StudyData {
  const { events, clusters } = largeTables();
  const sample = { name: "photons", hasTruth: false, particles: "photons", pileup: 0 };
  return new StudyData({ name: "large", about: "large" }, [sample], RADII, byPoint(events, RADII.length, 1), {
    clusters: async () => byPoint(clusters, RADII.length, 1),
  });
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
