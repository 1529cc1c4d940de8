/** Studies at the size at which they are used: 50 radii of 5,000 photons and of 50 events of PU200. */
import { join } from "node:path";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { afterAll, beforeAll, expect, test } from "vitest";
import {
  type ChainParams,
  chainOf,
  createChain,
  DEFAULT_PARAMS,
  parseSelection,
  SharedStages,
  tcColumns,
} from "../../../src/chain/index.js";
import { CLUSTERS } from "../../../src/events/index.js";
import { openRunFolder, openSampleFolder } from "../../../src/io/node/index.js";
import { linspace, RADIUS_CLUSTERS, radiiOf, RadiusSweep } from "../../../src/studies/index.js";
import { byeSplits } from "../../cli.js";
import { watch } from "../watch.js";

const RADII = linspace(0.001, 0.05, 50);
/** Of the 50: the ends, and some between. */
const CHECKED = [0, 4, 9, 14, 19, 29, 39, 49];
const SAMPLES = [
  ["photons", "0", "5000"],
  ["crowded", "200", "50"],
] as const;

let folder = "";

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-studies-"));
  for (const [name, pileup, events] of SAMPLES) {
    const options = ["--pileup", pileup, "--events", events, "--seed", "4", "--out", name, "--quiet"];
    expect(byeSplits(["simulate", "--particles", "photons", ...options], folder)).toMatchObject({ status: 0 });
  }
}, 300_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function works(...args: string[]): void {
  const { status, stderr } = byeSplits([...args, "--quiet"], folder);
  expect([status, stderr]).toEqual([0, ""]);
}

/** [s] commands one after another, program start included. */
function secondsOf(...commands: readonly (readonly string[])[]): number {
  const start = performance.now();
  for (const args of commands) works(...args);
  return (performance.now() - start) / 1000;
}

test.each(SAMPLES)(
  "%s of PU%s: init, run and combine of 50 radii take less than 4 runs",
  { timeout: 600_000 },
  (name) => {
    // In turn: the machine may be slower now than it was before. The quickest of each says what the program needs.
    const turns = Array.from({ length: 4 }, (_, k) => ({
      study: secondsOf(
        ["study", "radius", "init", "--in", name, "--radii", "0.001:0.05:50", "--out", `${name}-${k}`],
        ["study", "radius", "run", "--study", `${name}-${k}`, "--part", RADII.map((_, i) => i).join()],
        ["study", "radius", "combine", "--study", `${name}-${k}`],
      ),
      run: secondsOf(["run", "default", "--in", name, "--out", `${name}-run-${k}`]),
    }));
    const study = Math.min(...turns.map((turn) => turn.study));
    const run = Math.min(...turns.map((turn) => turn.run));
    console.log(`${name}: 50 radii ${study.toFixed(2)} s, one run ${run.toFixed(2)} s: ${(study / run).toFixed(2)}`);
    expect(study).toBeLessThan(4 * run);
  },
);

test.each(SAMPLES)(
  "%s of PU%s: the clusters at 8 radii are those of run --radius, sums to 1e-12",
  { timeout: 600_000 },
  async (name) => {
    const clusters = await (
      await openRunFolder(join(folder, `${name}-0`), "study")
    ).readTable("clusters", RADIUS_CLUSTERS);
    for (const k of CHECKED) {
      works("run", "default", "--in", name, "--radius", String(RADII[k]), "--out", "at-radius", "--force");
      const run = await (await openRunFolder(join(folder, "at-radius"))).readTable("clusters", CLUSTERS);
      const first = clusters.columns.point.indexOf(k);
      const rows = clusters.columns.point.lastIndexOf(k) + 1 - first;
      expect([first >= 0 || run.rows === 0, Math.max(0, rows)]).toEqual([true, run.rows]);
      let largest = 0;
      let differ = 0;
      for (let row = 0; row < run.rows; row++) {
        for (const column of ["entry", "seed_idx", "n_tc"] as const) {
          if (clusters.columns[column][first + row] !== run.columns[column][row]) differ++;
        }
        for (const column of ["pt", "en", "eta", "phi"] as const) {
          const [here, there] = [clusters.columns[column][first + row], run.columns[column][row]];
          largest = Math.max(largest, Math.abs(here - there) / Math.max(1, Math.abs(there)));
        }
      }
      expect([differ, largest < 1e-12]).toEqual([0, true]);
    }
  },
);

test.each(SAMPLES)(
  "%s of PU%s: every trigger cell has the seed that run --radius gives it, at 8 radii",
  { timeout: 600_000 },
  async (name) => {
    const sample = await openSampleFolder(join(folder, name));
    const radii = CHECKED.map((k) => RADII[k]);
    const paramsOf = (radius: number): ChainParams => ({
      ...DEFAULT_PARAMS,
      cluster: { ...DEFAULT_PARAMS.cluster, CoeffA: radiiOf(DEFAULT_PARAMS.cluster, radius) },
    });
    const runs = radii.map((radius) => createChain("default", paramsOf(radius), { selection: parseSelection("all") }));
    const steps = chainOf("default").create(DEFAULT_PARAMS, new SharedStages());
    const sweep = new RadiusSweep(DEFAULT_PARAMS, radii);
    let [compared, differ] = [0, 0];
    for (let b = 0; b < sample.batches; b++) {
      const batch = await sample.readBatch(b, { columns: tcColumns(["default"]), truth: true });
      const expected = runs.map((run) => {
        const { entry, tc_row, seed_idx } = run(batch).assignment.columns;
        return new Map(Array.from(entry, (each, row) => [`${each} ${tc_row[row]}`, seed_idx[row]]));
      });
      const selected = new Set(runs[0](batch).events.columns.entry);
      for (let i = 0; i < batch.entries.rows; i++) {
        const entry = batch.entries.columns.entry[i];
        if (!selected.has(entry)) continue;
        sweep.sweep({ batch, i }, steps.findSeeds({ batch, i }), (k, { assignment }) => {
          for (let t = 0; t < batch.entries.columns.tc_rows[i]; t++) {
            compared++;
            if (assignment[t] !== (expected[k].get(`${entry} ${t}`) ?? -1)) differ++;
          }
        });
      }
    }
    await sample.close();
    expect(differ).toBe(0);
    console.log(`${name}: ${compared.toLocaleString("en-US")} trigger cells and radii compared`);
    expect(compared).toBeGreaterThan(1e6);
  },
);

test("memory does not grow with the events, and hardly with the radii", { timeout: 600_000 }, async () => {
  const peakOf = async (first: string, radii: string): Promise<number> => {
    const args = [
      "--in",
      "photons",
      "--first",
      first,
      "--radii",
      radii,
      "--workers",
      "1",
      "--out",
      `memory-${first}-${radii}`,
    ];
    return (await watch(["study", "radius", ...args, "--quiet"], folder)).peak;
  };
  const [few, many, one] = [
    await peakOf("1000", "0.001:0.05:50"),
    await peakOf("5000", "0.001:0.05:50"),
    await peakOf("5000", "0.02"),
  ];
  console.log(
    `peak memory: 1,000 events x 50 radii ${few.toFixed(0)} MB, 5,000 x 50 ${many.toFixed(0)} MB, 5,000 x 1 ${one.toFixed(0)} MB`,
  );
  expect(many).toBeLessThan(1.5 * few);
  expect(many).toBeLessThan(3 * one);
});

test("threads change nothing", { timeout: 300_000 }, async () => {
  for (const workers of ["1", "3"]) {
    works(
      "study",
      "radius",
      "--in",
      "photons",
      "--first",
      "2000",
      "--radii",
      "0.01,0.02",
      "--workers",
      workers,
      "--out",
      `threads-${workers}`,
    );
    works(
      "study",
      "scan",
      "--in",
      "photons",
      "--first",
      "2000",
      "--set",
      "seed.window=1,2",
      "--workers",
      workers,
      "--out",
      `scan-threads-${workers}`,
    );
  }
  const { tableHashes } = await import("../../cli.js");
  for (const study of ["threads", "scan-threads"]) {
    expect(tableHashes(join(folder, `${study}-3`))).toEqual(tableHashes(join(folder, `${study}-1`)));
  }
});
