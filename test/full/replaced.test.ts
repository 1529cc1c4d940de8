/**
 * What a command reads is swapped by renames at seeded random times, as other jobs do it: what comes out belongs to one version, or the
 * command stops with one line. Real processes and threads: the places where a folder is opened twice lie between those.
 */
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { type SampleBatch } from "../../src/events/index.js";
import { openRunFolder, openSampleFolder, writeSample } from "../../src/io/node/index.js";
import { runCli, scratch, startByeSplits } from "../cli.js";

/** Replacements of a sample during `run`; of a run during the other commands a fifth of it each. */
const REPLACED = Number(process.env["BYE_SPLITS_REPLACED"] ?? 24);
const SEED = 11;

interface Outcome {
  readonly status: number | null;
  readonly stderr: string;
}

/** Puts `to` in the place of `path`: a folder by two renames, or a link by one. What was there is called `away` then. */
function swap(path: string, to: string, away: string): void {
  if (statSync(path, { throwIfNoEntry: false }) === undefined) throw new Error(`nothing at ${path}`);
  renameSync(path, away);
  renameSync(to, path);
}

function link(path: string, to: string): void {
  symlinkSync(to, `${path}.new`);
  renameSync(`${path}.new`, path);
}

/** Runs the program, and `replace` some time after its start. */
async function during(args: readonly string[], cwd: string, wait: number, replace: () => void): Promise<Outcome> {
  const child = startByeSplits([...args, "--quiet"], cwd);
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  const end = new Promise<number | null>((resolve) => child.on("close", resolve));
  await sleep(wait);
  replace();
  return { status: await end, stderr };
}

/** What lies at a path, byte for byte; of run.json what it says of the tables and of the sample, not where that is. */
function contentOf(path: string): string {
  const hash = createHash("sha256");
  const files = statSync(path).isDirectory() ? readdirSync(path).toSorted() : [""];
  for (const file of files) {
    const bytes = readFileSync(join(path, file));
    hash.update(file);
    if (file === "run.json") {
      const { tables, sample } = JSON.parse(bytes.toString()) as { tables: object; sample: { hash: string } };
      expect(sample.hash).toMatch(/^[0-9a-f]{16}$/);
      hash.update(JSON.stringify([tables, sample.hash]));
    } else hash.update(bytes);
  }
  return hash.digest("hex");
}

const ok = async (cwd: string, ...args: string[]): Promise<void> => {
  const { status, stderr } = await runCli([...args, "--quiet"], cwd);
  expect(status, `${args.join(" ")}: ${stderr}`).toBe(0);
};

/** Writes the batch `copies` times, as other events each time. */
async function writeCopies(path: string, batch: SampleBatch, copies: number): Promise<void> {
  await writeSample(path, { force: false }, async (sample) => {
    for (let i = 0; i < copies; i++) {
      const event = batch.entries.columns.event.map((n) => n + BigInt(1000 * i));
      await sample.append({ ...batch, entries: { ...batch.entries, columns: { ...batch.entries.columns, event } } });
    }
    return { command: "test" };
  });
}

/** Samples a, b and c of equal shape, of some row groups: in b all energies are twice as large; c has the size of a to the byte. */
async function writeSamples(cwd: string): Promise<void> {
  await ok(cwd, "simulate", "--particles", "photons", "--events", "40", "--out", "seed");
  const reader = await openSampleFolder(join(cwd, "seed"));
  const batch = await reader.readBatch(0);
  await reader.close();
  const { tc_energy, tc_pt, tc_mipPt } = batch.tc.columns;
  const columns = { tc_energy, tc_pt, tc_mipPt };
  const copies = Math.ceil(250_000 / batch.tc.rows);
  const changed = (change: (column: Float64Array) => Float64Array): SampleBatch => {
    const more = Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, change(column)]));
    return { ...batch, tc: { ...batch.tc, columns: { ...batch.tc.columns, ...more } } };
  };
  await writeCopies(join(cwd, "a"), batch, copies);
  await writeCopies(
    join(cwd, "b"),
    changed((column) => column.map((value) => 2 * value)),
    copies,
  );
  const sizeOf = (folder: string): number[] =>
    readdirSync(join(cwd, folder)).map((file) => statSync(join(cwd, folder, file)).size);
  const random = new Random(SEED);
  // The last bits of the mantissas do not compress: most changes of them keep the size.
  for (let i = 0; i < 20; i++) {
    rmSync(join(cwd, "c"), { recursive: true, force: true });
    const hit = tc_pt.indexOf(tc_pt.toSorted().at(-1 - (random.uint32() % 10)) ?? 0);
    const mask = 1 + (random.uint32() % 1024);
    const flipped = (column: Float64Array): Float64Array => {
      const stored = Float32Array.from(column);
      new Uint32Array(stored.buffer)[hit] ^= mask;
      return Float64Array.from(stored);
    };
    await writeCopies(join(cwd, "c"), changed(flipped), copies);
    if (String(sizeOf("c").slice(0, 4)) === String(sizeOf("a").slice(0, 4))) return;
  }
  throw new Error(`no sample of the size of a: ${sizeOf("a").join()} and ${sizeOf("c").join()}`);
}

/** One outcome: all of `one` or of `other`, or a line. */
function judge(what: string, { status, stderr }: Outcome, out: string, want: Readonly<Record<string, string>>): string {
  if (status === 2) {
    expect(stderr, what).toMatch(/^[^\n]+\n$/);
    expect(existsSync(out), what).toBe(false);
    return "refused";
  }
  expect({ status, stderr }, what).toEqual({ status: 0, stderr: "" });
  const content = contentOf(out);
  const found = Object.keys(want).find((name) => want[name] === content);
  expect(found, `${what}: a mixture`).toBeDefined();
  return found ?? "";
}

test("a sample that is replaced during a run", { timeout: 1_800_000 }, async () => {
  const cwd = scratch();
  await writeSamples(cwd);
  const want: Record<string, string> = {};
  for (const name of ["a", "b", "c"]) {
    await ok(cwd, "run", "default", "--in", name, "--out", `r${name}`);
    want[name] = contentOf(join(cwd, `r${name}`));
  }
  expect(new Set(Object.values(want)).size).toBe(3);
  const at = (name: string): string => join(cwd, name);
  const args = ["run", "default", "--in", "s", "--out", "o", "--workers", "2"];
  link(at("s"), "a");
  const start = Date.now();
  expect(await during(args, cwd, 0, () => undefined)).toMatchObject({ status: 0 });
  const time = Date.now() - start;
  const random = new Random(SEED);
  const counts: Record<string, number> = {};
  for (let i = 0; i < REPLACED; i++) {
    rmSync(at("o"), { recursive: true, force: true });
    const other = i % 4 < 2 ? "b" : "c";
    const byLink = i % 2 === 0;
    rmSync(at("s"), { force: true });
    if (byLink) link(at("s"), "a");
    else renameSync(at("a"), at("s"));
    const outcome = await during(args, cwd, random.between(0.1, 1) * time, () => {
      if (byLink) link(at("s"), other);
      else swap(at("s"), at(other), at("a"));
    });
    const name = judge(`${i}, at ${other}`, outcome, at("o"), want);
    if (!byLink) renameSync(at("s"), at(other));
    const key = name === "a" ? "before" : name === "refused" ? name : "after";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  console.log(`run: ${JSON.stringify(counts)}`);
});

const OF_RUNS = [
  { name: "report", args: ["report", "r", "--out", "o"], file: "o.html" },
  { name: "export hdf5", args: ["export", "r", "--format", "hdf5", "--out", "o"], file: "o.hdf5" },
  { name: "export csv", args: ["export", "r", "--format", "csv", "--out", "o"], file: "o" },
];

test.each(OF_RUNS)("a run that is replaced during $name", { timeout: 600_000 }, async ({ name, args, file }) => {
  const cwd = scratch();
  const at = (path: string): string => join(cwd, path);
  const command = args.map((arg) => (arg === "o" ? file : arg));
  const want: Record<string, string> = {};
  for (const [run, seed] of [
    ["a", "1"],
    ["b", "2"],
  ]) {
    await ok(cwd, "simulate", "--particles", "photons", "--events", "40", "--seed", seed, "--out", `s${run}`);
    await ok(cwd, "run", "default", "--in", `s${run}`, "--out", run);
    link(at("r"), run);
    await ok(cwd, ...command);
    want[run] = contentOf(at(file));
    rmSync(at(file), { recursive: true });
  }
  expect(want["a"]).not.toBe(want["b"]);
  const start = Date.now();
  expect(await during(command, cwd, 0, () => undefined)).toMatchObject({ status: 0 });
  const time = Date.now() - start;
  const random = new Random(SEED);
  const counts: Record<string, number> = {};
  for (let i = 0; i < REPLACED / 5; i++) {
    rmSync(at(file), { recursive: true, force: true });
    link(at("r"), "a");
    const outcome = await during(command, cwd, random.between(0.2, 1) * time, () => link(at("r"), "b"));
    const found = judge(`${name} ${i}`, outcome, at(file), want);
    counts[found] = (counts[found] ?? 0) + 1;
  }
  console.log(`${name}: ${JSON.stringify(counts)}`);
});

test("a run that is replaced while a step goes on with it", { timeout: 600_000 }, async () => {
  const cwd = scratch();
  const at = (path: string): string => join(cwd, path);
  const tables = async (run: string): Promise<string> => {
    const { info } = await openRunFolder(at(run));
    expect(info.tables).toHaveProperty("fill");
    return contentOf(at(run));
  };
  const begun: Record<string, string> = {};
  const done: Record<string, string> = {};
  const make = async (run: string, seed: string): Promise<void> => {
    rmSync(at(run), { recursive: true, force: true });
    if (!existsSync(at(`s${run}`)))
      await ok(cwd, "simulate", "--particles", "photons", "--events", "40", "--seed", seed, "--out", `s${run}`);
    await ok(cwd, "step", "fill", "--in", `s${run}`, "--out", run);
  };
  for (const [run, seed] of [
    ["a", "1"],
    ["b", "2"],
  ]) {
    await make(run, seed);
    begun[run] = await tables(run);
    await ok(cwd, "step", "smooth", "--in", run);
    done[run] = await tables(run);
  }
  const random = new Random(SEED);
  const counts: Record<string, number> = {};
  let time = 0;
  for (let i = -1; i < REPLACED / 5; i++) {
    await make("a", "1");
    await make("b", "2");
    link(at("r"), "a");
    const start = Date.now();
    const replace = i < 0 ? () => undefined : () => link(at("r"), "b");
    const { status, stderr } = await during(
      ["step", "smooth", "--in", "r"],
      cwd,
      random.between(0.2, 1) * time,
      replace,
    );
    if (i < 0) time = Date.now() - start;
    if (status === 2) expect(stderr).toMatch(/^[^\n]+\n$/);
    else expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const found: string[] = [];
    for (const run of ["a", "b"]) {
      // A step that stops may leave what it was writing in the folder that is elsewhere now: the next one removes it.
      const content = await tables(run);
      expect([begun[run], done[run]], `${i}: ${run}`).toContain(content);
      if (content === done[run]) found.push(run);
    }
    expect(found.length, String(i)).toBe(status === 0 ? 1 : 0);
    const key = status === 0 ? found[0] : "refused";
    counts[key] = (counts[key] ?? 0) + 1;
  }
  console.log(`step: ${JSON.stringify(counts)}`);
});
