/** The pipeline over sample folders, with outputs that fail. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createChain, DEFAULT_PARAMS, parseSelection } from "../src/chain/index.js";
import { CLUSTERS, RECORDS, SEEDS } from "../src/events/index.js";
import { type Effects, openRunFolder, realEffects, writeSample } from "../src/io/node/index.js";
import { type RunJob, runChains } from "../src/pipeline/run.js";
import { GOLDEN, readLines, type ReferenceInput, toBatch } from "./reference/load.js";

let folder = "";
const inputs = readLines<ReferenceInput>(`${GOLDEN}/a/inputs`);

const job = (out: string, more: Partial<RunJob> = {}): RunJob => ({
  sample: join(folder, "sample"),
  out: join(folder, out),
  chains: ["default"],
  params: DEFAULT_PARAMS,
  selection: "all",
  saveSteps: false,
  skipBadEvents: false,
  workers: 1,
  force: false,
  version: "test",
  signal: new AbortController().signal,
  ...more,
});

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-"));
  await writeSample(join(folder, "sample"), {}, async (writer) => {
    await writer.append(toBatch(inputs));
    return { command: "test" };
  });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("a run holds what the chain gives for the float32 columns of the sample", async () => {
  const batch = toBatch(inputs);
  for (const { columns } of [batch.gen, batch.cl3d, batch.tc]) {
    for (const column of Object.values(columns)) {
      if (column instanceof Float64Array) for (const [i, value] of column.entries()) column[i] = Math.fround(value);
    }
  }
  const want = createChain("default", DEFAULT_PARAMS, { selection: parseSelection("all") })(batch);
  const report = await runChains(job("run"));
  expect(report.chains[0].counts).toEqual(want.counts);
  const run = await openRunFolder(join(folder, "run"));
  expect((await run.readTable("clusters", CLUSTERS)).columns).toEqual(want.clusters.columns);
  expect((await run.readTable("seeds", SEEDS)).columns).toEqual(want.seeds.columns);
  expect((await run.readTable("events", RECORDS)).columns).toEqual(want.events.columns);
});

test("run.json says what was run on what", async () => {
  await runChains(job("described", { selection: "above_eta_2.0" }));
  const info = JSON.parse(readFileSync(join(folder, "described/run.json"), "utf8")) as Record<string, unknown>;
  expect(info).toMatchObject({
    format: "bye-splits run",
    selection: "above_eta_2.0",
    config: { seed: { histoThreshold: 20 } },
    // Relative to the run, and absolute.
    sample: {
      path: join("..", "sample"),
      absolute: join(folder, "sample"),
      hash: expect.stringMatching(/^[0-9a-f]{16,}$/) as string,
    },
  });
});

/** Effects whose writes fail after `bytes`, or whose opening does. */
function failing(code: "ENOSPC" | "EACCES", after = 0): Effects {
  let written = 0;
  const fail = (): never => {
    throw Object.assign(new Error(`${code}: injected`), { code });
  };
  return {
    ...realEffects,
    async open(path) {
      if (code === "EACCES") fail();
      const sink = await realEffects.open(path);
      return {
        async write(bytes) {
          written += bytes.length;
          if (written > after) fail();
          await sink.write(bytes);
        },
        close: () => sink.close(),
      };
    },
  };
}

test.each([
  { name: "a full disk", effects: failing("ENOSPC", 3000), says: /no space|disk is full|full/i },
  { name: "a full disk at once", effects: failing("ENOSPC"), says: /no space|disk is full|full/i },
  { name: "a folder without permission", effects: failing("EACCES"), says: /permission|not writable|EACCES/i },
])("$name is one clear error and leaves nothing", async ({ effects, says }) => {
  const before = readdirSync(folder).toSorted();
  await expect(runChains(job("failed", { effects }))).rejects.toThrow(says);
  await expect(runChains(job("failed", { effects }))).rejects.toMatchObject({ code: "OUTPUT" });
  expect(readdirSync(folder).toSorted()).toEqual(before);
});

test("an existing run is replaced only with force, and only when the new one is complete", async () => {
  await runChains(job("twice"));
  const before = readFileSync(join(folder, "twice/clusters.parquet"));
  await expect(runChains(job("twice"))).rejects.toThrow(/twice.*--force/);
  await expect(runChains(job("twice", { force: true, effects: failing("ENOSPC", 3000) }))).rejects.toThrow(
    /full|space/i,
  );
  expect(readFileSync(join(folder, "twice/clusters.parquet")).equals(before)).toBe(true);
  await runChains(
    job("twice", {
      force: true,
      params: { ...DEFAULT_PARAMS, cluster: { ...DEFAULT_PARAMS.cluster, PtC3dThreshold: 30 } },
    }),
  );
  expect(readFileSync(join(folder, "twice/clusters.parquet")).equals(before)).toBe(false);
});

test("an aborted run leaves nothing", async () => {
  const controller = new AbortController();
  controller.abort(new Error("stopped"));
  await expect(runChains(job("aborted", { signal: controller.signal }))).rejects.toThrow("stopped");
  expect(existsSync(join(folder, "aborted"))).toBe(false);
});

test("a NaN in a trigger cell names the event and the column", async () => {
  const batch = toBatch(inputs);
  batch.tc.columns.tc_mipPt[batch.entries.columns.tc_first[3] + 2] = Number.NaN;
  await writeSample(join(folder, "nan"), {}, async (writer) => {
    await writer.append(batch);
    return {};
  });
  const bad = { sample: join(folder, "nan") };
  await expect(runChains(job("nan-run", bad))).rejects.toThrow(
    new RegExp(`event ${inputs[3].event} \\(entry 3\\): tc_mipPt of trigger cell 2 is NaN; use --skip-bad-events`),
  );
  const report = await runChains(job("nan-run", { ...bad, skipBadEvents: true }));
  expect(report.chains[0].counts).toMatchObject({ bad: 1, entries: inputs.length });
});
