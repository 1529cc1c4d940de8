/** Truth, minimum bias and guns through the command line: what a user gets. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { CLUSTERS, RECORDS } from "../src/events/index.js";
import { openRunFolder, openSampleFolder, writeSample } from "../src/io/node/index.js";
import { runCli } from "./cli.js";

let folder = "";
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), "bye-splits-"))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function cli(line: string): Promise<{ status: number | null; stdout: string; stderr: string }> {
  return runCli(["--quiet", ...line.split(" ")], folder);
}

async function succeeds(line: string): Promise<string> {
  const { status, stdout, stderr } = await cli(line);
  expect({ line, status, stderr }).toEqual({ line, status: 0, stderr: "" });
  return stdout;
}

test("tc_signal goes from the simulation to ROOT and back, and to signal_pt and true_split of a run", async () => {
  await succeeds(
    "simulate --particles photons --count 2 --distance 0.2 --eta 1.8,2.6 --events 6 --seed 4 --out pairs --root pairs.root",
  );
  await succeeds("skim pairs.root --particles photons --out skimmed --workers 1");
  const [ours, theirs] = ["pairs", "skimmed"].map((name) => readFileSync(join(folder, name, "tc.parquet")));
  expect(theirs.equals(ours)).toBe(true);
  const sample = await openSampleFolder(join(folder, "pairs"));
  const { truth, entries } = await sample.readBatch(0);
  expect([sample.hasTruth, entries.columns.gen_rows[0]]).toEqual([true, 2]);
  expect(new Set(truth?.columns.tc_particle)).toEqual(new Set([0, 1]));
  expect((await sample.readBatch(0, { columns: ["tc_pt"] })).truth).toBeUndefined();
  await sample.close();

  await succeeds("export pairs --format csv --out tc.csv");
  const [header] = readFileSync(join(folder, "tc.csv"), "utf8").split("\n", 1);
  expect(header.split(",").slice(-3)).toEqual(["tc_zside", "tc_signal", "tc_particle"]);

  await succeeds("run default --in pairs --out run --workers 1");
  const run = await openRunFolder(join(folder, "run"));
  const { columns } = await run.readTable("clusters", CLUSTERS);
  for (const [row, pt] of columns.pt.entries()) expect(columns.signal_pt[row]).toBeCloseTo(pt, 6);
  const [summary] = (run.info as unknown as { summary: Record<string, unknown>[] }).summary;
  expect(summary).toMatchObject({ splitControl: 0, matchControl: 0, trueEfficiency: 1, falseClusters: 0 });
  expect(summary["splitNet"]).toBe(summary["splitFraction"]);
  expect((await run.readTable("events", RECORDS)).columns.n_control.some((n) => n > 0)).toBe(true);
});

test("samples without tc_signal make runs without its columns, and read as not known", async () => {
  await succeeds("simulate --particles photons --events 2 --seed 4 --out plain");
  const sample = await openSampleFolder(join(folder, "plain"));
  const { truth: _truth, ...batch } = await sample.readBatch(0);
  await sample.close();
  await writeSample(join(folder, "real"), {}, async (writer) => {
    await writer.append(batch);
    return { command: "test" };
  });
  await succeeds("run default --in real --out real-run --workers 1");
  const run = await openRunFolder(join(folder, "real-run"));
  const file = await run.openTable("clusters");
  expect(file.columnNames).not.toContain("signal_pt");
  await file.close();
  const events = await run.openTable("events");
  expect(events.columnNames).toContain("n_control");
  expect(events.columnNames).not.toContain("true_split");
  await events.close();
  expect((await run.readTable("clusters", CLUSTERS)).columns.signal_pt.every(Number.isNaN)).toBe(true);
  expect(JSON.stringify(run.info)).not.toContain("trueSplitFraction");
});

test("minimum bias: entries without particles, clusters without records", async () => {
  await succeeds("simulate --particles none --pileup 10 --events 2 --seed 3 --out mb --endcap both");
  const said = await succeeds("run default --in mb --out mb-run --workers 1");
  expect(said).toContain("4 of 4 entries selected");
  // What there is to know without particles: how many clusters pile-up makes.
  expect(said.split("\n", 1)[0]).toContain("false clusters");
  const run = await openRunFolder(join(folder, "mb-run"));
  expect((await run.readTable("events", RECORDS)).rows).toBe(0);
  expect(JSON.parse(JSON.stringify(run.info))).toMatchObject({ summary: [{ counts: { selected: 4, particles: 0 } }] });
  const { stderr } = await cli("run default --in mb --sel splits_only --out mb-splits --workers 1");
  expect(stderr).toContain("4 without a generated particle in the acceptance (1.7 < |eta| < 2.8)");
  const { stdout } = await cli("run default --in mb --set base.RequireCl3d=true --out mb-cl3d --workers 1");
  expect(stdout).not.toContain("without a generated particle");
});

test("particles near each other: runs and studies say that one counts the other's clusters, and show the truth", async () => {
  await succeeds(
    "simulate --particles photons --count 2 --distance 0.04 --eta 2,2.5 --pt 20,50 --events 30 --out near",
  );
  const mixed = "their split fraction, response and resolution count its clusters too";
  const said = await succeeds("run default --in near --out near-run --workers 1");
  expect(said).toContain(`default: 60 of 60 particles have another one within the split distance: ${mixed}`);
  expect(said.split("\n", 1)[0]).toContain("truly split [68 %]");
  expect(said.split("\n", 1)[0]).not.toContain("control");
  const note = `near: 60 particles in 30 entries; where two are within 0.06 of each other, `;
  expect(await succeeds("study scan --in near --set seed.window=1 --out near-scan --workers 1")).toContain(
    note + mixed,
  );
  expect(await succeeds("inspect near-scan")).toContain(note + mixed);
  await succeeds("report near-run --out near.html");
  const words = readFileSync(join(folder, "near.html"), "utf8")
    .replaceAll(/<[^>]*>|\s/g, " ")
    .replaceAll(/ +/g, " ");
  expect(
    words.includes(`several particles an entry; where two are within the split distance of each other, ${mixed}`),
  ).toBe(true);
  expect(/default chain: truly split \d+ of 60/.exec(words)).not.toBeNull();
  // A fit of weights would take one photon's cluster for the other's: nothing is left to fit.
  expect((await cli("study weights --in near --out near-weights --workers 1")).stderr).toBe(
    "bye-splits: near, radius 0.01: of 0 clusters no 20 have pt in a common layer: no weight can be fitted, take more events; " +
      "particles with another one within the split distance are left out\n",
  );
  await succeeds("simulate --particles photons --eta 2,2.5 --pt 20,50 --events 100 --out clear");
  const fit = "study weights --in clear near --min-clusters 5 --replicas 10 --workers 1 --out both-weights";
  expect(await succeeds(fit)).toContain("near, radius 0.01: no particle to test the weights on\n");
  // One alone in each event: no such words.
  await succeeds("simulate --particles photons --eta 2,2.5 --pt 20,50 --events 2 --out alone");
  expect(await succeeds("run default --in alone --out alone-run --workers 1")).not.toMatch(/another|truly/);
  expect(await succeeds("study phi-bins --in alone --region ECAL --parameters 1 --first 1 --out alone-phi")).toContain(
    "energy resolution -; widths η -, φ -; ",
  );
});

test("a selection by cl3d that passes nearly all is told", async () => {
  await succeeds("simulate --particles photons --eta 2.1,2.5 --events 10 --seed 4 --out central");
  const { status, stdout, stderr } = await runCli(
    "run default --in central --out central-run --sel no_splits --workers 1".split(" "),
    folder,
  );
  expect(status).toBe(0);
  expect(stdout + stderr).toMatch(/--sel no_splits passes \d+ of \d+ rows \(\d+ %\): more than half/);
});

test.each([
  { line: "simulate --particles none --out x", says: "events without a particle and without pile-up are empty" },
  {
    line: "simulate --particles none --pileup 10 --count 2 --pt 1,2 --out x",
    says: "without a generated particle (particles none) there is no pt, count: leave that out",
  },
  { line: "simulate --particles photons --eta 2 --out x", says: "expected two numbers LO,HI, as in 1.7,2.8" },
  {
    line: "simulate --particles photons --eta 2,1 --out x",
    says: "eta must be two numbers, 1.3 <= LO <= HI <= 3.3, not 2,1",
  },
  { line: "simulate --particles photons --distance 0.1 --out x", says: "set count to at least 2" },
])("$line is refused", async ({ line, says }) => {
  const { status, stderr } = await cli(line);
  expect(status).toBe(2);
  expect(stderr).toContain(says);
});
