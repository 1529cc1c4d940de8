/** The verbs of studies on the command line, in this process, on small samples. */
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Schema } from "../src/core/index.js";
import { RECORDS } from "../src/events/index.js";
import { nodeCodecs, openFolder, openRunFolder } from "../src/io/node/index.js";
import { simulateSample } from "../src/pipeline/simulate.js";
import { type PointsMark } from "../src/plots/index.js";
import { FIGURES, HEAL, RADIUS_CLUSTERS, SCAN_KEYS, STUDY_EVENTS } from "../src/studies/index.js";
import { openStudy } from "../src/web/studies/open.js";
import { DEFAULT_STUDY } from "../src/web/studies/state.js";
import { Patience } from "../src/web/studies/statistics.js";
import { runCli, tableHashes } from "./cli.js";
import { hasPandas, plain, readByPandas } from "./pandas.js";

let folder = "";
const at = (name: string): string => join(folder, name);
const shared = { force: false, version: "test", signal: new AbortController().signal };

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-study-"));
  const simulated = { events: 40, ...shared } as const;
  await simulateSample({ ...simulated, particles: "photons", pileup: 0, endcap: "both", seed: 5, out: at("photons") });
  // Where the bins are wide, so that some are split.
  const wide = { particles: "pions", pileup: 3, endcap: "positive", eta: [2.6, 2.8], seed: 3 } as const;
  await simulateSample({ ...simulated, ...wide, out: at("pions") });
}, 180_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a command of studies in the folder of the samples; its standard output. */
async function study(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli(["study", ...args, "--quiet"], folder);
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return stdout;
}

/** The line of an error. */
async function failure(...args: string[]): Promise<string> {
  const { status, stdout, stderr } = await runCli([...args, "--quiet"], folder);
  expect([status, stdout]).toEqual([2, ""]);
  return stderr;
}

async function table<S extends Schema>(name: string, of: string, schema: S) {
  return (await openRunFolder(at(name), "study")).readTable(of, schema);
}

const allHashes = (name: string): object => ({
  ...tableHashes(at(name)),
  ...Object.fromEntries(
    readdirSync(at(name))
      .filter((each) => each.startsWith("part-"))
      .map((part) => [part, tableHashes(join(at(name), part))]),
  ),
});

describe("study radius", () => {
  const RADII = ["--radii", "0.005:0.03:6"];

  test("in parts, in any order, some twice, gives the bytes of one go", async () => {
    await study("radius", "--in", "photons", "pions", ...RADII, "--out", "one-go");
    await study("radius", "init", "--in", "photons", "pions", ...RADII, "--out", "parts");
    for (const part of ["11", "3,4,5,6", "0", "7,8,9,10,2", "1", "0"]) {
      await study("radius", "run", "--study", "parts", "--part", part);
    }
    const text = await study("radius", "combine", "--study", "parts");
    expect(text).toContain("6 points, 12 parts");
    expect(allHashes("parts")).toEqual(allHashes("one-go"));
    expect(Object.keys(tableHashes(at("parts")))).toEqual([
      "clusters.parquet",
      "entries_0.parquet",
      "entries_1.parquet",
      "events.parquet",
      "points.parquet",
      "seeds_0.parquet",
      "seeds_1.parquet",
    ]);
    expect(readFileSync(at("parts/radii.hdf5")).equals(readFileSync(at("one-go/radii.hdf5")))).toBe(true);
    expect(readFileSync(at("parts/study.json"), "utf8")).toBe(readFileSync(at("one-go/study.json"), "utf8"));
    // Combined again.
    await study("radius", "combine", "--study", "parts");
    expect(allHashes("parts")).toEqual(allHashes("one-go"));
  });

  test.skipIf(!hasPandas)("pandas reads every radius of radii.hdf5 [needs python pandas]", async () => {
    const frames = readByPandas(at("one-go/radii.hdf5"));
    const { rows, columns } = await table("one-go", "clusters", RADIUS_CLUSTERS);
    // Keys of equally many digits: their order is that of the radii.
    expect(Object.keys(frames).toSorted()).toEqual(
      ["005", "010", "015", "020", "025", "030"].map((digits) => `coef_0p${digits}`),
    );
    for (const [point, [key, frame]] of Object.entries(frames)
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .entries()) {
      const own = Array.from({ length: rows }, (_, row) => row).filter((row) => columns.point[row] === point);
      expect([key, own.length > 0]).toEqual([key, true]);
      expect(frame.attributes).toEqual({ radius: columns.radius[own[0]] });
      expect(Object.keys(frame.columns)).toEqual(Object.keys(RADIUS_CLUSTERS));
      expect(frame.h5py).toEqual(Object.keys(RADIUS_CLUSTERS));
      // Photons and pions, one after the other.
      expect(frame.index).toEqual({ name: null, values: [...own.keys()] });
      for (const [name, values] of Object.entries(frame.columns)) {
        const all = plain(columns[name as keyof typeof columns]);
        expect(values).toEqual(own.map((row) => (typeof all[row] === "boolean" ? Number(all[row]) : all[row])));
      }
      // Those of the reference's combination, by their names there.
      expect(Object.keys(frame.columns)).toEqual(
        expect.arrayContaining(["en", "pt", "eta", "phi", "gen_en", "gen_eta", "gen_phi", "gen_pt"]),
      );
      expect(Object.keys(frame.columns)).toEqual(
        expect.arrayContaining(["event", "seed_idx", "deltaR", "matches", "pt_norm", "en_norm"]),
      );
    }
  });

  test("its clusters and figures at each radius are those of run --radius", async () => {
    const clusters = await table("one-go", "clusters", RADIUS_CLUSTERS);
    const points = await table("one-go", "points", {
      radius: RADIUS_CLUSTERS.radius,
      sample: RADIUS_CLUSTERS.sample,
      ...FIGURES,
    });
    for (const [sample, name] of ["photons", "pions"].entries()) {
      for (const radius of [0.005, 0.03]) {
        await runCli(
          ["run", "default", "--in", name, "--radius", String(radius), "--out", "run", "--force", "--quiet"],
          folder,
        );
        const run = await openRunFolder(at("run"));
        const other = await run.readTable("clusters", {
          ...pick(RADIUS_CLUSTERS, "entry", "event", "seed_idx", "n_tc", "en", "pt", "eta", "phi"),
        });
        const rows = rowsWhere(
          clusters,
          (row) => clusters.columns.radius[row] === radius && clusters.columns.sample[row] === sample,
        );
        for (const column of ["entry", "seed_idx", "n_tc"] as const) {
          expect(rows.map((row) => clusters.columns[column][row])).toEqual([...other.columns[column]]);
        }
        for (const column of ["en", "pt", "eta", "phi"] as const) {
          const largest = Math.max(
            ...rows.map((row, i) => Math.abs(clusters.columns[column][row] / other.columns[column][i] - 1)),
          );
          expect(largest).toBeLessThan(1e-12);
        }
        const [row] = rowsWhere(
          points,
          (each) => points.columns.radius[each] === radius && points.columns.sample[each] === sample,
        );
        const [summary] = (run.info as unknown as { summary: Record<string, number>[] }).summary;
        expect(points.columns.efficiency[row]).toBe(summary["efficiency"]);
        expect(points.columns.split_fraction[row]).toBe(summary["splitFraction"]);
        expect(points.columns.true_split_fraction[row]).toBe(summary["trueSplitFraction"]);
        expect(points.columns.true_efficiency[row]).toBe(summary["trueEfficiency"]);
        expect(points.columns.match_control[row]).toBe(summary["matchControl"]);
        expect(points.columns.false_clusters[row]).toBe(summary["falseClusters"]);
        expect(points.columns.response_en[row]).toBeCloseTo(summary["response"], 12);
        expect(points.columns.resolution_en[row]).toBeCloseTo(summary["resolution"], 12);
      }
    }
  });

  test("deltaR is wrapped, and matches are those within the threshold", async () => {
    const { rows, columns } = await table("one-go", "clusters", RADIUS_CLUSTERS);
    for (let row = 0; row < rows; row++) {
      const turns = [-1, 0, 1].map((k) => Math.abs(columns.phi[row] - columns.gen_phi[row] + 2 * Math.PI * k));
      const expected = Math.hypot(Math.abs(columns.eta[row]) - Math.abs(columns.gen_eta[row]), Math.min(...turns));
      expect(Math.abs(columns.deltaR[row] - expected)).toBeLessThan(1e-12);
      expect(columns.matches[row]).toBe(columns.deltaR[row] <= 0.05 ? 1 : 0);
      expect(columns.pt_norm[row]).toBe(columns.pt[row] / columns.gen_pt[row]);
    }
    expect(rows).toBeGreaterThan(100);
  });

  test("run picks parts by radius, particles and pile-up, and says what there is", async () => {
    await study("radius", "init", "--in", "photons", "pions", ...RADII, "--out", "picked");
    await study("radius", "run", "--study", "picked", "--radius", "0.01", "--particles", "pions", "--pileup", "PU3");
    expect(readdirSync(at("picked")).filter((name) => name.startsWith("part-"))).toEqual(["part-0p010-1"]);
    await study("radius", "run", "--study", "picked", "--radius", "0.005");
    expect(readdirSync(at("picked")).filter((name) => name.startsWith("part-"))).toEqual([
      "part-0p005-0",
      "part-0p005-1",
      "part-0p010-1",
    ]);
    const run = ["study", "radius", "run", "--study", "picked"];
    expect(await failure(...run, "--radius", "0.012")).toContain(
      "--radius 0.012: the study has the radii 0.005, 0.01, ",
    );
    expect(await failure(...run, "--pileup", "PU200")).toContain(
      "no sample of the study has these particles and pile-up; there are photons (photons, PU0), pions (pions, PU3)",
    );
    for (const radius of ["0", "-1"])
      expect(await failure(...run, "--radius", radius)).toContain("expected one radius above 0");
    expect(await failure(...run, "--radius", "0.05,0.05")).toContain("'0.05,0.05' is invalid. expected a number");
    expect(await failure(...run, "--part", "12")).toContain("picked has the parts 0 to 11: there is no part 12");
    expect(await failure(...run, "--part", "1", "--radius", "0.01")).toContain("--part names parts already");
    expect(await failure(...run)).toContain(
      "needs --part, or --radius, --particles, --pileup: there are the parts 0 to 11",
    );
  });

  test("combine names what is missing, damaged or of another study, and what to run", async () => {
    cpSync(at("one-go"), at("broken"), { recursive: true });
    rmSync(at("broken/part-0p010-0"), { recursive: true });
    const file = at("broken/part-0p015-0/clusters.parquet");
    const bytes = readFileSync(file);
    bytes[Math.floor(bytes.length / 2)] ^= 255;
    writeFileSync(file, bytes);
    await study("radius", "init", "--in", "photons", "--radii", "0.005,0.01", "--out", "other");
    await study("radius", "run", "--study", "other", "--part", "0");
    rmSync(at("broken/part-0p005-0"), { recursive: true });
    cpSync(at("other/part-0p005-0"), at("broken/part-0p005-0"), { recursive: true });
    const before = tableHashes(at("broken"));
    const message = await failure("study", "radius", "combine", "--study", "broken");
    expect(message).toContain("3 of 12 parts of broken cannot be used");
    expect(message).toContain("part 0 (radius 0.005, photons): it is of another study");
    expect(message).toContain("part 2 (radius 0.01, photons): it is missing");
    expect(message).toMatch(/part 4 \(radius 0.015, photons\): .*part-0p015-0\/clusters.parquet: .*corrupt/);
    expect(message).toContain("run bye-splits study radius run --study broken --part 0,2,4");
    expect(tableHashes(at("broken"))).toEqual(before);
    await study("radius", "run", "--study", "broken", "--part", "0,2,4");
    await study("radius", "combine", "--study", "broken");
    expect(allHashes("broken")).toEqual(allHashes("one-go"));
  });

  test("combine --file takes one part alone", async () => {
    const text = await study("radius", "combine", "--study", "picked", "--file", "picked/part-0p010-1");
    expect(text).toContain("6 points, 1 parts");
    const { columns } = await table("picked", "clusters", RADIUS_CLUSTERS);
    expect(new Set(columns.sample)).toEqual(new Set([1]));
    expect(await failure("study", "radius", "combine", "--study", "picked", "--file", "one-go/part-0p010-1")).toContain(
      "one-go/part-0p010-1 is no part of picked: expected a folder such as picked/part-0p005-0",
    );
  });

  test("extended, it keeps what is computed, and has the bytes of a study that was begun with all its radii", async () => {
    const init = async (radii: string, ...more: string[]): Promise<string> =>
      study("radius", "init", "--in", "photons", "pions", "--radii", radii, "--out", "grown", "--extend", ...more);
    // Nothing is there yet: then it begins.
    await init("0.01,0.025");
    await study("radius", "run", "--study", "grown", "--part", "0,1,2,3");
    await study("radius", "combine", "--study", "grown");
    const files = (): Record<string, number> =>
      Object.fromEntries(
        readdirSync(at("grown"), { recursive: true, withFileTypes: true })
          .filter((each) => each.isFile() && each.parentPath !== at("grown"))
          .map((each) => join(each.parentPath, each.name))
          .map((path) => [path, statSync(path).mtimeMs]),
      );
    const before = files();
    const combined = readFileSync(at("grown/study.json"), "utf8");
    await init("0.025,0.010");
    expect(readFileSync(at("grown/study.json"), "utf8")).toBe(combined);

    await init("0.005:0.03:6");
    const { info } = await openRunFolder(at("grown"), "study");
    expect(Object.keys(info.tables)).toEqual(["entries_0", "seeds_0", "entries_1", "seeds_1"]);
    expect(readdirSync(at("grown")).filter((name) => /clusters|points|radii/.test(name))).toEqual([]);
    expect(await failure("study", "radius", "combine", "--study", "grown")).toMatch(
      /8 of 12 parts of grown cannot be used: part 0 \(radius 0\.005, photons\): it is missing; .* --part 0,1,4,5,6,7,10,11$/m,
    );
    await study("radius", "run", "--study", "grown", "--part", "0,1,4,5,6,7,10,11");
    expect(files()).toMatchObject(before);
    await study("radius", "combine", "--study", "grown");
    expect(tableHashes(at("grown"))).toEqual(tableHashes(at("one-go")));
    expect(readFileSync(at("grown/study.json"), "utf8")).toBe(readFileSync(at("one-go/study.json"), "utf8"));
    expect(readFileSync(at("grown/radii.hdf5")).equals(readFileSync(at("one-go/radii.hdf5")))).toBe(true);

    // Fewer: no other part is asked for.
    await init("0.01,0.02");
    await study("radius", "combine", "--study", "grown");
    const { columns } = await table("grown", "clusters", RADIUS_CLUSTERS);
    expect([...new Set(columns.radius)]).toEqual([0.01, 0.02]);
  });

  test.each([
    {
      name: "another parameter",
      more: ["--set", "seed.window=2"],
      says: "begun with other samples, parameters or options",
    },
    { name: "other layers", more: ["--layers", "1:14"], says: "--extend changes its radii alone" },
    { name: "other entries", more: ["--first", "3"], says: "begun with other samples, parameters or options" },
  ])("$name is no extension, and changes nothing", async ({ more, says }) => {
    const before = readFileSync(at("one-go/study.json"), "utf8");
    const args = ["--in", "photons", "pions", "--radii", "0.01", "--extend", "--out", "one-go", ...more];
    expect(await failure("study", "radius", "init", ...args)).toContain(says);
    expect(readFileSync(at("one-go/study.json"), "utf8")).toBe(before);
  });

  test("layers, bins, the other chain and max_energy", async () => {
    await study(
      "radius",
      "--in",
      "photons",
      "--radii",
      "0.01,0.02",
      "--layers",
      "1:14",
      "--by",
      "gen_pt=0,20,100",
      "--out",
      "layers",
    );
    const { columns, rows } = await table("layers", "points", { by: SCAN_KEYS.chain, lo: FIGURES.rms_en, ...FIGURES });
    expect([rows, columns.by.slice(0, 3)]).toEqual([6, ["", "gen_pt", "gen_pt"]]);
    expect(columns.particles[0]).toBe(columns.particles[1] + columns.particles[2]);
    await study(
      "radius",
      "--in",
      "photons",
      "--radii",
      "0.01,0.02",
      "--chain",
      "cs",
      "--set",
      "cluster.algo=max_energy",
      "--out",
      "cs",
    );
    await runCli(
      [
        "run",
        "cs",
        "--in",
        "photons",
        "--radius",
        "0.02",
        "--set",
        "cluster.algo=max_energy",
        "--out",
        "run",
        "--force",
      ],
      folder,
    );
    const cs = await table("cs", "clusters", RADIUS_CLUSTERS);
    const last = rowsWhere(cs, (row) => cs.columns.point[row] === 1);
    const run = await (await openRunFolder(at("run"))).readTable("clusters", pick(RADIUS_CLUSTERS, "n_tc", "pt"));
    expect(last.map((row) => cs.columns.pt[row])).toEqual([...run.columns.pt]);
  });

  test("radii and entries of a configuration; its other keys are named", async () => {
    writeFileSync(at("config.yaml"), "clusterStudies:\n  coeffs: [0.0, 0.02, 3]\n  nevents: 12\n  dataFolder: here\n");
    const { status, stderr } = await runCli(
      ["study", "radius", "init", "--in", "photons", "--config", "config.yaml", "--out", "configured", "--quiet"],
      folder,
    );
    expect(status).toBe(0);
    expect(stderr).toContain("keys of the reference without a meaning here: clusterStudies.dataFolder");
    expect(stderr).toContain("clusterStudies.coeffs begins at 0");
    const { info } = await openRunFolder(at("configured"), "study");
    expect(info).toMatchObject({ points: [{ radius: 0.01 }, { radius: 0.02 }], entries: { from: 0, to: 12 } });
  });

  test("radii so small that no cluster is left give NaN and no failure", async () => {
    const text = await study("radius", "--in", "photons", "--radii", "1e-7,1e-6", "--out", "none");
    expect(text).toContain(
      "photons: no best radius: it takes two particles or more with a matched cluster at one radius",
    );
    const { columns } = await table("none", "points", FIGURES);
    expect([...columns.clusters]).toEqual([0, 0]);
    expect([...columns.efficiency]).toEqual([0, 0]);
    for (const name of ["response_en", "resolution_pt", "resolution_en_lo", "rms_en"] as const) {
      expect([...columns[name]]).toEqual([Number.NaN, Number.NaN]);
    }
    expect((await table("none", "clusters", RADIUS_CLUSTERS)).rows).toBe(0);
  });

  test("one event is enough", async () => {
    await study("radius", "--in", "photons", "--radii", "0.02", "--first", "1", "--out", "single");
    expect((await table("single", "points", FIGURES)).columns.particles[0]).toBeLessThanOrEqual(1);
  });
});

describe("study scan", () => {
  const GRID = ["--set", "seed.window=1,2", "--set", "smooth.kernel=default,flat_top", "--chain", "default,cs"];

  test("each point is the run with that setting, number for number", async () => {
    const text = await study("scan", "--in", "pions", ...GRID, "--heal", "--out", "scan");
    expect(text).toContain("pions, by true_split_fraction:");
    const points = await table("scan", "points", { ...SCAN_KEYS, ...FIGURES });
    expect(points.rows).toBe(6);
    const events = await table("scan", "events", STUDY_EVENTS);
    for (let row = 0; row < points.rows; row++) {
      const settings = points.columns.settings[row].split(";").flatMap((setting) => ["--set", setting]);
      const chain = points.columns.chain[row];
      await runCli(["run", chain, "--in", "pions", ...settings, "--out", "run", "--force", "--quiet"], folder);
      const run = await openRunFolder(at("run"));
      const [summary] = (run.info as unknown as { summary: Summary[] }).summary;
      const { columns } = points;
      const { counts } = summary;
      expect([columns.particles[row], columns.matched[row], columns.split[row]]).toEqual([
        counts.particles,
        counts.matched,
        counts.split,
      ]);
      const figures: [number, number][] = [
        [columns.efficiency[row], summary.efficiency],
        [columns.efficiency_lo[row], summary.efficiencyInterval.low],
        [columns.split_fraction[row], summary.splitFraction],
        [columns.split_fraction_hi[row], summary.splitInterval.high],
        [columns.response_en[row], summary.response],
        [columns.resolution_en[row], summary.resolution],
        [columns.seeds[row], counts.seeds / counts.selected],
        [columns.clusters[row], counts.clusters / counts.selected],
        [columns.false_clusters[row], summary.falseClusters],
        [columns.match_control[row], summary.matchControl],
        [columns.split_control[row], summary.splitControl],
        [columns.split_net[row], summary.splitNet],
        [columns.split_net_lo[row], summary.splitNetInterval.low],
        [columns.split_net_hi[row], summary.splitNetInterval.high],
        [columns.true_split_fraction[row], summary.trueSplitFraction],
        [columns.true_split_fraction_lo[row], summary.trueSplitFractionInterval.low],
        [columns.true_efficiency[row], summary.trueEfficiency],
      ];
      for (const [here, there] of figures) expect(here).toBe(there);
      const records = await run.readTable(
        "events",
        pick(RECORDS, "entry", "particle", "n_seeds", "n_clusters", "is_split", "response_en", "response_pt"),
      );
      const own = rowsWhere(events, (each) => events.columns.point[each] === points.columns.point[row]);
      for (const name of Object.keys(records.columns) as (keyof typeof records.columns)[]) {
        expect(own.map((each) => events.columns[name][each])).toEqual([...records.columns[name]]);
      }
    }
  });

  test("heal says which single change mends which split", async () => {
    const heal = await table("scan", "heal", HEAL);
    const points = await table("scan", "points", { ...SCAN_KEYS, ...FIGURES });
    const { columns } = heal;
    // As configured: window 1, kernel default.
    const split = points.columns.split[0];
    expect(split).toBeGreaterThan(0);
    const ofDefault = rowsWhere(heal, (row) => columns.chain[row] === "default");
    expect(ofDefault).toHaveLength(2 * split);
    expect(new Set(ofDefault.map((row) => columns.setting[row]))).toEqual(
      new Set(["seed.window=2", "smooth.kernel=flat_top"]),
    );
    const still = ofDefault.filter(
      (row) => columns.setting[row] === "seed.window=2" && columns.split[row] === 1,
    ).length;
    expect(still).toBeLessThanOrEqual(points.columns.split[2]);
  });

  test("in parts gives the bytes of one go; --no-events leaves the rows out", async () => {
    await study("scan", "init", "--in", "pions", ...GRID, "--heal", "--out", "scan-parts");
    for (const part of ["5", "0,3", "1", "4", "2"]) await study("scan", "run", "--study", "scan-parts", "--part", part);
    await study("scan", "combine", "--study", "scan-parts");
    expect(allHashes("scan-parts")).toEqual(allHashes("scan"));
    await study("scan", "--in", "pions", "--set", "seed.window=2", "--no-events", "--out", "brief");
    expect(existsSync(at("brief/events.parquet"))).toBe(false);
  });

  test("a list takes one number for all, ranges and lists in brackets", async () => {
    await study(
      "scan",
      "init",
      "--in",
      "photons",
      "--set",
      "cluster.CoeffA=0.01,0.02",
      "--set",
      "seed.histoThreshold=10:30:3",
      "--set",
      "valid_cluster.tcDeltaRthresh=[0.1],[0.1, 0.2]",
      "--out",
      "lists",
    );
    const { points } = (await openRunFolder(at("lists"), "study")).info as unknown as {
      points: { settings: string }[];
    };
    expect(points).toHaveLength(12);
    expect(points[7].settings).toBe(
      "cluster.CoeffA=0.02;seed.histoThreshold=10;valid_cluster.tcDeltaRthresh=[0.1,0.2]",
    );
  });
});

describe("studies described and drawn", () => {
  test("inspect tells samples, parts, tables and the result, verify everything in it", async () => {
    const { stdout } = await runCli(["inspect", "one-go"], folder);
    expect(stdout).toContain("one-go: study radius of bye-splits ");
    expect(stdout).toContain("6 points, 12 of 12 parts are there, combined");
    expect(stdout).toMatch(/photons {2}photons +PU0 +\d+/);
    expect(stdout).toMatch(/photons: best radius 0\.0\d+ \[/);
    const begun = await runCli(["inspect", "lists"], folder);
    expect(begun.stdout).toContain("12 points, 0 of 12 parts are there, not combined yet");
    const verified = await runCli(["inspect", "one-go", "--verify"], folder);
    expect(verified.stdout).toContain("part-0p030-1/clusters");
    expect(verified.stdout).toContain("without a checksum: radii.hdf5");
  });

  test("the page of a scan draws any two figures of its points against each other, and the front that no point beats", async () => {
    const opened = await openStudy(await openFolder(at("scan")), await nodeCodecs());
    const figures = opened.info.pages[0].figures?.map(({ id }) => id) ?? [];
    expect(figures).toEqual(expect.arrayContaining(["true_split_fraction", "efficiency", "false_clusters"]));
    const points = await table("scan", "points", { ...SCAN_KEYS, ...FIGURES });
    for (const [x, y] of [
      ["efficiency", "clusters"],
      ["seeds", "true_split_fraction"],
    ] as const) {
      const { plots } = await opened.show("scan-0", { ...DEFAULT_STUDY, x, y }, new Patience(0));
      const marks = plots[0].panels[0].series.flatMap(({ name, marks }) => (name === "Pareto front" ? [] : marks));
      const drawn = (axis: "x" | "y") => marks.flatMap((mark) => Array.from((mark as PointsMark)[axis]));
      const sorted = (values: Iterable<number>) => Array.from(values).toSorted((a, b) => a - b);
      expect(sorted(drawn("x"))).toEqual(sorted(points.columns[x]));
      expect(sorted(drawn("y"))).toEqual(sorted(points.columns[y]));
    }
  });

  test("report draws studies, several in one file, and refuses what it cannot", async () => {
    const { status, stdout } = await runCli(
      ["report", "one-go", "scan", "--label", "R", "--label", "S", "--out", "studies.html"],
      folder,
    );
    expect([status, stdout.split("\n")[0]]).toEqual([0, "pages with figures: s0-radius (5), s1-scan-0 (3)"]);
    const html = readFileSync(at("studies.html"), "utf8");
    expect(html).toContain("<summary>The radius with the best resolution</summary>");
    expect(html).toContain("<summary>All settings, by truly split: the best first</summary>");
    expect(html).toContain("Splits as configured, and how many of them each single change mends");
    // Clip paths are found under their new names.
    const clips = [...html.matchAll(/url\(#([^)]+)\)/g)].map(([, id]) => id);
    expect(clips.length).toBeGreaterThan(5);
    expect(clips.filter((id) => !html.includes(`id="${id}"`))).toEqual([]);
    await study("radius", "report", "--study", "layers", "--out", "layers.html");
    await study("scan", "report", "--study", "brief", "--out", "brief.html");
    expect(await failure("report", "one-go", "run", "--out", "both.html")).toContain(
      "one-go is a study, run is not: report studies and runs one by one",
    );
    expect(await failure("report", "lists", "--out", "none.html")).toContain(
      "lists has no results yet: run bye-splits study scan combine --study lists",
    );
  });
});

test.each([
  {
    name: "a sample without generated particles",
    args: ["radius", "--in", "minbias", "--out", "bad"],
    error: "minbias has no generated particles: a study compares clusters with them",
  },
  {
    name: "two geometries",
    args: ["radius", "--in", "photons", "other-geometry", "--out", "bad"],
    error: "photons has the geometry V11, other-geometry V99: a study takes samples of one geometry",
  },
  { name: "a sample twice", args: ["radius", "--in", "photons", "photons", "--out", "bad"], error: "is given twice" },
  {
    name: "radius 0",
    args: ["radius", "--in", "photons", "--radii", "0", "--out", "bad"],
    error: "the radius 0 is not above 0",
  },
  { name: "no sample", args: ["scan", "--out", "bad"], error: "study scan needs --in" },
  { name: "no output", args: ["scan", "--in", "photons"], error: "study scan needs --out" },
  {
    name: "an option of another verb",
    args: ["radius", "run", "--study", "one-go", "--radii", "0.01"],
    error: "--radii is an option of init and the study in one go, not of run",
  },
  {
    name: "a verb of none",
    args: ["radius", "go"],
    error:
      "command-argument value 'go' is invalid for argument 'verb'. Allowed choices are init, run, combine, report.",
  },
  {
    name: "another study's folder",
    args: ["scan", "combine", "--study", "one-go"],
    error: "one-go is a study radius: say bye-splits study radius",
  },
  {
    name: "a folder that is none",
    args: ["radius", "combine", "--study", "photons"],
    error: "photons is not a study: there is no study.json",
  },
  {
    name: "an unknown parameter",
    args: ["scan", "--in", "photons", "--set", "seed.windo=1,2", "--out", "bad"],
    error: "unknown key seed.windo; did you mean seed.window?",
  },
  {
    name: "a value that cannot be",
    args: ["scan", "--in", "photons", "--set", "seed.window=1,0", "--out", "bad"],
    error: "--set seed.window: expected a whole number from 1 to 100, got 0",
  },
  {
    name: "a value twice",
    args: ["scan", "--in", "photons", "--set", "seed.window=1,1", "--out", "bad"],
    error: "--set seed.window=1,1: the value 1 is given twice",
  },
  {
    name: "a parameter twice",
    args: ["scan", "--in", "photons", "--set", "seed.window=1", "--set", "seed.window=2", "--out", "bad"],
    error: "--set seed.window is given twice: give all its values at once",
  },
  {
    name: "a parameter of another chain",
    args: ["scan", "--in", "photons", "--set", "cs.k=3,4", "--out", "bad"],
    error: "the chain default does not read it; it is a parameter of the chain cs",
  },
  {
    name: "a figure that is none",
    args: ["scan", "--in", "photons", "--set", "seed.window=1", "--rank", "speed", "--out", "bad"],
    error: "--rank speed: there is no such figure; there are particles, matched",
  },
  {
    name: "bins that do not ascend",
    args: ["scan", "--in", "photons", "--by", "gen_pt=10,5", "--out", "bad"],
    error: "--by gen_pt=10,5: expected gen_pt or gen_eta and ascending limits",
  },
  {
    name: "an output that is there",
    args: ["radius", "--in", "photons", "--out", "one-go"],
    error: "one-go exists already: use --force",
  },
  {
    name: "an output that is a sample",
    args: ["radius", "--in", "photons", "--out", "pions", "--force"],
    error: "pions is a sample, not a study",
  },
])("$name is refused, and nothing is left", async ({ args, error }) => {
  if (!existsSync(at("minbias"))) {
    await simulateSample({
      ...shared,
      particles: "none",
      pileup: 1,
      events: 2,
      seed: 1,
      endcap: "positive",
      out: at("minbias"),
    });
    cpSync(at("photons"), at("other-geometry"), { recursive: true });
    // As another program would have written it: without a checksum, in the first version.
    const info = JSON.parse(readFileSync(at("photons/sample.json"), "utf8")) as { made: object; checksum?: string };
    const { checksum: _, ...rest } = { ...info, formatVersion: 1, made: { ...info.made, geometry: "V99" } };
    writeFileSync(at("other-geometry/sample.json"), JSON.stringify(rest));
  }
  const before = readdirSync(folder).toSorted();
  expect(await failure("study", ...args)).toContain(error);
  expect(readdirSync(folder).toSorted()).toEqual(before);
});

test("a study of a later version, or begun by another one, is refused", async () => {
  const edit = (name: string, change: (info: Record<string, unknown>) => object): void => {
    cpSync(at("one-go"), at(name), { recursive: true });
    const { checksum: _, ...info } = JSON.parse(readFileSync(at("one-go/study.json"), "utf8")) as Record<
      string,
      unknown
    >;
    writeFileSync(at(`${name}/study.json`), JSON.stringify(change(info)));
  };
  edit("later", (info) => ({ ...info, formatVersion: 99 }));
  expect(await failure("study", "radius", "combine", "--study", "later")).toContain(
    "later/study.json: format version 99 of a study is unknown, this program reads versions 1 to 2",
  );
  edit("older", (info) => ({ ...info, formatVersion: 1, program: "bye-splits 0.0.1" }));
  expect(await failure("study", "radius", "run", "--study", "older", "--part", "0")).toMatch(
    /older was begun by bye-splits 0\.0\.1, this is bye-splits [\d.]+: begin the study again, or take that version/,
  );
  edit("unknown", (info) => ({ ...info, formatVersion: 1, study: "colours" }));
  expect(await failure("study", "radius", "combine", "--study", "unknown")).toContain(
    'there is no study "colours"; there are',
  );
});

interface Interval {
  readonly low: number;
  readonly high: number;
}

type Figure =
  | "efficiency"
  | "splitFraction"
  | "response"
  | "resolution"
  | "falseClusters"
  | "matchControl"
  | "splitControl"
  | "splitNet"
  | "trueSplitFraction"
  | "trueEfficiency";
type Ends = "efficiencyInterval" | "splitInterval" | "splitNetInterval" | "trueSplitFractionInterval";
type Summary = Readonly<Record<Figure, number>> &
  Readonly<Record<Ends, Interval>> & { readonly counts: Readonly<Record<string, number>> };

function pick<S extends Schema, K extends keyof S & string>(schema: S, ...names: K[]): Pick<S, K> {
  return Object.fromEntries(names.map((name) => [name, schema[name]])) as Pick<S, K>;
}

function rowsWhere({ rows }: { readonly rows: number }, keeps: (row: number) => boolean): number[] {
  return Array.from({ length: rows }, (_, row) => row).filter(keeps);
}
