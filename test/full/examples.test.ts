/** The programs of examples/, and the notebook, on one sample. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { root, runCli } from "../cli.js";
import { blocks, page } from "../pages-run.js";

const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
const has = (modules: string): boolean =>
  spawnSync(python, ["-c", `import ${modules}`], { stdio: "ignore" }).status === 0;

let cwd: string;
beforeAll(async () => {
  cwd = mkdtempSync(join(tmpdir(), "bye-splits-examples-"));
  mkdirSync(join(cwd, "node_modules"));
  symlinkSync(root, join(cwd, "node_modules/bye-splits"));
  for (const line of [
    "simulate --particles photons --events 300 --seed 1 --out out/photons",
    "run both --in out/photons --out out/run --hdf5",
    "study radius --in out/photons --radii 0.005:0.05:5 --out out/radius",
    "study scan --in out/photons --set seed.window=1,2,3 --set smooth.kernel=default,flat_top --out out/scan",
  ]) {
    const { status, stderr } = await runCli([...line.split(" "), "--quiet"], cwd);
    expect(status, stderr).toBe(0);
  }
}, 120_000);
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

const run = (program: string, ...args: string[]): string => execFileSync(program, args, { cwd, encoding: "utf8" });
const example = (name: string): string => join(root, "examples", name);

test("compare-seedings: a wider window heals what the default splits, and says how many", () => {
  const text = run(process.execPath, example("compare-seedings.mjs"), "out/photons");
  const splits = [...text.matchAll(/: (\d+) of (\d+) particles/g)].map(([, split, all]) => [
    Number(split),
    Number(all),
  ]);
  expect(splits.map(([, all]) => all)).toEqual([splits[0][1], splits[0][1], splits[0][1]]);
  expect(splits[0][0]).toBeGreaterThan(splits[1][0]);
  expect(text).toContain(`${splits[0][0] - splits[1][0]} of those of window 1 healed, 0 new`);
});

test("scan: a row a point, with the numbers of `study scan`", () => {
  const rows = run(process.execPath, example("scan.mjs"), "out/photons").trim().split("\n").slice(1);
  const split = rows.map((row) => Number(/(\d+\.\d+) %/.exec(row)?.[1]));
  expect(rows.length).toBe(6);
  expect(split[3]).toBeLessThan(split[2]);
});

test("the configuration for CMSSW is Python", () => {
  const check = "import ast, sys; ast.parse(open(sys.argv[1]).read())";
  expect(spawnSync(python, ["-c", check, example("cmssw_ntuple.py")], { encoding: "utf8" }).stderr).toBe("");
});

test.skipIf(!has("pandas, h5py, tables"))(
  "read_run.py reads a run in every way that is installed [needs python pandas]",
  () => {
    const text = run(python, example("read_run.py"), "out/photons", "out/run", "plot.png");
    expect(text).toMatch(/pandas: \{'cs': (0\.9|1\.0)\d+, 'default': (0\.9|1\.0)\d+\}/);
    if (has("polars")) expect(text).toMatch(/polars: \{'cs': 0\.\d+, 'default': 0\.0\d+\}/);
    if (has("duckdb")) expect(text).toMatch(/duckdb: \{'cs': \(\d+, \d+\.\d+\)/);
    if (has("awkward")) expect(text).toMatch(/awkward: \[\(\d+, \d+/);
    if (has("matplotlib")) expect(statSync(join(cwd, "plot.png")).size).toBeGreaterThan(5000);
  },
);

test.skipIf(!has("pandas, h5py, tables"))(
  "the programs of docs/formats.md run where their package is [needs python pandas]",
  () => {
    for (const [link, to] of [
      ["run", "out/run"],
      ["sample", "out/photons"],
    ])
      symlinkSync(join(cwd, to), join(cwd, link));
    const programs = blocks(page("formats"), "python");
    expect(programs.length).toBe(5);
    for (const program of programs) {
      const module = /import (\w+)/.exec(program)?.[1] ?? "";
      if (!has(module)) continue;
      // The key of an event of this run.
      writeFileSync(join(cwd, "program.py"), program.replace("_12_ev", `_${firstEvent()}_ev`));
      const { status, stderr } = spawnSync(python, ["program.py"], { cwd, encoding: "utf8" });
      expect(status, `${program}\n${stderr}`).toBe(0);
    }
  },
);

/** The number of an event of the run. */
const firstEvent = (): string =>
  run(python, "-c", "import pandas; print(pandas.read_parquet('out/run/events.parquet').event.iloc[0])").trim();

test.skipIf(!has("nbclient, ipykernel, pandas, matplotlib"))(
  "the notebook reads studies and plots them [needs nbclient]",
  { timeout: 180_000 },
  () => {
    const notebook = join(root, "docs/notebooks/study.ipynb");
    const program = `
import sys, nbformat, nbclient
book = nbformat.read(sys.argv[1], 4)
nbclient.NotebookClient(book, timeout=120, resources={"metadata": {"path": sys.argv[2]}}).execute()
kinds = [kind for cell in book.cells if cell.cell_type == "code" for out in cell.outputs for kind in getattr(out, "data", {})]
print(kinds.count("image/png"))`;
    expect(JSON.parse(readFileSync(notebook, "utf8"))).toMatchObject({ nbformat: 4 });
    expect(Number(run(python, "-c", program, notebook, cwd))).toBe(2);
  },
);
