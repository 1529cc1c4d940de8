/** `study weights`, and runs with its weights. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { median } from "../src/core/index.js";
import { RECORDS } from "../src/events/index.js";
import { openRunFolder } from "../src/io/node/index.js";
import { readCatalog } from "../src/server/catalog.js";
import { placeOf } from "../src/studies/calibration.js";
import { CORRECTIONS, RADIUS_CLUSTERS, WEIGHT_POINTS, WEIGHTED_COLUMNS, WEIGHTS } from "../src/studies/index.js";
import { runCli, tableHashes } from "./cli.js";

let folder = "";

const run = async (...args: string[]) => runCli([...args, "--quiet"], folder);

async function works(...args: string[]): Promise<void> {
  const { status, stderr } = await run(...args);
  expect([status, stderr]).toEqual([0, ""]);
}

const STUDY = [
  "--in",
  "photons",
  "crowded",
  "--radius",
  "0.01",
  "--min-gen-pt",
  "0",
  "--min-pt",
  "0",
  "--replicas",
  "20",
];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-weights-"));
  await works("simulate", "--particles", "photons", "--events", "160", "--seed", "5", "--out", "photons");
  await works(
    "simulate",
    "--particles",
    "photons",
    "--pileup",
    "10",
    "--events",
    "24",
    "--seed",
    "6",
    "--out",
    "crowded",
  );
  await works("study", "weights", ...STUDY, "--out", "study");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const open = (name: string) => openRunFolder(join(folder, name), "study");
const jsonOf = (...path: string[]) =>
  JSON.parse(readFileSync(join(folder, ...path), "utf8")) as Record<string, unknown>;

test("every layer that the trigger reads has a weight within the bounds and an interval around it", async () => {
  const { columns, rows } = await (await open("study")).readTable("weights", WEIGHTS);
  expect(rows).toBe(36);
  expect(new Set(columns.particle)).toEqual(new Set(["photons"]));
  for (let row = 0; row < rows; row++) {
    expect(columns.weight[row]).toBeGreaterThanOrEqual(0);
    expect(columns.weight[row]).toBeLessThanOrEqual(5);
    expect(columns.weight_lo[row] > columns.weight_hi[row]).toBe(false);
  }
});

test("points have each version and set once; pile-up is corrected where there is some", async () => {
  const study = await open("study");
  const points = await study.readTable("points", WEIGHT_POINTS);
  const names = Array.from({ length: points.rows }, (_, row) => {
    const { sample, version, set } = points.columns;
    return `${sample[row]} ${version[row]} ${set[row]}`;
  });
  const sets = (sample: number, versions: readonly string[]) =>
    versions.flatMap((version) => ["fit", "test"].map((set) => `${sample} ${version} ${set}`));
  expect(names).toEqual([...sets(0, ["original", "weighted"]), ...sets(1, ["original", "weighted", "eta_corrected"])]);
  const { columns } = await study.readTable("corrections", CORRECTIONS);
  expect([...columns.pileup]).toEqual([0, 10]);
  expect(columns.pileup_slope[0]).toBeNaN();
  expect(columns.pileup_slope[1]).not.toBeNaN();
  expect([...columns.response_slope]).toEqual([Number.NaN, Number.NaN]);
});

test("in parts, in any order and some twice, it has the same tables", async () => {
  await works("study", "weights", "init", ...STUDY, "--out", "parts");
  await works("study", "weights", "run", "--study", "parts", "--part", "1");
  const missing = await run("study", "weights", "combine", "--study", "parts");
  expect(missing.status).toBe(2);
  expect(missing.stderr).toContain("part 0 (radius 0.01, photons): it is missing");
  await works("study", "weights", "run", "--study", "parts", "--part", "1,0");
  await works("study", "weights", "combine", "--study", "parts");
  expect(tableHashes(join(folder, "parts"))).toEqual(tableHashes(join(folder, "study")));
});

test.each([
  { sample: "photons", number: 0, version: "weighted" },
  { sample: "crowded", number: 1, version: "eta_corrected" },
])("a run with the weights gives the numbers of the study: $sample, $version", async ({ sample, number, version }) => {
  await works("run", "default", "--in", sample, "--weights", "study", "--out", `run-${sample}`);
  const calibrated = await openRunFolder(join(folder, `run-${sample}`));
  const { columns, rows } = await calibrated.readTable("events", RECORDS);
  const points = await (await open("study")).readTable("points", WEIGHT_POINTS);
  for (const set of ["fit", "test"]) {
    const isOfSet = (row: number): boolean => placeOf(columns.event[row], 1, 0.5).isFit === (set === "fit");
    const own = Array.from({ length: rows }, (_, row) => row).filter(isOfSet);
    const at = Array.from({ length: points.rows }, (_, row) => row).find(
      (row) =>
        points.columns.sample[row] === number &&
        points.columns.version[row] === version &&
        points.columns.set[row] === set,
    );
    const of = (name: keyof typeof points.columns) => points.columns[name][at ?? -1];
    expect(of("particles")).toBe(own.length);
    expect(of("matched")).toBe(own.filter((row) => columns.n_matched[row] > 0).length);
    expect(of("response_pt")).toBeCloseTo(median(own.map((row) => columns.response_pt[row])), 12);
    expect(of("response_en")).toBeCloseTo(median(own.map((row) => columns.response_en[row])), 12);
  }
  const info = jsonOf(`run-${sample}`, "run.json");
  expect(info["weights"]).toMatchObject({ path: "../study", particle: "photons", radius: 0.01, version });
  const { CoeffA, LayerWeights, PileUpPt } = (info["config"] as { cluster: Record<string, number[]> }).cluster;
  expect(new Set(CoeffA)).toEqual(new Set([0.01]));
  expect(LayerWeights).toHaveLength(50);
  expect(PileUpPt).toHaveLength(version === "weighted" ? 0 : 2);
});

test("one version can be chosen; the same parameters by hand give the same tables", async () => {
  const weights = ["--weights", "study", "--calibration", "weighted"];
  await works("run", "default", "--in", "crowded", ...weights, "--out", "chosen");
  const { config } = jsonOf("chosen", "run.json") as { config: { cluster: Record<string, number[]> } };
  expect(config.cluster["PileUpPt"]).toEqual([]);
  const list = `cluster.LayerWeights=[${config.cluster["LayerWeights"].join()}]`;
  await works("run", "default", "--in", "crowded", "--radius", "0.01", "--set", list, "--out", "by-hand");
  expect(tableHashes(join(folder, "by-hand"))).toEqual(tableHashes(join(folder, "chosen")));
});

test("ranges with weights merge to the run of all", async () => {
  for (const [name, range] of [
    ["part-a", "0:9"],
    ["part-b", "9:"],
  ]) {
    await works("run", "default", "--in", "crowded", "--weights", "study", "--entries", range, "--out", name);
  }
  await works("merge", "part-b", "part-a", "--out", "merged");
  await works("run", "default", "--in", "crowded", "--weights", "study", "--out", "whole");
  expect(tableHashes(join(folder, "merged"))).toEqual(tableHashes(join(folder, "whole")));
  expect(jsonOf("merged", "run.json")["weights"]).toEqual(jsonOf("whole", "run.json")["weights"]);
});

test("the server lists what the study found: the parameters of runs with it", async () => {
  const { weights } = await readCatalog([folder]);
  const own = weights.filter(({ id }) => id === "study");
  expect(own.map(({ particle, radius, pileup, version }) => [particle, radius, pileup, version])).toEqual([
    ["photons", 0.01, 0, "weighted"],
    ["photons", 0.01, 10, "weighted"],
    ["photons", 0.01, 10, "eta_corrected"],
  ]);
  const { config } = jsonOf("run-crowded", "run.json") as { config: { cluster: Record<string, number[]> } };
  const { LayerWeights, PileUpPt, EnergyResponse } = own[2];
  expect(config.cluster).toMatchObject({ LayerWeights, PileUpPt, EnergyResponse });
});

test.each([
  {
    name: "weights of other particles",
    args: ["run", "default", "--in", "photons", "--weights", "study", "--weights-of", "pions", "--out", "no"],
    message: "study: it has no weights of pions; there are those of photons: say with --weights-of whose to take",
  },
  {
    name: "another radius",
    args: ["run", "default", "--in", "photons", "--weights", "study", "--radius", "0.02", "--out", "no"],
    message: "study has weights of photons for the radii 0.01, the run has 0.02: choose one with --radius",
  },
  {
    name: "a correction that there is not",
    args: ["run", "default", "--in", "photons", "--weights", "study", "--calibration", "eta_corrected", "--out", "no"],
    message: "study has no version eta_corrected for photons, radius 0.01, PU0; it has weighted",
  },
  {
    name: "a folder that is no study",
    args: ["run", "default", "--in", "photons", "--weights", "photons", "--out", "no"],
    message: "photons is not a study: there is no study.json",
  },
  {
    name: "--calibration alone",
    args: ["run", "default", "--in", "photons", "--calibration", "weighted", "--out", "no"],
    message: "--weights-of and --calibration say what to take of a study: name it with --weights",
  },
  {
    name: "too few events",
    args: ["study", "weights", "--in", "photons", "--entries", "0:20", "--out", "no"],
    message:
      "photons, radius 0.01: of 8 clusters no 20 have pt in a common layer: no weight can be fitted, take more events",
  },
  {
    name: "the output is the study",
    args: ["run", "default", "--in", "photons", "--weights", "study", "--out", "study", "--force"],
    message: "study is an input of this command",
  },
  {
    name: "weights already in the configuration",
    args: ["study", "weights", "--in", "photons", "--set", "cluster.LayerWeights=[1,2]", "--out", "no"],
    message:
      "study weights fits cluster.LayerWeights, PileUpPt and EnergyResponse: leave them out of the configuration",
  },
  {
    name: "a layer that is not read",
    args: ["study", "weights", "--in", "photons", "--fixed-layers", "2", "--out", "no"],
    message: "expected numbers of layers that the trigger reads, as in 1,3",
  },
])("refused: $name", async ({ args, message }) => {
  const { status, stderr } = await run(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});

test("pile-up that the study has no correction for is told", async () => {
  await works("simulate", "--particles", "photons", "--pileup", "3", "--events", "3", "--seed", "6", "--out", "other");
  const { status, stderr } = await run("run", "default", "--in", "other", "--weights", "study", "--out", "uncorrected");
  expect(status).toBe(0);
  expect(stderr).toContain("study has no correction for PU3 of photons: what pile-up adds stays in the clusters");
});

test("study radius has columns with the weights of the study: those of run with these weights", async () => {
  await works("study", "radius", "--in", "photons", "--radii", "0.01", "--weights", "study", "--out", "weighted-radii");
  const { columns, rows } = await (
    await openRunFolder(join(folder, "weighted-radii"), "study")
  ).readTable("clusters", { pt: RADIUS_CLUSTERS.pt, gen_pt: RADIUS_CLUSTERS.gen_pt, ...WEIGHTED_COLUMNS });
  await works(
    "run",
    "default",
    "--in",
    "photons",
    "--weights",
    "study",
    "--calibration",
    "weighted",
    "--set",
    "cluster.PtC3dThreshold=0",
    "--out",
    "weighted-run",
  );
  expect(rows).toBeGreaterThan(50);
  const made = await (
    await openRunFolder(join(folder, "weighted-run"))
  ).readTable("clusters", { pt: RADIUS_CLUSTERS.pt });
  const others = [...made.columns.pt];
  // Clusters are kept by their unweighted pt in the study.
  for (const [row, pt] of columns.pt_weighted.entries()) {
    expect(others.some((other) => Math.abs(other - pt) < 1e-9)).toBe(true);
    expect(columns.pt_norm_weighted[row]).toBe(pt / columns.gen_pt[row]);
  }
  expect(columns.pt_weighted).not.toEqual(columns.pt);
  await works("simulate", "--particles", "pions", "--events", "4", "--seed", "5", "--out", "pions");
  const { status, stderr } = await run(
    "study",
    "radius",
    "--in",
    "pions",
    "--radii",
    "0.01",
    "--weights",
    "study",
    "--out",
    "bad",
  );
  expect([status, stderr]).toEqual([2, "bye-splits: pions holds pions: --weights has photons\n"]);
});
