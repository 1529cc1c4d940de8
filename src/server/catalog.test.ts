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
  const info = { format: "bye-splits job", formatVersion: 1, name: "radii", engine: "local" };
  const tasks = [0, 1, 2, 3].map((index) => JSON.stringify({ index, hash: `h${index}` })).join("\n");
  const marker = (index: number, exit: number): object => ({ hash: `h${index}`, index, exit, seconds: 1, host: "a" });
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
