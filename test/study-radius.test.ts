/** `study radius`: its verbs, and its tables beside those of runs. */
import { cpSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { openRunFolder } from "../src/io/node/index.js";
import { FIGURES, RADIUS_CLUSTERS, SCAN_KEYS } from "../src/studies/index.js";
import { runCli, tableHashes } from "./cli.js";
import { hasPandas, plain, readByPandas } from "./pandas.js";
import { pick, rowsWhere, studyFolder } from "./studies.js";

const { allHashes, at, failure, study, table } = studyFolder();

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
          at(""),
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
    expect(text).toContain("6 points, 1 part");
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
    await study("radius", "report", "--study", "layers", "--out", "layers.html");
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
      at(""),
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
      at(""),
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

  test("inspect tells samples, parts, tables and the result, verify everything in it", async () => {
    const { stdout } = await runCli(["inspect", "one-go"], at(""));
    expect(stdout).toContain("one-go: study radius of bye-splits ");
    expect(stdout).toContain("6 points, all 12 parts are there, combined");
    expect(stdout).toMatch(/photons {2}photons +PU0 +\d+/);
    expect(stdout).toMatch(/photons: best radius 0\.0\d+ \[/);
    const verified = await runCli(["inspect", "one-go", "--verify"], at(""));
    expect(verified.stdout).toContain("part-0p030-1/clusters");
    expect(verified.stdout).toContain("without a checksum: radii.hdf5");
  });
});
