/** Studies, runs and jobs below data folders, and how far they are. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { readCatalog } from "./catalog.js";

function folders(): readonly [string, string] {
  const root = mkdtempSync(join(tmpdir(), "bye-splits-catalog-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const name of ["mine", "shared"]) mkdirSync(join(root, name));
  return [join(root, "mine"), join(root, "shared")];
}

function write(folder: string, files: Readonly<Record<string, unknown>>): void {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(join(folder, name, ".."), { recursive: true });
    writeFileSync(join(folder, name), typeof content === "string" ? content : JSON.stringify(content));
  }
}

const study = (samples: readonly string[], tables: object): object => ({
  study: "radius",
  samples: samples.map((name) => ({ name })),
  points: [{}, {}],
  parts: [{}, {}],
  tables,
});

test("of two data folders with the same study the first one's is listed; one that the first lacks is the second's", async () => {
  const [mine, shared] = folders();
  write(mine, { "radius/study.json": study(["mine"], { points: {} }) });
  write(shared, { "radius/study.json": study(["theirs"], { points: {} }), "more/study.json": study(["theirs"], {}) });
  mkdirSync(join(shared, "more/part-0p010"));
  const { studies } = await readCatalog([mine, shared]);
  expect(studies.map(({ id, samples, hasResults, partsDone }) => [id, samples[0].name, hasResults, partsDone])).toEqual(
    [
      ["radius", "mine", true, 0],
      ["more", "theirs", false, 1],
    ],
  );
});

test("a job says from its markers how far it is, what lies in it is listed, and one that cannot be read says so without the server's paths", async () => {
  const [mine] = folders();
  const versions = { "bye-splits": "0", node: "20" };
  const info = {
    ...{ format: "bye-splits job", formatVersion: 1, id: "a", name: "radii", engine: "local", task: "a", versions },
    options: { cwd: "/", resources: { site: "none", retries: 0, options: [] } },
    ...{ stages: [], runtime: { node: "node", program: "bye-splits", version: "0" } },
  };
  const more = { stage: "run", kind: "script", arguments: [], argv: ["a"] };
  const tasks = [0, 1, 2, 3].map((index) => JSON.stringify({ index, hash: `h${index}`, ...more })).join("\n");
  const marker = (index: number, exit: number): object =>
    ({ hash: `h${index}`, index, exit, seconds: 1, host: "a", versions }); // prettier-ignore
  write(mine, {
    "job/job.json": info,
    "job/tasks.jsonl": `${tasks}\n`,
    "job/done/h0.json": marker(0, 0),
    "job/done/h2.json": marker(2, 1),
    "job/out/run/run.json": { chains: ["cs"] },
    "broken/job.json": { ...info, formatVersion: 9 },
    "broken/tasks.jsonl": "",
  });
  const { jobs, runs } = await readCatalog([mine]);
  const counts = { tasks: 4, done: 1, failed: 1, running: 0 };
  expect(jobs).toEqual([
    expect.objectContaining({
      id: "broken",
      tasks: 0,
      problem: expect.stringMatching(/^broken\/job\.json: format version 9/),
    }),
    { id: "job", name: "radii", engine: "local", ...counts },
  ]);
  expect(runs.map(({ id }) => id)).toEqual(["job/out/run"]);
});

test("what samples, runs and studies say of themselves is listed, each as far as it says so", async () => {
  const [mine] = folders();
  const calibration = { particle: "photons", radius: 0.01, version: "weighted", LayerWeights: [1], PileUpPt: [], EnergyResponse: [0.9] }; // prettier-ignore
  write(mine, {
    "a/sample.json": { made: { command: "simulate", options: { particles: "photons", pileup: 200 } } },
    "b/sample.json": { made: { command: "skim", options: { particles: 3, pileup: "many" } } },
    "c/sample.json": "no JSON",
    // A sample that lacks nothing but its words.
    ...{ "d/gen.parquet": "", "d/cl3d.parquet": "", "d/tc.parquet": "", "e/gen.parquet": "", "e/tc.parquet": "" },
    "run/run.json": { chains: ["default", 7], sample: { path: "../a", hash: "h" } },
    "other/run.json": { chains: "default", sample: [] },
    "study/study.json": {
      samples: [{ name: "a", particles: "photons", pileup: 0 }, { pileup: "0" }, 5],
      points: [1],
      result: { calibrations: [calibration, { ...calibration, pileup: 200 }, { ...calibration, radius: "0.01" }, { ...calibration, PileUpPt: ["a"] }, 4] }, // prettier-ignore
    },
  });
  const { samples, runs, studies, weights } = await readCatalog([mine]);
  expect(samples).toEqual([
    { id: "a", particles: "photons", pileup: 200, command: "simulate", simulated: true },
    { id: "b", command: "skim", simulated: false },
    { id: "c", simulated: false },
    { id: "d", simulated: false },
  ]);
  expect(runs).toEqual([
    { id: "other", chains: [] },
    { id: "run", chains: ["default"], sample: "../a", sampleHash: "h" },
  ]);
  expect(studies).toMatchObject([
    {
      ...{ id: "study", study: "unknown", points: 1, hasResults: false, parts: 0, partsDone: 0 },
      samples: [{ name: "a", particles: "photons", pileup: 0 }, { name: "unnamed" }, { name: "unnamed" }],
    },
  ]);
  expect(weights).toEqual([{ id: "study", ...calibration }, { id: "study", ...calibration, pileup: 200 }]); // prettier-ignore
});

test("folders are looked at five deep, hidden ones and those of jobs are not; a folder of its own is a path '.'", async () => {
  const [mine] = folders();
  const sample = { made: { command: "simulate" } };
  write(mine, {
    "1/2/3/4/5/sample.json": sample,
    "1/2/3/4/x/6/sample.json": sample,
    ".hidden/sample.json": sample,
    ...{ "job/job.json": {}, "job/tasks.jsonl": "", "job/done/s/sample.json": sample, "job/out/sample.json": sample },
  });
  expect((await readCatalog([mine])).samples.map(({ id }) => id)).toEqual(["1/2/3/4/5", "job/out"]);
  expect((await readCatalog([join(mine, "job/out")])).samples.map(({ id }) => id)).toEqual(["."]);
});
