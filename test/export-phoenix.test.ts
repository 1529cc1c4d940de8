/** Events of samples and runs for Phoenix: against its documented format, and against what samples and runs hold. */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CHAIN_NAMES, DEFAULT_PARAMS } from "../src/chain/index.js";
import { ASSIGNMENT, CLUSTERS, RECORDS, type SampleBatch } from "../src/events/index.js";
import { type PhoenixEvent } from "../src/io/index.js";
import { openRunFolder, openSampleFolder, writeSample } from "../src/io/node/index.js";
import { exportFolder, type ExportJob } from "../src/pipeline/export.js";
import { runChains } from "../src/pipeline/run.js";
import { simulateSample } from "../src/pipeline/simulate.js";
import { root, runCli } from "./cli.js";
import { PHOENIX_FORMAT } from "./phoenix-format.js";
import { GOLDEN, readLines, type ReferenceInput, toBatch } from "./reference/load.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const shared = { force: false, version: "test", signal: new AbortController().signal };
const exported = (path: string, out: string, more: Partial<ExportJob> = {}) =>
  exportFolder({ path: at(path), format: "phoenix", out: at(out), signal: shared.signal, options: {}, ...more });
const read = (name: string): Record<string, PhoenixEvent> =>
  PHOENIX_FORMAT.parse(JSON.parse(readFileSync(at(name), "utf8"))) as Record<string, PhoenixEvent>;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-phoenix-"));
  await writeSample(at("golden"), {}, async (writer) => {
    await writer.append(toBatch(readLines<ReferenceInput>(`${GOLDEN}/a/inputs`)));
    return {};
  });
  await simulateSample({
    ...shared,
    particles: "photons",
    pileup: 0,
    events: 20,
    seed: 5,
    endcap: "both",
    out: at("both"),
  });
  const run = {
    params: DEFAULT_PARAMS,
    selection: "all",
    skipBadEvents: false,
    saveSteps: false,
    workers: 1,
    ...shared,
  };
  await runChains({ ...run, sample: at("both"), chains: CHAIN_NAMES, out: at("run") });
  await runChains({ ...run, sample: at("golden"), chains: ["default"], out: at("some"), selection: "above_eta_2.3" });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function wholeSample(name: string): Promise<SampleBatch> {
  const sample = await openSampleFolder(at(name));
  expect(sample.batches).toBe(1);
  const batch = await sample.readBatch(0);
  await sample.close();
  return batch;
}

/** An event of which the run has both endcaps. */
async function eventOfBoth(batch: SampleBatch): Promise<{ number: bigint; entries: readonly [number, number] }> {
  const run = await openRunFolder(at("run"));
  const selected = new Set((await run.readTable("events", { entry: RECORDS.entry })).columns.entry);
  const { event } = batch.entries.columns;
  const second = event.findIndex((n, i) => i > 0 && n === event[i - 1] && selected.has(i) && selected.has(i - 1));
  expect(second).toBeGreaterThan(0);
  return { number: event[second], entries: [second - 1, second] };
}

test("a run: positions in mm, energies in MeV, and every trigger cell of a cluster in its shape", async () => {
  const batch = await wholeSample("both");
  const { number, entries } = await eventOfBoth(batch);
  const report = await exported("run", "run.json", { events: [String(number)] });
  const records = (await (await openRunFolder(at("run"))).readTable("events", { entry: RECORDS.entry })).columns;
  const selected = new Set(records.entry).size;
  expect(report).toEqual({ kind: "run", empty: false, files: [at("run.json")], entries: [2, selected] });
  expect(selected).toBeLessThan(batch.entries.rows);
  const events = read("run.json");
  expect(Object.keys(events)).toEqual([`event ${number}`, `event ${number} entry ${entries[1]}`]);
  const run = await openRunFolder(at("run"));
  const clusters = (await run.readTable("clusters", CLUSTERS)).columns;
  const assignment = (await run.readTable("assignment", ASSIGNMENT)).columns;
  const { gen_first, tc_first, tc_rows, zside } = batch.entries.columns;
  const { tc_x, tc_y, tc_z, tc_energy, tc_layer } = batch.tc.columns;
  let compared = 0;
  for (const [k, event] of Object.values(events).entries()) {
    const entry = entries[k];
    expect(event).toMatchObject({
      "event number": Number(number),
      about: `${at("run")}, fast simulation, endcap ${"+-"[k]}`,
    });
    const [track] = event.Tracks?.["Particles"] ?? [];
    expect(track.pT).toBeCloseTo(1000 * batch.gen.columns.gen_pt[gen_first[entry]], 2);
    expect(Math.sign(track.pos[2][2])).toBe(zside[entry]);
    const hits = event.Hits?.["Trigger cells"] ?? [];
    expect(hits).toHaveLength(tc_rows[entry]);
    for (const [t, { pos, energy, layer }] of hits.entries()) {
      const row = tc_first[entry] + t;
      for (const [c, column] of [tc_x, tc_y, tc_z].entries()) expect(pos[c]).toBeCloseTo(10 * column[row], 2);
      expect(energy).toBeCloseTo(1000 * tc_energy[row], 2);
      expect(layer).toBe(tc_layer[row]);
    }
    for (const chain of CHAIN_NAMES) {
      const rows = [...clusters.entry.keys()].filter((r) => clusters.entry[r] === entry && clusters.chain[r] === chain);
      const towers = event.CaloClusters?.[`${chain} clusters`] ?? [];
      expect(towers).toHaveLength(rows.length);
      for (const [c, row] of rows.entries()) {
        const { seed, nTc, energy, eta, phi } = towers[c];
        expect([seed, nTc, eta, phi]).toEqual(
          [clusters.seed_idx, clusters.n_tc, clusters.eta, clusters.phi].map((column) => column[row]),
        );
        expect(energy).toBeCloseTo(1000 * clusters.en[row], 2);
      }
      const cells = event.IrregularCaloCells?.[`${chain} cells`] ?? [];
      const seeds = new Set(rows.map((row) => clusters.seed_idx[row]));
      const inCluster = [...assignment.entry.keys()].filter(
        (r) => assignment.entry[r] === entry && assignment.chain[r] === chain && seeds.has(assignment.seed_idx[r]),
      );
      expect(cells.map(({ seed }) => seed)).toEqual(inCluster.map((r) => assignment.seed_idx[r]));
      for (const [c, { vtx, layer }] of cells.entries()) {
        const { pos } = hits[assignment.tc_row[inCluster[c]]];
        expect(layer).toBe(hits[assignment.tc_row[inCluster[c]]].layer);
        // The middle of the corners; of partial sensors a trigger cell's own position lies aside.
        for (let d = 0; d < 3; d++) {
          const middle = [0, 1, 2, 3, 4, 5, 6, 7].reduce((sum, corner) => sum + vtx[3 * corner + d] / 8, 0);
          expect(Math.abs(middle - pos[d])).toBeLessThan(30);
          compared++;
        }
      }
    }
  }
  expect(compared).toBeGreaterThan(300);
});

test("a sample: its cl3d, and their trigger cells", async () => {
  const batch = await wholeSample("both");
  const { number, entries } = await eventOfBoth(batch);
  await exported("both", "sample.json", { events: [String(number)] });
  const [event] = Object.values(read("sample.json"));
  const { cl3d_first, cl3d_rows, tc_first, tc_rows } = batch.entries.columns;
  const [entry] = entries;
  const towers = event.CaloClusters?.["cl3d clusters"] ?? [];
  expect(towers.length).toBeGreaterThan(0);
  const first = cl3d_first[entry];
  expect(towers.map(({ eta }) => eta)).toEqual([
    ...batch.cl3d.columns.cl3d_eta.subarray(first, first + cl3d_rows[entry]),
  ]);
  const ids = batch.tc.columns.tc_cl3d_id.subarray(tc_first[entry], tc_first[entry] + tc_rows[entry]);
  for (const { seed, nTc } of towers) {
    expect(nTc).toBe(ids.filter((id) => id === batch.cl3d.columns.cl3d_id[first + seed]).length);
  }
  const cells = event.IrregularCaloCells?.["cl3d cells"] ?? [];
  expect(cells.length).toBe(towers.reduce((sum, { nTc }) => sum + nTc, 0));
  expect(cells.length).toBeGreaterThan(0);
});

test("without a choice the first 10 entries, of a run those that it selected", async () => {
  const golden = await wholeSample("golden");
  expect((await exported("golden", "ten.json")).entries).toEqual([10, golden.entries.rows]);
  expect(Object.keys(read("ten.json"))).toEqual(
    [...golden.entries.columns.event.subarray(0, 10)].map((number) => `event ${number}`),
  );
  expect(Object.values(read("ten.json"))[0].about).toBe(`${at("golden")}, endcap +`);
  const { entries = [0, 0] } = await exported("some", "some.json");
  expect(entries[1]).toBeGreaterThan(0);
  expect(entries[1]).toBeLessThan(golden.entries.rows);
  const central = golden.entries.columns.event[golden.gen.columns.gen_eta.findIndex((eta) => eta < 2.2)];
  await expect(exported("some", "x.json", { events: [String(central)] })).rejects.toThrow(
    `some: the run did not select event ${central}`,
  );
  expect(existsSync(at("x.json"))).toBe(false);
});

test("an event that cannot be written leaves no file", async () => {
  await expect(exported("golden", "none.json", { events: ["1", "987654321"] })).rejects.toThrow(
    /golden: no event .*987654321/,
  );
  const inputs = readLines<ReferenceInput>(`${GOLDEN}/a/inputs`).slice(0, 2);
  const broken = toBatch(inputs);
  broken.tc.columns.tc_energy[inputs[0].tc.wu.length + 3] = Number.NaN;
  await writeSample(at("broken"), {}, async (writer) => {
    await writer.append(broken);
    return {};
  });
  await expect(exported("broken", "none.json")).rejects.toThrow(
    `event ${inputs[1].event} (entry 1): energy of trigger cell 3 is NaN, expected a finite number; choose other events`,
  );
  await exported("broken", "first.json", { events: [String(inputs[0].event)] });
  expect(Object.keys(read("first.json"))).toHaveLength(1);
  expect(existsSync(at("none.json"))).toBe(false);
});

test("the command", async () => {
  const command = (...args: string[]) => runCli(["export", ...args], folder);
  const { status, stdout } = await command("run", "--format", "phoenix", "--out", "command.json");
  expect(status).toBe(0);
  expect(stdout).toMatch(/^10 of \d\d entries \(--events chooses others\) written to command\.json\n$/);
  const [name, event] = Object.entries(read("command.json"))[3];
  const number = String(event["event number"]);
  expect(name).toContain(`event ${number}`);
  expect(
    await command("run", "--format", "phoenix", "--out", "one.json", "--events", number, "--sample", "both"),
  ).toMatchObject({
    status: 0,
    stdout: "written to one.json\n",
  });
  const same = Object.values(read("one.json")).find(({ about }) => about === event.about);
  expect(same).toEqual(event);
  for (const [args, says] of [
    [
      ["run", "--format", "phoenix", "--events", "0x12"],
      'expected event numbers such as 12,57, or run:lumi:event, got "0x12"',
    ],
    [["run", "--format", "csv", "--events", "12"], "--events is an option of --format phoenix"],
    [["both", "--format", "phoenix", "--sample", "golden"], "both is a sample itself: --sample is for runs"],
    [["run", "--format", "phoenix", "--sample", "golden"], "golden is not the sample of run"],
  ] as const) {
    expect(await command(...args, "--out", "wrong.json")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining(says) as string,
    });
  }
  expect(existsSync(at("wrong.json"))).toBe(false);
});

test("the program of docs/formats.md prints the trigger cells of an event", async () => {
  const [program] = /(?<=```js\n)[\s\S]*?(?=```)/.exec(readFileSync(join(root, "docs/formats.md"), "utf8")) ?? [];
  mkdirSync(at("node_modules"));
  symlinkSync(root, at("node_modules/bye-splits"));
  symlinkSync(at("both"), at("photons"));
  writeFileSync(at("program.mjs"), program ?? "");
  const lines = execFileSync(process.execPath, ["program.mjs"], { cwd: folder, encoding: "utf8" })
    .trimEnd()
    .split("\n");
  const { entries } = await wholeSample("both");
  expect(lines).toHaveLength(1 + entries.columns.tc_rows[0]);
});
