/**
 * Every command that writes, killed (SIGKILL) at seeded random times, with an old output in its place and without: afterwards the old or
 * the new output is there as a whole, and the next run leaves nothing hidden.
 */
import { type ChildProcess } from "node:child_process";
import { createHash } from "node:crypto";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { beforeAll, expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { RUN_TABLES } from "../../src/events/index.js";
import { openRunFolder } from "../../src/io/node/index.js";
import { writeCells } from "../../src/pipeline/geometry.test-data.js";
import { root, runCli, scratch, startByeSplits } from "../cli.js";

/** Kills of each command, with `--force` and without. */
// Each takes seconds; BYE_SPLITS_KILLS=20 asks for more than the long tests have time for.
const KILLS = Number(process.env["BYE_SPLITS_KILLS"] ?? 2);
const SEED = 11;
const GOOD_EVENTS = join(root, "test/fixtures/parquet/good-events.parquet");

interface Case {
  readonly name: string;
  /** What makes the old output, and the new one. */
  readonly old: readonly string[];
  readonly args: readonly string[];
  readonly outs: readonly string[];
}

const simulate = (seed: number, ...more: string[]) =>
  ["simulate", "--particles", "photons", "--events", "40", "--seed", String(seed), "--out", "o", ...more] as const;
const run = (...more: string[]) => ["run", "default", "--in", "a", "--out", "o", "--workers", "1", ...more];
const exported = (format: string, out: string, ...more: string[]) => ({
  name: `export --format ${format} ${out}`,
  old: ["export", "b", "--format", format, "--out", out, ...more],
  args: ["export", "a", "--format", format, "--out", out, ...more],
  outs: [out],
});

const CASES: readonly Case[] = [
  { name: "simulate", old: simulate(8), args: simulate(9), outs: ["o"] },
  {
    name: "simulate --root",
    old: simulate(8, "--root", "o.root"),
    args: simulate(9, "--root", "o.root"),
    outs: ["o", "o.root"],
  },
  {
    name: "skim",
    old: ["skim", "b.root", "--particles", "photons", "--out", "o"],
    args: ["skim", "a.root", "--particles", "photons", "--out", "o"],
    outs: ["o"],
  },
  { name: "import", old: simulate(8), args: ["import", GOOD_EVENTS, "--out", "o"], outs: ["o"] },
  { name: "run", old: run("--radius", "0.01"), args: run(), outs: ["o"] },
  { name: "run --hdf5", old: run("--hdf5", "--radius", "0.01"), args: run("--hdf5"), outs: ["o"] },
  {
    name: "merge",
    old: ["merge", "q1", "q2", "--out", "o"],
    args: ["merge", "p1", "p2", "--out", "o"],
    outs: ["o"],
  },
  {
    name: "report",
    old: ["report", "rb", "--out", "o.html"],
    args: ["report", "ra", "--out", "o.html"],
    outs: ["o.html"],
  },
  exported("hdf5", "o.hdf5"),
  exported("csv", "o.csv"),
  exported("csv", "o"),
  exported("root", "o.root"),
  exported("phoenix", "o.json"),
  {
    name: "geometry export --format csv",
    old: ["geometry", "export", "--format", "csv", "--out", "o.csv"],
    args: ["geometry", "export", "--format", "csv", "--out", "o.csv"],
    outs: ["o.csv"],
  },
  {
    name: "geometry export --format json",
    old: ["geometry", "export", "--format", "json", "--out", "o.json"],
    args: ["geometry", "export", "--format", "json", "--out", "o.json"],
    outs: ["o.json"],
  },
  {
    name: "geometry import",
    old: ["geometry", "import", "tb.root", "--out", "o.parquet"],
    args: ["geometry", "import", "ta.root", "--out", "o.parquet"],
    outs: ["o.parquet"],
  },
];

/** The content of an output: bytes of files, of the json of a folder what it says of its tables. */
function contentOf(path: string): string {
  if (!existsSync(path)) return "nothing";
  const hash = createHash("sha256");
  const add = (file: string, name: string): void => {
    const bytes = readFileSync(file);
    const info = /^(sample|run)\.json$/.test(name)
      ? JSON.stringify((JSON.parse(bytes.toString()) as { tables: object }).tables)
      : bytes;
    hash.update(name).update(info);
  };
  if (statSync(path).isFile()) add(path, "file");
  else for (const name of readdirSync(path).toSorted()) add(join(path, name), name);
  return hash.digest("hex");
}

/** What some of the commands read besides samples and runs. */
async function writeParts(cwd: string, name: string): Promise<void> {
  const ok = async (...command: string[]): Promise<void> => {
    expect(await runCli([...command, "--quiet"], cwd)).toMatchObject({ status: 0 });
  };
  if (name === "merge") {
    for (const [part, sample] of [
      ["p", "a"],
      ["q", "b"],
    ]) {
      await ok("run", "default", "--in", sample, "--entries", "0:20", "--out", `${part}1`);
      await ok("run", "default", "--in", sample, "--entries", "20:40", "--out", `${part}2`);
    }
  }
  if (name === "geometry import") {
    await writeCells(join(cwd, "ta.root"), 0, false);
    await writeCells(join(cwd, "tb.root"), 0.25, false);
  }
}

/** What all of them read: samples a and b as folders and ntuples, and a run of each. */
let inputs = "";
beforeAll(async () => {
  inputs = mkdtempSync(join(tmpdir(), "bye-splits-kills-"));
  for (const [sample, seed] of [
    ["a", "1"],
    ["b", "2"],
  ]) {
    const made = ["--events", "40", "--seed", seed, "--out", sample, "--root", `${sample}.root`];
    for (const command of [
      ["simulate", "--particles", "photons", ...made],
      ["run", "default", "--in", sample, "--out", `r${sample}`],
    ])
      expect(await runCli([...command, "--quiet"], inputs)).toMatchObject({ status: 0 });
  }
  return () => rmSync(inputs, { recursive: true });
});

const hidden = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => /(^|\/)\./.test(name));

async function firstHidden(cwd: string, child: ChildProcess): Promise<void> {
  while (child.exitCode === null && hidden(cwd).length === 0) await sleep(1);
}

/** Starts the command and kills it after a time, or some time after its first hidden file is there. */
async function kill(args: readonly string[], cwd: string, wait: number, writing: boolean): Promise<boolean> {
  const child = startByeSplits([...args, "--quiet"], cwd);
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  const end = new Promise<NodeJS.Signals | null>((resolve) => child.on("exit", (_, signal) => resolve(signal)));
  if (writing) await Promise.race([firstHidden(cwd, child), end]);
  await Promise.race([sleep(wait), end]);
  child.kill("SIGKILL");
  const signal = await end;
  expect(stderr).not.toMatch(/\n\s+at |internal error/);
  return signal === "SIGKILL";
}

test.each(CASES)("$name, killed", { timeout: 1_800_000 }, async ({ name, old, args, outs }) => {
  const cwd = scratch();
  const ok = async (...command: string[]): Promise<void> => {
    const { status, stderr } = await runCli([...command, "--quiet"], cwd);
    expect(status, `${command.join(" ")}: ${stderr}`).toBe(0);
  };
  cpSync(inputs, cwd, { recursive: true });
  await writeParts(cwd, name);
  const contents = (folder: string): string[] => outs.map((out) => contentOf(join(folder, out)));
  await ok(...args);
  const fresh = contents(cwd);
  for (const out of outs) rmSync(join(cwd, out), { recursive: true });
  await ok(...old);
  const before = contents(cwd);
  const kept = join(cwd, "..", `${cwd.split("/").at(-1)}-old`);
  mkdirSync(kept);
  for (const out of outs) renameSync(join(cwd, out), join(kept, out));
  const start = Date.now();
  await kill(args, cwd, 600_000, false);
  const time = Date.now() - start;
  const random = new Random(SEED);
  const count = { kills: 0, old: 0, new: 0, between: 0 };
  try {
    for (const force of [true, false]) {
      // A kill that comes too late does not count, and the next ones come sooner.
      let sooner = 1;
      const already = count.kills;
      for (let i = 0; count.kills < already + KILLS && i < 5 * KILLS; i++) {
        for (const out of outs) rmSync(join(cwd, out), { recursive: true, force: true });
        if (force) for (const out of outs) cpSync(join(kept, out), join(cwd, out), { recursive: true });
        const command = force ? [...args, "--force"] : args;
        const writing = i % 4 !== 0;
        const wait = random.between(0, writing ? 0.3 * sooner : 1) * time;
        const isKilled = await kill(command, cwd, wait, writing);
        if (isKilled) count.kills++;
        else if (writing) sooner *= 0.7;
        const lost = readdirSync(cwd).find((file) => file.endsWith(".old"));
        if (lost !== undefined && !existsSync(join(cwd, outs[0]))) {
          const { status, stderr } = await runCli([...args, "--force"], cwd);
          expect(status).toBe(2);
          expect(stderr).toContain(lost);
          renameSync(join(cwd, lost), join(cwd, outs[0]));
          count.between++;
        }
        for (const [k, content] of contents(cwd).entries()) {
          expect([force ? before[k] : "nothing", fresh[k]], `${name}, kill ${i}: ${outs[k]}`).toContain(content);
          count[content === fresh[k] ? "new" : "old"]++;
        }
        // The next run mends what a kill left; one that ended by itself left nothing.
        if (isKilled) await ok(...args, "--force");
        expect(contents(cwd)).toEqual(fresh);
        expect(hidden(cwd)).toEqual([]);
      }
    }
  } finally {
    rmSync(kept, { recursive: true });
  }
  console.log(`${name}: ${JSON.stringify(count)}`);
});

test("a step, killed", { timeout: 1_800_000 }, async () => {
  const cwd = scratch();
  const ok = async (...command: string[]): Promise<void> => {
    const { status, stderr } = await runCli([...command, "--quiet"], cwd);
    expect(status, `${command.join(" ")}: ${stderr}`).toBe(0);
  };
  await ok("simulate", "--particles", "photons", "--events", "40", "--out", "a");
  await ok("step", "fill", "--in", "a", "--out", "base");
  cpSync(join(cwd, "base"), join(cwd, "done"), { recursive: true });
  await ok("step", "smooth", "--in", "done");
  const want = contentOf(join(cwd, "done"));
  const start = Date.now();
  await kill(["step", "smooth", "--in", "base"], cwd, 600_000, false);
  const time = Date.now() - start;
  rmSync(join(cwd, "base"), { recursive: true });
  await ok("step", "fill", "--in", "a", "--out", "base");
  const random = new Random(SEED);
  const count = { kills: 0, with: 0, without: 0 };
  for (const force of [true, false]) {
    for (let i = 0; i < KILLS; i++) {
      rmSync(join(cwd, "o"), { recursive: true, force: true });
      cpSync(join(cwd, force ? "done" : "base"), join(cwd, "o"), { recursive: true });
      const writing = i % 4 !== 0;
      const args = ["step", "smooth", "--in", "o", ...(force ? ["--force"] : [])];
      if (await kill(args, cwd, random.between(0, writing ? 0.3 : 1) * time, writing)) count.kills++;
      // Every table that run.json lists is the one that it describes.
      const run = await openRunFolder(join(cwd, "o"));
      for (const [name, schema] of Object.entries(RUN_TABLES)) {
        if (Object.hasOwn(run.info.tables, name)) await run.readTable(name, schema);
      }
      count[Object.hasOwn(run.info.tables, "smooth") ? "with" : "without"]++;
      await ok("step", "smooth", "--in", "o", "--force");
      expect(contentOf(join(cwd, "o"))).toBe(want);
      expect(hidden(cwd)).toEqual([]);
    }
  }
  console.log(`step smooth: ${JSON.stringify(count)}`);
});
