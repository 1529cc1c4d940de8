/** `study phi-bins`, and runs with its maps. */
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type Schema } from "../src/core/index.js";
import { RECORDS } from "../src/events/index.js";
import { openRunFolder } from "../src/io/node/index.js";
import { PHI_EVENTS, PHI_POINTS, PHI_ROWS, TC_MAP } from "../src/studies/index.js";
import { runCli, tableHashes } from "./cli.js";

let folder = "";

const run = async (...args: string[]) => runCli([...args, "--quiet"], folder);

async function works(...args: string[]): Promise<void> {
  const { status, stderr } = await run(...args);
  expect([status, stderr]).toEqual([0, ""]);
}

const STUDY = ["--in", "photons", "--region", "MaxShower", "--parameters", "0,1", "--seed", "3"];

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-phi-bins-"));
  await works("simulate", "--particles", "photons", "--events", "40", "--seed", "5", "--out", "photons");
  await works("study", "phi-bins", ...STUDY, "--out", "study");
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function read<S extends Schema>(name: string, schema: S) {
  return (await openRunFolder(join(folder, "study"), "study")).readTable(name, schema);
}

test("the map has the trigger cells of the region once a parameter; at 1 nothing moves", async () => {
  const { rows, columns } = await read("tc_map", TC_MAP);
  const { parameter, phi_old, phi_new, subdet, layer } = columns;
  const moved = [0, 1].map((p) =>
    Array.from({ length: rows }, (_, i) => i).filter((i) => parameter[i] === p && phi_new[i] !== phi_old[i]),
  );
  expect(parameter.filter((p) => p === 0).length).toBe(rows / 2);
  expect(moved[1]).toEqual([]);
  expect(moved[0].length).toBeGreaterThan(500);
  expect(subdet.every((each, i) => each === 1 && layer[i] >= 8 && layer[i] <= 15)).toBe(true);
  const { columns: ofRows } = await read("rows", PHI_ROWS);
  const sum = ofRows.moved.reduce((total, n, row) => total + (ofRows.parameter[row] === 0 ? n : 0), 0);
  expect(sum).toBe(moved[0].length);
});

test.each([0, 1])("a run with the map of the parameter %d gives the rows of the study", async (parameter) => {
  await works(
    "run",
    "default",
    "--in",
    "photons",
    "--tc-map",
    "study",
    "--parameter",
    String(parameter),
    "--out",
    `at-${parameter}`,
  );
  const { columns: records, rows } = await (
    await openRunFolder(join(folder, `at-${parameter}`))
  ).readTable("events", RECORDS);
  const { columns: all, rows: allRows } = await read("events", PHI_EVENTS);
  const own = Array.from({ length: allRows }, (_, row) => row).filter((row) => all.point[row] === parameter);
  expect(own.length).toBe(rows);
  for (const name of [
    "entry",
    "particle",
    "n_seeds",
    "n_clusters",
    "is_split",
    "response_en",
    "match_resphi",
  ] as const) {
    expect(own.map((row) => all[name][row])).toEqual(Array.from(records[name]));
  }
});

test("at the parameter 1 a run has the tables of one without a map; at 0 it has others", async () => {
  await works("run", "default", "--in", "photons", "--out", "plain");
  const plain = tableHashes(join(folder, "plain"));
  expect(tableHashes(join(folder, "at-1"))).toEqual(plain);
  expect(tableHashes(join(folder, "at-0"))).not.toEqual(plain);
  const info = JSON.parse(readFileSync(join(folder, "at-0", "run.json"), "utf8")) as Record<string, unknown>;
  expect(info["tcMap"]).toMatchObject({ path: "../study", parameter: 0 });
});

test("points: one a parameter, with what it costs", async () => {
  const { rows, columns } = await read("points", PHI_POINTS);
  expect(rows).toBe(2);
  expect([...columns.parameter]).toEqual([0, 1]);
  expect(columns.moved[0]).toBeGreaterThan(0.05);
  expect([columns.moved[1], columns.mean_arc[1]]).toEqual([0, Number.NaN]);
  expect(columns.mean_arc[0]).toBeLessThan(10);
  expect(columns.width_phi[1]).toBeGreaterThan(0);
  expect([...columns.particles]).toEqual([columns.particles[1], columns.particles[1]]);
});

test("in parts it has the same tables", async () => {
  await works("study", "phi-bins", "init", ...STUDY, "--out", "parts");
  await works("study", "phi-bins", "run", "--study", "parts", "--part", "1");
  await works("study", "phi-bins", "run", "--study", "parts", "--part", "0");
  await works("study", "phi-bins", "combine", "--study", "parts");
  expect(tableHashes(join(folder, "parts"))).toEqual(tableHashes(join(folder, "study")));
});

test("what looks at the sample of a moved run sees the moved cells: splits, Phoenix", async () => {
  expect((await run("inspect", "at-0", "--splits")).status).toBe(0);
  await works("export", "at-0", "--format", "phoenix", "--out", "moved.json");
  await works("export", "plain", "--format", "phoenix", "--out", "plain.json");
  const of = (file: string): string => readFileSync(join(folder, file), "utf8");
  expect(of("moved.json").length).toBeGreaterThan(1000);
  expect(of("moved.json")).not.toBe(of("plain.json"));
});

test("a study that moved away with its run is found beside it; a map that is another one is refused", async () => {
  const { mkdirSync, renameSync } = await import("node:fs");
  await works("study", "phi-bins", ...STUDY, "--out", "study2");
  await works("run", "default", "--in", "photons", "--tc-map", "study2", "--parameter", "0", "--out", "at2");
  mkdirSync(join(folder, "away"));
  for (const name of ["study2", "at2"]) renameSync(join(folder, name), join(folder, "away", name));
  expect((await run("inspect", "away/at2", "--splits", "--sample", "photons")).status).toBe(0);
  rmSync(join(folder, "away", "study2"), { recursive: true });
  await works("study", "phi-bins", ...STUDY.slice(0, -1), "4", "--out", "away/study2");
  const { status, stderr } = await run("inspect", "away/at2", "--splits", "--sample", "photons");
  expect(stderr).toContain("study2 has another map of trigger cells than the run was made with");
  expect(status).toBe(2);
});

test.each([
  {
    name: "a map without a parameter",
    args: ["run", "default", "--in", "photons", "--tc-map", "study", "--out", "no"],
    message: "--tc-map STUDY and --parameter P go together",
  },
  {
    name: "a parameter that the study does not have",
    args: ["run", "default", "--in", "photons", "--tc-map", "study", "--parameter", "0.3", "--out", "no"],
    message: "study has no parameter 0.3; it has 0, 1",
  },
  {
    name: "a folder that is no study",
    args: ["run", "default", "--in", "photons", "--tc-map", "photons", "--parameter", "0", "--out", "no"],
    message: "photons is not a study: there is no study.json",
  },
  {
    name: "a region that there is not",
    args: ["study", "phi-bins", "--in", "photons", "--region", "Max", "--out", "no"],
    message: "Allowed choices are Si, ECAL, HCAL, MaxShower, ExcludeMaxShower, All",
  },
  {
    name: "a parameter beyond 1",
    args: ["study", "phi-bins", "--in", "photons", "--parameters", "0:2:3", "--out", "no"],
    message: "--parameters 0:2:3: 2 is not from 0 to 1",
  },
  {
    name: "a parameter twice",
    args: ["study", "phi-bins", "--in", "photons", "--parameters", "0.5,0.5", "--out", "no"],
    message: "--parameters 0.5,0.5: 0.5 is given twice",
  },
])("refused: $name", async ({ args, message }) => {
  const { status, stderr } = await run(...args);
  expect(stderr).toContain(message);
  expect(status).toBe(2);
});
