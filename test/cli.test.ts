/** The command line from outside: what it writes, what it says, how it ends. */
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSampleFolder, writeSample } from "../src/io/node/index.js";
import { byeSplits, runCli, scratch, startByeSplits, tableHashes } from "./cli.js";
import { some } from "./long.js";

let folder = "";
const simulate = (events: number, out: string, ...more: string[]) =>
  runCli(
    ["simulate", "--particles", "photons", "--events", String(events), "--seed", "3", "--out", out, "--quiet", ...more],
    folder,
  );

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-cli-"));
  expect(await simulate(200, "sample", "--root", "n.root")).toMatchObject({ status: 0 });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** `sample` over and over, in a folder `many`: several row groups, without the time that simulating them takes. */
async function repeat(times: number): Promise<string> {
  const many = join(folder, "many");
  if (existsSync(many)) return many;
  const sample = await openSampleFolder(join(folder, "sample"));
  const batch = await sample.readBatch(0);
  expect(sample.batches).toBe(1);
  await sample.close();
  await writeSample(many, {}, async (writer) => {
    for (let k = 0; k < times; k++) await writer.append(batch);
    return {};
  });
  return many;
}

const run = (...args: string[]) => runCli(["run", "default", "--quiet", ...args], folder);

describe("the main job", () => {
  test("run default writes a run and prints a summary", async () => {
    const { status, stdout } = await run("--in", "sample", "--out", "run");
    expect(status).toBe(0);
    expect(stdout).toMatch(/chain +events +seeds +clusters +split/);
    expect(readdirSync(join(folder, "run")).toSorted()).toEqual(
      expect.arrayContaining(["assignment.parquet", "clusters.parquet", "events.parquet", "run.json", "seeds.parquet"]),
    );
  });

  test("ROOT -> skim -> run gives bit for bit the clusters of the sample written directly", async () => {
    expect(
      await runCli(["skim", "n.root", "--particles", "photons", "--out", "skimmed", "--quiet"], folder),
    ).toMatchObject({ status: 0 });
    expect(tableHashes(join(folder, "skimmed"))).toEqual(tableHashes(join(folder, "sample")));
    expect(await run("--in", "skimmed", "--out", "run-skimmed")).toMatchObject({ status: 0 });
    expect(await run("--in", "sample", "--out", "run-direct")).toMatchObject({ status: 0 });
    expect(tableHashes(join(folder, "run-skimmed"))).toEqual(tableHashes(join(folder, "run-direct")));
  });

  test("any number of workers writes the same bytes", async () => {
    const many = await repeat(7);
    // Two in the long tests only.
    const hashesOf = async (workers: number) => {
      const args = ["--in", many, "--out", `w${workers}`, "--workers", String(workers), "--save-steps"];
      const whole = ["run", "default", "--quiet", ...args];
      const outcome = workers === 1 ? await runCli(whole, folder) : byeSplits(whole, folder);
      expect(outcome).toMatchObject({ status: 0 });
      return tableHashes(join(folder, `w${workers}`));
    };
    const hashes: Record<string, string>[] = [];
    for (const workers of some([1, 2, 4], 2)) hashes.push(await hashesOf(workers));
    expect(Object.keys(hashes[0]).length).toBeGreaterThan(5);
    for (const other of hashes) expect(other).toEqual(hashes[0]);
  });

  test("--json prints what a program can read", async () => {
    const { stdout } = await run("--in", "sample", "--out", "json-run", "--json");
    const result = JSON.parse(stdout) as { chains: { chain: string; counts: { selected: number } }[] };
    expect(result.chains[0].chain).toBe("default");
    expect(result.chains[0].counts.selected).toBeGreaterThan(50);
  });

  test("--first and --events choose entries", async () => {
    const counts = async (...args: string[]) => {
      const { stdout } = await run("--in", "sample", "--out", "part", "--json", "--force", ...args);
      return (JSON.parse(stdout) as { chains: { counts: { entries: number } }[] }).chains[0].counts.entries;
    };
    expect(await counts("--first", "7")).toBe(7);
    expect(await counts("--events", "2,5")).toBeLessThanOrEqual(2);
    expect(await run("--in", "sample", "--out", "none", "--events", "")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("--events: no event is named") as string,
    });
    expect(await run("--in", "sample", "--out", "none", "--events", "999999")).toMatchObject({
      status: 2,
      stderr: expect.stringContaining("no event 999999") as string,
    });
  });
});

describe("bad input: one clear line, exit 2, nothing half written", () => {
  const cases: { name: string; prepare?: (cwd: string) => unknown; args: string[]; says: RegExp }[] = [
    {
      name: "an unknown selection",
      args: ["run", "default", "--in", "sample", "--out", "x", "--sel", "splits"],
      says: /unknown selection "splits"; valid are: all, splits_only, no_splits, above_eta_X/,
    },
    {
      name: "an unknown option",
      args: ["run", "default", "--in", "sample", "--out", "x", "--radios", "1"],
      says: /unknown option '--radios'[\s\S]*--radius/,
    },
    {
      name: "an unknown chain",
      args: ["run", "fast", "--in", "sample", "--out", "x"],
      says: /Allowed choices are default/,
    },
    {
      name: "a configuration value of the wrong type",
      prepare: (cwd) => writeFileSync(join(cwd, "bad.yaml"), "base:\n  NbinsRz: 42\nseed:\n  histoThreshold: abc\n"),
      args: ["run", "default", "--in", "sample", "--out", "x", "--config", "bad.yaml"],
      says: /bad\.yaml:4: seed\.histoThreshold: expected a number from 0 to 1000000, got "abc"/,
    },
    {
      name: "an unknown --set key",
      args: ["run", "default", "--in", "sample", "--out", "x", "--set", "seed.threshold=3"],
      says: /unknown key seed\.threshold; valid are: .*seed\.histoThreshold/,
    },
    { name: "a missing sample", args: ["run", "default", "--in", "nowhere", "--out", "x"], says: /nowhere/ },
    {
      name: "an existing output",
      prepare: (cwd) => mkdirSync(join(cwd, "taken")),
      args: ["run", "default", "--in", "sample", "--out", "taken"],
      says: /taken.*--force/,
    },
    {
      name: "an output below a plain file",
      prepare: (cwd) => writeFileSync(join(cwd, "plain"), ""),
      args: ["run", "default", "--in", "sample", "--out", "plain/run"],
      says: /plain/,
    },
    {
      name: "a text file named .root",
      prepare: (cwd) => writeFileSync(join(cwd, "text.root"), "not a ROOT file\n".repeat(100)),
      args: ["skim", "text.root", "--out", "x"],
      says: /text\.root.*ROOT/,
    },
    {
      name: "a truncated Parquet file",
      prepare: async (cwd) => {
        await simulate(20, "truncated");
        truncateSync(join(cwd, "truncated/tc.parquet"), 2000);
      },
      args: ["run", "default", "--in", "truncated", "--out", "x"],
      says: /tc\.parquet/,
    },
  ];
  test.each(cases)("$name", async ({ prepare, args, says }) => {
    await prepare?.(folder);
    const before = readdirSync(folder).toSorted();
    const { status, stderr, stdout } = await runCli([...args, "--quiet"], folder);
    expect(stderr).toMatch(says);
    expect({ status, stdout }).toEqual({ status: 2, stdout: "" });
    expect(readdirSync(folder).toSorted()).toEqual(before);
  });

  test("a program error says that it is one", async () => {
    const { stderr, status } = await runCli(["--no-such"], folder);
    expect(status).toBe(2);
    expect(stderr).toMatch(/unknown option/);
  });
});

describe("interruption", () => {
  test.each(some(["SIGTERM", "SIGINT"] as const, 1))("%s leaves no half-written run", async (signal) => {
    const cwd = scratch();
    // Long enough to be hit in the middle.
    const many = await repeat(7);
    const child = startByeSplits(
      ["run", "default", "--in", many, "--out", "run", "--save-steps", "--workers", "1"],
      cwd,
    );
    let stderr = "";
    child.stderr.on("data", (data: Buffer) => {
      stderr += data.toString();
    });
    const seen = new Promise<void>((resolve) => {
      const watch = setInterval(() => {
        if (readdirSync(cwd).length === 0) return;
        clearInterval(watch);
        resolve();
      }, 5);
    });
    await seen;
    child.kill(signal);
    const code = await new Promise<number | null>((resolve) => child.on("exit", resolve));
    expect(code).toBe(signal === "SIGINT" ? 130 : 143);
    expect(stderr).toContain("interrupted");
    expect(readdirSync(cwd)).toEqual([]);
  });
});

test("config accepts the reference's file and lists the keys that mean nothing here", async () => {
  const cwd = scratch();
  writeFileSync(
    join(cwd, "config.yaml"),
    "base:\n  NbinsRz: 42\n  FesAlgo: 'ThresholdDummyHistomaxnoareath20'\nseed:\n  SeedIn: 'smooth'\n  histoThreshold: 15.\nvalid_seed_default:\n  SeedOut: seed\n",
  );
  const { status, stdout, stderr } = await runCli(
    ["config", "--config", "config.yaml", "--set", "smooth.kernel=flat_top"],
    cwd,
  );
  expect(status).toBe(0);
  expect(stdout).toMatch(/histoThreshold: 15/);
  expect(stdout).toMatch(/kernel: flat_top/);
  expect(stderr).toMatch(
    /config\.yaml: keys of the reference without a meaning here: base\.FesAlgo, seed\.SeedIn, valid_seed_default$/m,
  );
});

test("geometry export writes every trigger cell", async () => {
  const cwd = scratch();
  expect(await runCli(["geometry", "export", "--format", "csv", "--out", "tcs.csv"], cwd)).toMatchObject({ status: 0 });
  const lines = readFileSync(join(cwd, "tcs.csv"), "utf8").trimEnd().split("\n");
  expect(lines.length).toBeGreaterThan(400_000);
});
