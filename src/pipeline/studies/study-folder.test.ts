/** A STUDY whose study.json or part.json holds other things than `study` writes: one line that names file and member. */
import { mkdtemp, rename, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { writeRun } from "../../io/node/index.js";
import { type StudyPlan } from "./spec.js";
import { openParts, openStudy, partFolder, planInfo } from "./study-folder.js";

const SCANNED = { chain: "default", changes: { "seed.window": 2 }, settings: "seed.window=2", role: "grid" };
const GOOD: Readonly<Record<string, object>> = {
  ...{ radius: { radius: 0.01 }, weights: { radius: 0.01 }, "phi-bins": { parameter: 1 }, scan: SCANNED },
};
const SAMPLE = { name: "a", path: "a", hash: "h", entries: 1, gen: 1, hasTruth: false };

const planOf = (study: string): StudyPlan =>
  ({
    ...{ study, program: "p 1", samples: [SAMPLE], chains: ["default"], params: DEFAULT_PARAMS, selection: "all" },
    ...{ skipBadEvents: false, options: { radii: [0.01] }, points: [GOOD[study]] },
    parts: [{ label: "radius 0.01, photons", point: 0, sample: 0 }],
  }) as unknown as StudyPlan;

/** The path of a STUDY with this plan whose json says more. */
async function studyOf(plan: StudyPlan, more: object): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bye-splits-study-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "STUDY");
  await writeRun(path, {}, { kind: "study", force: false }, async () => ({ ...(await planInfo(plan)), ...more }));
  return path;
}

const BEST = { measure: "response_pt", radius: 0.01, low: 0.01, high: null, resolution: 0.1, response: 1 };
const COUNTED = { ...BEST, matched: 2, particles: 3 };
const BEST_WANTED = "expected a list of best radii with their intervals and particles, or null";

test.each([
  { study: "radius", result: {}, says: 'does not say what came of the study: no "best"' },
  { study: "radius", result: { best: 1 }, says: `: "best" is 1, ${BEST_WANTED}` },
  { study: "radius", result: { best: [BEST] }, says: BEST_WANTED },
  { study: "radius", result: { best: [{ ...COUNTED, radius: "0.01" }] }, says: BEST_WANTED },
  { study: "radius", result: { best: [{ ...COUNTED, measure: "pt" }] }, says: BEST_WANTED },
  { study: "radius", result: { best: [], acrossPhi: -1 }, says: ': "acrossPhi" is -1, expected a number of clusters' },
  { study: "scan", result: { table: [1] }, says: ': "table" is [1], expected a list of lines' },
  { study: "weights", result: {}, says: 'does not say what came of the study: no "table"' },
  { study: "weights", result: { table: [], calibrations: 1 }, says: ': "calibrations" is 1, expected a list of records' },
  { study: "phi-bins", result: { table: [], limited: ["a"] }, says: ': "limited" is ["a"], expected numbers of rows, by parameter' },
])("a study $study with the result $result is refused", async ({ study, result, says }) => {
  const path = await studyOf(planOf(study), { result });
  await expect(openStudy(path)).rejects.toThrow(says);
  await expect(openStudy(path)).rejects.toMatchObject({
    code: "FORMAT",
    message: expect.stringContaining("STUDY/study.json") as string,
  });
}); // prettier-ignore

test.each([
  { study: "radius", point: { radius: "0.01" }, says: ': "radius" is "0.01", expected a number of at least 0' },
  { study: "radius", point: { radius: -1 }, says: ': "radius" is -1, expected a number of at least 0' },
  { study: "weights", point: {}, says: ' does not say what it is: no "radius"' },
  { study: "phi-bins", point: { parameter: 2 }, says: ': "parameter" is 2, expected a number from 0 to 1' },
  { study: "scan", point: { ...SCANNED, chain: "best" }, says: ': "chain" is "best", expected one of' },
  { study: "scan", point: { ...SCANNED, changes: [] }, says: ': "changes" is [], expected values by parameter' },
  { study: "scan", point: { ...SCANNED, role: undefined }, says: ' does not say what it is: no "role"' },
])("a study $study with the point $point is refused", async ({ study, point, says }) => {
  const path = await studyOf(planOf(study), { points: [GOOD[study], point] });
  await expect(openStudy(path)).rejects.toThrow(`${path}/study.json: point 1${says}`);
});

test.each([{ point: 1, sample: 0 }, { point: 0, sample: 1 }])("a study with a part of $point and $sample is refused", async (part) => {
  const path = await studyOf(planOf("radius"), { parts: [{ label: "a", point: 0, sample: 0 }, { label: "b", ...part }] });
  await expect(openStudy(path)).rejects.toThrow(`${path}/study.json: part 1 is of a point or a sample that is not there`);
}); // prettier-ignore

test.each([
  { study: "radius", result: { best: [COUNTED, null] } },
  { study: "radius", result: { best: [], acrossPhi: 3 } },
  { study: "weights", result: { table: ["of an earlier version"] } },
])("a study $study with the result $result is read with all that it says", async ({ study, result }) => {
  const path = await studyOf(planOf(study), { result, shared: { limited: [0] } });
  expect(await openStudy(path)).toMatchObject({ result, shared: { limited: [0] } });
});

test.each([
  { key: {}, says: 'part.json does not say which part it is: no "key"' },
  { key: { key: 4 }, says: 'part.json: "key" is 4, expected a text' },
  { key: { key: "4" }, says: "it is of another study, of other options, or of another version of the program" },
])("a part that says $key is not combined", async ({ key, says }) => {
  const plan = planOf("radius");
  const path = await studyOf(plan, {});
  // Nothing but `study run` writes into a study.
  await writeRun(`${path}-part`, {}, { kind: "part", force: false }, async () => ({ ...key, content: {} }));
  await rename(`${path}-part`, partFolder(path, plan, 0));
  const wanted = `1 of 1 part of ${path} cannot be used: part 0 (radius 0.01, photons): `;
  const error: unknown = await openParts(await openStudy(path), [0]).catch((reason: unknown) => reason);
  expect((error as Error).message).toMatch(
    new RegExp(`^${wanted.replaceAll(/[()/.]/g, "\\$&")}.*; run bye-splits study`),
  );
  expect((error as Error).message).toContain(says);
});
