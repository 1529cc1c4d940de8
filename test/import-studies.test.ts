/** Results of bye_splits as studies: its HDF5 file of radii, and its `stats` CSV (scripts/make-study-imports.py). */
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  type Frame,
  type FrameColumn,
  nodeCodecs,
  openFolder,
  openRunFolder,
  writeFrames,
} from "../src/io/node/index.js";
import { FIGURES, PART_EVENTS, PHI_POINTS, RADIUS_KEYS } from "../src/studies/index.js";
import { drawPage, openStudy } from "../src/web/studies/open.js";
import { DEFAULT_STUDY } from "../src/web/studies/state.js";
import { Patience } from "../src/web/studies/statistics.js";
import { root, runCli, scratch, tableHashes } from "./cli.js";
import { hasPandas } from "./pandas.js";

const RADII = join(root, "test/fixtures/studies/cluster_size_photons_PU0.hdf5");
const STATS = join(root, "test/fixtures/studies/stats.csv");
const NAME = "cluster_size_photons_PU0";

/** Of the most energetic matched cluster of each event, by pandas: pt_norm and en_norm at 0.003, 0.01 and 0.02. */
const MEDIANS = [
  [0.3909968453278765, 0.39001246565638914],
  [0.8068357556665366, 0.8077491447889449],
  [0.93178636658123, 0.9281929637881371],
] as const;

async function imported(file: string): Promise<string> {
  const out = join(scratch(), "old");
  const { status, stderr } = await runCli(["import", file, "--out", out]);
  expect([status, stderr]).toEqual([0, ""]);
  return out;
}

const study = async (path: string) => openStudy(await openFolder(path), await nodeCodecs());

describe("clusters at many radii", () => {
  test("points have what pandas says of the file; what needs all particles is NaN", async () => {
    const run = await openRunFolder(await imported(RADII), "study");
    const { rows, columns } = await run.readTable("points", { ...RADIUS_KEYS, ...FIGURES });
    expect(rows).toBe(4);
    expect([...columns.radius]).toEqual([0, 0.003, 0.01, 0.02]);
    expect([...columns.particles]).toEqual([40, 40, 40, 40]);
    expect([...columns.matched]).toEqual([0, 30, 40, 40]);
    for (const [i, [pt, en]] of MEDIANS.entries()) {
      expect(columns.response_pt[i + 1]).toBeCloseTo(pt, 12);
      expect(columns.response_en[i + 1]).toBeCloseTo(en, 12);
    }
    for (const name of ["efficiency", "split_fraction", "split_net", "clusters", "false_clusters", "seeds"] as const) {
      expect([...columns[name]], name).toEqual(Array.from({ length: 4 }, () => Number.NaN));
    }
    const { columns: events } = await run.readTable("events", PART_EVENTS);
    // Every fifth event has two matched clusters; every fourth has none at the radius 0.003.
    expect([...events.n_matched].filter((n) => n === 2)).toHaveLength(6 + 8 + 8);
    expect([...events.entry].slice(0, 40)).toEqual(Array.from({ length: 40 }, (_, i) => i));
  });

  test("it opens as pages without efficiency and splits, which say why; its numbers are those of the table", async () => {
    const opened = await study(await imported(RADII));
    const pages = opened.info.pages.map(({ id }) => id);
    expect(pages).toEqual(["response", "resolution", "distributions", "matched-clusters", "spectra"]);
    expect(opened.info.samples).toEqual([{ name: NAME, hasTruth: false, particles: "photons", pileup: 0 }]);
    for (const page of pages) {
      const state = { ...DEFAULT_STUDY, page, radius: 0.02, eta: "1.8:2.6" };
      const { sentence, figures, numbers, behind, command } = await drawPage(opened, state, {}, new Patience(0));
      expect(figures.length, page).toBeGreaterThan(0);
      expect(sentence).toContain(`Imported from ${NAME}.hdf5. The file knows 40 particles`);
      expect(numbers?.rows.map(({ name }) => name)).toEqual([
        "particles",
        "response",
        "resolution",
        "RMS / mean",
        "Gaussianity",
      ]);
      expect(behind).toBeNull();
      expect(command).toMatch(/^bye-splits study radius report --study /);
    }
  });

  test("inspect and report know it; there is nothing to compute or combine", async () => {
    const out = await imported(RADII);
    const inspected = await runCli(["inspect", out]);
    expect(inspected.stdout).toContain("efficiency, split fraction and clusters an event need all particles");
    expect(inspected.stdout).toContain(`${NAME}: best radius 0.0`);
    const json = JSON.parse((await runCli(["inspect", out, "--json"])).stdout) as { imported: object };
    expect(json.imported).toMatchObject({ file: `${NAME}.hdf5`, size: 44200, notes: { length: 3 } });
    expect(await runCli(["inspect", out, "--verify"])).toMatchObject({ status: 0, stderr: "" });
    const html = join(scratch(), "r.html");
    const args = ["study", "radius", "report", "--study", out, "--out", html, "--quiet"];
    expect(await runCli(args)).toMatchObject({ status: 0, stderr: "" });
    const text = readFileSync(html, "utf8");
    expect(text).toContain("Response against the radius");
    expect(text).not.toContain("Efficiency against the radius");
    expect(text).toContain(`imported from ${NAME}.hdf5`);
    const before = tableHashes(out);
    const combined = await runCli(["study", "radius", "combine", "--study", out]);
    expect([combined.status, combined.stderr]).toEqual([
      2,
      `bye-splits: ${out} was imported from ${NAME}.hdf5: it has no parts to compute or combine\n`,
    ]);
    expect(tableHashes(out)).toEqual(before);
  });

  test("equal files, equal bytes of all tables", async () => {
    expect(tableHashes(await imported(RADII))).toEqual(tableHashes(await imported(RADII)));
  });
});

/** One cluster at phi 3.14 of a particle at phi -3.14. */
const COLUMNS = {
  event: BigInt64Array.of(7n, 8n),
  en: Float64Array.of(90, 50),
  eta: Float64Array.of(2, 1.9),
  phi: Float64Array.of(3.14, 1),
  gen_en: Float64Array.of(100, 60),
  gen_eta: Float64Array.of(2, 1.9),
  gen_phi: Float64Array.of(-3.14, 1),
};
const INDEX = BigInt64Array.of(0n, 1n);

type Frames = Readonly<Record<string, Readonly<Record<string, FrameColumn>>>>;

async function written(frames: Frames, radius?: number): Promise<string> {
  const path = join(scratch(), "in.hdf5");
  await writeFrames(path, {}, async (file) => {
    for (const [key, changed] of Object.entries(frames)) {
      const columns: Frame["columns"] = { ...COLUMNS, ...changed };
      const index = INDEX.slice(0, columns["en"].length);
      file.append(key, { columns, index }, radius === undefined ? {} : { radius });
    }
  });
  return path;
}

test("a radius that the file has exactly is taken, phi is wrapped where the file does not say what matches", async () => {
  const run = await openRunFolder(await imported(await written({ coef_0p010: {} }, 0.0102)), "study");
  const { columns } = await run.readTable("points", { ...RADIUS_KEYS, ...FIGURES });
  expect([columns.radius[0], columns.matched[0], columns.particles[0]]).toEqual([0.0102, 2, 2]);
});

test("what the file calls no match is none, and how many of these the wrapping of phi made is said", async () => {
  const out = join(scratch(), "old");
  const file = await written({ coef_0p010: { matches: Uint8Array.of(0, 1) } });
  const { status, stdout } = await runCli(["import", file, "--out", out]);
  expect(status).toBe(0);
  expect(stdout).toContain("1 cluster across φ = ±π is no match in the file");
  const run = await openRunFolder(out, "study");
  expect((await run.readTable("points", { ...RADIUS_KEYS, ...FIGURES })).columns.matched[0]).toBe(1);
});

const EMPTY = Object.fromEntries(Object.entries(COLUMNS).map(([name, column]) => [name, column.slice(0, 0)]));

test.each<{ readonly what: string; readonly frames: Frames; readonly says: string }>([
  { what: "no key of a radius", frames: { data: {} }, says: "has no keys of radii such as coef_0p010: it has data" },
  {
    what: "a radius twice",
    frames: { coef_0p010: {}, coef_0p0100: {} },
    says: 'the keys "coef_0p010" and "coef_0p0100" are both of radius 0.01',
  },
  {
    what: "an energy that is no number",
    frames: { coef_0p010: { en: Float64Array.of(90, Number.NaN) } },
    says: 'key "coef_0p010", row 1: en is NaN',
  },
  { what: "empty frames alone", frames: { coef_0p010: EMPTY }, says: "has no clusters: its frames are empty" },
  {
    what: "a seed twice",
    frames: {
      coef_0p010: {
        ...{ event: BigInt64Array.of(7n, 7n), seed_idx: Float64Array.of(3, 3) },
        ...{ gen_en: Float64Array.of(100, 100), gen_eta: Float64Array.of(2, 2), gen_phi: Float64Array.of(1, 1) },
      },
    },
    says: 'key "coef_0p010", row 1: event 7 has the seed 3 twice',
  },
  {
    what: "several samples",
    frames: { coef_0p010: { sample: Int32Array.of(0, 1) } },
    says: "holds several samples: open the study that it is of instead",
  },
])("$what: one line, and nothing is left", async ({ frames, says }) => {
  await refused(await written(frames), says);
});

async function refused(file: string, says: string): Promise<void> {
  const out = join(scratch(), "old");
  const { status, stderr, stdout } = await runCli(["import", file, "--out", out]);
  expect({ status, stdout, lines: stderr.trim().split("\n").length }).toEqual({ status: 2, stdout: "", lines: 1 });
  expect(stderr).toContain(says);
  expect(stderr).toContain(file);
  expect(existsSync(out)).toBe(false);
}

test.each([
  { what: "some", lacks: ["gen_en"], says: "gen_en" },
  { what: "all", lacks: Object.keys(COLUMNS), says: "event, en, eta, phi, gen_en, gen_eta, gen_phi" },
])("without $what of the columns", async ({ lacks, says }) => {
  const path = join(scratch(), "in.hdf5");
  const columns = Object.fromEntries(
    Object.entries({ ...COLUMNS, n_tc: Int32Array.of(1, 2) }).filter(([name]) => !lacks.includes(name)),
  );
  await writeFrames(path, {}, async (file) => file.add("coef_0p010", { columns, index: INDEX }));
  await refused(path, `key "coef_0p010" lacks the columns ${says}: the clusters`);
});

test.each([0.3, 0.7, 0.98])("an HDF5 file of which %f is there", async (share) => {
  const bytes = readFileSync(RADII);
  const path = join(scratch(), "half.hdf5");
  writeFileSync(path, bytes.subarray(0, share * bytes.length));
  await refused(path, "the file is truncated or damaged");
});

describe("statistics of the parameter", () => {
  test("become a study of phi bins, with CMSSW's clusters as a sample beside", async () => {
    const out = await imported(STATS);
    const run = await openRunFolder(out, "study");
    const { columns } = await run.readTable("points", PHI_POINTS);
    expect([...columns.parameter]).toEqual([0, 0.5, 1, 0, 0.5, 1]);
    expect([...columns.split_fraction]).toEqual([0.1, 0.125, 0.2, 0.175, 0.175, 0.175]);
    // scipy.stats.beta: 68 % Clopper-Pearson of 20 of 200.
    expect(columns.split_fraction_lo[0]).toBeLessThan(0.1);
    expect(columns.split_fraction_hi[0]).toBeGreaterThan(0.1);
    expect([...columns.efficiency]).toEqual(Array.from({ length: 6 }, () => Number.NaN));
    const opened = await study(out);
    expect(opened.info.pages.map(({ id, plots }) => [id, plots])).toEqual([["phi-bins", 1]]);
    const { figures, sentence } = await drawPage(opened, DEFAULT_STUDY, {}, new Patience(0));
    expect(figures.map(({ title }) => title)).toEqual(["Split particles against the parameter"]);
    expect(figures[0].svg).toContain("stats: CMSSW");
    expect(sentence).toContain("Imported from stats.csv. Split: events with two clusters");
    const html = join(scratch(), "r.html");
    expect(await runCli(["report", out, "--out", html, "--quiet"])).toMatchObject({ status: 0, stderr: "" });
  });

  const HEAD = "ipar,c_loc1,c_loc2,c_rem1,c_rem2,locrat1,locrat2,remrat1,remrat2";
  const ROW = "0.5,180,20,165,35,0.9,0.1,0.825,0.175";

  test("files of several runs, one behind the other, are one", async () => {
    const path = join(scratch(), "all.csv");
    writeFileSync(path, `${HEAD}\n${ROW}\n${HEAD}\r\n0,1,1,1,1,0.5,0.5,0.5,0.5\r\n`);
    const run = await openRunFolder(await imported(path), "study");
    expect([...(await run.readTable("points", PHI_POINTS)).columns.parameter]).toEqual([0, 0.5, 0, 0.5]);
  });

  test.each([
    { what: "no rows", lines: [HEAD], says: "has no rows" },
    { what: "other columns", lines: ["a,b", "1,2"], says: "it lacks the columns ipar, c_loc1, c_loc2, c_rem1, c_rem2" },
    { what: "a line that ends early", lines: [HEAD, "0.5,180,2"], says: "line 2 has 3 values, expected 9" },
    { what: "no number", lines: [HEAD, ROW.replace("180", "NaN")], says: 'line 2: c_loc1 is "NaN"' },
    { what: "a parameter beyond 1", lines: [HEAD, ROW.replace("0.5", "5")], says: 'line 2: ipar is "5"' },
    {
      what: "a parameter twice",
      lines: [HEAD, ROW, ROW],
      says: "line 3: the parameter 0.5 is there twice, as in line 2",
    },
    { what: "a ratio of other counts", lines: [HEAD, ROW.replace("0.9", "0.8")], says: 'line 2: locrat1 is "0.8"' },
    { what: "no events", lines: [HEAD, "0.5,0,0,1,1,0,0,0.5,0.5"], says: "line 2: c_loc1 and c_loc2 are 0" },
  ])("$what: one line, and nothing is left", async ({ lines, says }) => {
    const path = join(scratch(), "stats.csv");
    writeFileSync(path, `${lines.join("\n")}\n`);
    await refused(path, says);
  });
});

/** By one process: pandas takes a second to begin. */
const WRITE = `
import os, sys, warnings
import pandas as pd
warnings.simplefilter("ignore")
with pd.HDFStore(sys.argv[1], "r") as old: frames = {key: old[key] for key in old.keys()}
os.chdir(sys.argv[2])
one = frames["/coef_0p010"]
with pd.HDFStore("combined.hdf5", "w") as new:
    for key, frame in frames.items(): new[key] = pd.Series({"original": frame, "weighted": frame})
one.reset_index().to_hdf("table.hdf5", key="coef_0p010", format="table")
one.assign(en=one.en.astype(object)).to_hdf("objects.hdf5", key="coef_0p010")
one.to_hdf("blosc.hdf5", key="coef_0p010", complevel=5, complib="blosc")
for key, frame in frames.items(): frame.reset_index().to_hdf("flat.hdf5", key=key, complevel=4, complib="zlib")
exec(sys.argv[3])
`;

describe.runIf(hasPandas)("files that pandas writes [needs python pandas]", () => {
  let folder = "";
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "bye-splits-pandas-"));
    const page = readFileSync(join(root, "docs/studies.md"), "utf8");
    const [, lines = ""] = /```python\n(import pandas as pd\n[^`]*original[^`]*)```/.exec(page) ?? [];
    expect(lines).toContain("combined.hdf5");
    const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
    const { status, stderr } = spawnSync(python, ["-c", WRITE, RADII, folder, lines], { encoding: "utf8" });
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  });
  afterAll(() => rmSync(folder, { recursive: true }));

  test.each([
    {
      file: "combined.hdf5",
      says: 'key "coef_0p000" is a Series, which pickles the frames in it: docs/studies.md has the lines of Python',
    },
    { file: "table.hdf5", says: 'key "coef_0p010" is in pandas\' format "table", not "fixed"' },
    { file: "objects.hdf5", says: 'key "coef_0p010": en: these are pickled Python objects' },
    { file: "blosc.hdf5", says: "is compressed with blosc" },
  ])("$file: one line that says how to convert", async ({ file, says }) => {
    await refused(join(folder, file), says);
  });

  test("the lines of docs/studies.md make plain frames of combined.hdf5; so does zlib, and any index", async () => {
    const want = tableHashes(await imported(RADII));
    for (const file of ["original.hdf5", "flat.hdf5"]) {
      expect(tableHashes(await imported(join(folder, file))), file).toEqual(want);
    }
  });
});
