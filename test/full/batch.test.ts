/** Jobs on real schedulers: values byte for byte, a study of 50 radii equal to the local one, faults and resumption. */
import { spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
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
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { randomValues } from "../../src/batch/values.test-data.js";
import { combineStudy } from "../../src/pipeline/studies/verbs.js";
import { byeSplits, main } from "../cli.js";
import { type Cluster, htcondor, slurm } from "./clusters.js";

const clusters = { slurm: slurm(), htcondor: htcondor() };

interface Status {
  tasks: number;
  done: number;
  failed: number;
  running: number;
  waiting: number;
  held: number;
  missing: number;
  failures: { index: number; exit: number; log: string }[];
}

const RADII = Array.from({ length: 50 }, (_, i) => ((i + 1) / 1000).toFixed(3));

/** The sample, and the study of it that both schedulers are compared with. */
const shared = mkdtempSync(join(tmpdir(), "bye-splits-batch-"));
const sample = join(shared, "photons");
const local = join(shared, "local");

beforeAll(() => {
  if (clusters.slurm === undefined && clusters.htcondor === undefined) return;
  chmodSync(shared, 0o755);
  const run = (...args: string[]): void => {
    const { status, stderr } = byeSplits([...args, "--quiet"], shared);
    expect([status, stderr]).toEqual([0, ""]);
  };
  run("simulate", "--particles", "photons", "--events", "12", "--seed", "4", "--out", "photons");
  run("study", "radius", "--in", "photons", "--radii", RADII.join(), "--out", "local");
});
afterAll(() => rmSync(shared, { recursive: true, force: true }));

describe.each(["slurm", "htcondor"] as const)("%s", (engine) => {
  const cluster = clusters[engine] as Cluster;
  const isHere = cluster !== undefined;
  let folder = "";
  const at = (name: string): string => join(folder, name);

  const run = (args: readonly string[], env: Record<string, string> = {}) =>
    spawnSync(
      [...cluster.as, process.execPath][0],
      [...cluster.as.slice(1), ...(cluster.as.length > 0 ? [process.execPath] : []), main, ...args],
      {
        cwd: folder,
        encoding: "utf8",
        env: { ...cluster.env, ...env },
        maxBuffer: 1 << 28,
      },
    );
  const ok = (args: readonly string[], env: Record<string, string> = {}): string => {
    const { status, stdout, stderr } = run(args, env);
    expect([status, stderr.replaceAll(/^(warning|job\.yaml): .*\n/gm, "")], stdout).toEqual([0, ""]);
    return stdout;
  };
  const admin = (line: string): string =>
    spawnSync("bash", ["-c", line], { encoding: "utf8", env: cluster.env }).stdout;
  /** Jobs with the scheduler that run, or wait and are not held: asked of itself, in a fraction of the time that a status takes. */
  const busy = (job: string): number => {
    const { id } = JSON.parse(readFileSync(at(`${job}/job.json`), "utf8")) as { id: string };
    return Number(
      admin(
        engine === "slurm"
          ? `squeue -h -r -o '%k %r' | grep '^bye-splits:${id}:' | grep -vc JobHeld`
          : `$CONDOR_AS condor_q -constraint 'ByeSplitsJob == "${id}" && JobStatus != 5' -af ClusterId | wc -l`,
      ),
    );
  };
  const statusOf = (job: string): Status => JSON.parse(run(["jobs", "status", job, "--json"]).stdout) as Status;
  const settled = async (job: string, seconds = 150): Promise<Status> => {
    const end = Date.now() + seconds * 1000;
    for (;;) {
      while (busy(job) > 0 && Date.now() < end) await sleep(300);
      const status = statusOf(job);
      if (status.running + status.waiting === 0 || Date.now() > end) return status;
      await sleep(300);
    }
  };
  const submit = (yaml: string, env: Record<string, string> = {}, more: readonly string[] = []): void => {
    writeFileSync(at("job.yaml"), yaml);
    ok(["submit", "--config", "job.yaml", "--engine", engine, ...more], env);
  };

  beforeAll(() => {
    if (!isHere) return;
    folder = mkdtempSync(join(tmpdir(), "bye-splits-batch-"));
    cluster.open(folder);
  });
  afterAll(() => {
    if (folder !== "") rmSync(folder, { recursive: true, force: true });
  });

  const need = `[needs ${engine}]`;

  test.skipIf(!isHere)(
    `the seed's example and 200 random values arrive byte for byte ${need}`,
    async () => {
      mkdirSync(at("seen"));
      cluster.open(at("seen"));
      const script = `#!/usr/bin/env node
const { writeFileSync } = await import("node:fs");
const { createHash } = await import("node:crypto");
const text = JSON.stringify(process.argv.slice(2));
writeFileSync("seen/" + createHash("sha256").update(text).digest("hex"), text);
`;
      writeFileSync(at("echo.mjs"), script);
      const values = [
        ...new Set(["gen", "3.14", "work", "broke", "9", "False", "12.9", "hello", ...randomValues(200, 2026)]),
      ];
      const yaml = (list: string): string =>
        `job:\n  local: False\n  site: none\n  script: ${at("echo.mjs")}\n  iterOver: gen_arg\n  arguments:\n    float_arg: 0.110\n    gen_arg: ${list}\n  test:\n    submit_dir: values\n    args_per_batch: 20\n`;
      submit(yaml(JSON.stringify(values)));
      const status = await settled("values");
      expect(status).toMatchObject({ tasks: values.length, done: values.length });
      const seen = readdirSync(at("seen")).map((name) => readFileSync(join(at("seen"), name), "utf8"));
      const want = values.map((value) => JSON.stringify(["--gen_arg", value, "--float_arg", "0.110"]));
      expect(seen.toSorted()).toEqual(want.toSorted());
    },
    240_000,
  );

  const study = (job: string, perBatch: number): string =>
    `job:\n  local: False\n  site: none\n  script: /reference/run_cluster.py\n  iterOver: radius\n  retries: 1\n  arguments:\n    radius: [${RADII.join()}]\n    pileup: PU0\n    in: ${sample}\n  photons:\n    submit_dir: ${job}\n    args_per_batch: ${perBatch}\n`;

  const tablesOf = (path: string): Record<string, string> =>
    Object.fromEntries(
      ["clusters.parquet", "points.parquet", "radii.hdf5"].map((name) => [
        name,
        readFileSync(join(path, name)).toString("base64"),
      ]),
    );

  test.skipIf(!isHere)(
    `a study of 50 radii, begun and combined by stages, is the local one byte for byte ${need}`,
    async () => {
      // A radius is a task; five of them share the start of a batch job.
      submit(study("radii", 5));
      const status = await settled("radii", 240);
      expect(status).toMatchObject({ tasks: 52, done: 52, failures: [] });
      expect(tablesOf(at("radii/study"))).toEqual(tablesOf(local));
      const { stdout } = run(["jobs", "collect", "radii"]);
      expect(stdout).toContain("50 parts combined");
      expect(tablesOf(at("radii/study"))).toEqual(tablesOf(local));
    },
    360_000,
  );

  test.skipIf(!isHere)(
    `faults: what can be done is done after resumptions, what cannot is named ${need}`,
    async () => {
      // Fails once: 10 to 19; always: 20 to 22. All others take a while, so that the last ones still wait when they are removed and held.
      writeFileSync(
        at("fault.mjs"),
        `import { existsSync, writeFileSync } from "node:fs";
import { isMainThread } from "node:worker_threads";
const radius = process.argv[process.argv.indexOf("--radius") + 1];
if (isMainThread && process.argv.includes("radius") && process.argv.includes("run") && process.argv.includes("--radius")) {
  const n = Math.round(Number(radius) * 1000) - 1;
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1500);
  if (n >= 20 && n < 23) { console.error("part of radius " + radius + " cannot be done"); process.exit(2); }
  const seen = ${JSON.stringify(at("once-"))} + n;
  if (n >= 10 && n < 20 && !existsSync(seen)) { writeFileSync(seen, ""); process.exit(75); }
}
`,
      );
      const env = { NODE_OPTIONS: `--import=${at("fault.mjs")}` };
      ok(["study", "radius", "init", "--in", sample, "--radii", RADII.join(), "--out", "begun", "--quiet"]);
      // How long HTCondor waits for a node that does not answer any more.
      const lease = engine === "htcondor" ? "  options: {job_lease_duration: 20}\n" : "";
      submit(study("faults", 1).replace(`in: ${sample}`, "study: begun") + lease, env);
      const id = (JSON.parse(readFileSync(at("faults/job.json"), "utf8")) as { id: string }).id;
      const first = /"ids":\["(\d+)/.exec(readFileSync(at("faults/runs.jsonl"), "utf8"))?.[1] ?? "";
      if (engine === "slurm") {
        admin(
          `scancel ${[45, 46, 47, 48, 49].map((n) => `${first}_${n}`).join(" ")}; scontrol hold ${first}_43 ${first}_44`,
        );
      } else {
        const those = (list: number[]): string => list.map((n) => `${first}.${n}`).join(" ");
        admin(`$CONDOR_AS condor_rm ${those([45, 46, 47, 48, 49])}; $CONDOR_AS condor_hold ${those([43, 44])}`);
      }
      const early = statusOf("faults");
      expect(early.held).toBe(2);
      expect(early.missing).toBeGreaterThanOrEqual(5);
      expect(early.tasks).toBe(50);
      // The node goes away, and comes back.
      if (engine === "slurm")
        admin(
          "scontrol update nodename=$(hostname -s) state=drain reason=test; sleep 3; scontrol update nodename=$(hostname -s) state=resume",
        );
      else admin("$CONDOR_AS condor_off -startd -fast; sleep 3; $CONDOR_AS condor_on -startd");
      let status = await settled("faults", 240);
      expect(status.held).toBe(2);
      expect(status.failures.map(({ index }) => index)).toEqual([20, 21, 22]);
      // One output is cut off, one marker deleted.
      const tasks = readFileSync(at("faults/tasks.jsonl"), "utf8")
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line) as { hash: string });
      const before = status;
      truncateSync(at("begun/part-0p004-0/clusters.parquet"), 100);
      rmSync(at(`faults/done/${tasks[5].hash}.json`));
      status = statusOf("faults");
      expect([status.done, status.missing]).toEqual([before.done - 2, before.missing + 2]);
      admin(
        engine === "slurm"
          ? `scontrol release ${first}_43 ${first}_44`
          : `$CONDOR_AS condor_release -constraint 'ByeSplitsJob == "${id}"'`,
      );
      // The command that resumes is killed in the middle, then five do it at once.
      const killed = spawn(
        [...cluster.as, process.execPath][0],
        [
          ...cluster.as.slice(1),
          ...(cluster.as.length > 0 ? [process.execPath] : []),
          main,
          "jobs",
          "resume",
          "faults",
        ],
        { cwd: folder, env: { ...cluster.env, ...env }, stdio: "ignore" },
      );
      await sleep(900);
      killed.kill("SIGKILL");
      await Promise.all(
        Array.from(
          { length: 5 },
          () =>
            new Promise((done) =>
              spawn(
                [...cluster.as, process.execPath][0],
                [
                  ...cluster.as.slice(1),
                  ...(cluster.as.length > 0 ? [process.execPath] : []),
                  main,
                  "jobs",
                  "resume",
                  "faults",
                ],
                { cwd: folder, env: { ...cluster.env, ...env }, stdio: "ignore" },
              ).on("close", done),
            ),
        ),
      );
      status = await settled("faults", 240);
      // Tasks that Slurm has no retries for.
      for (let tries = 0; tries < 3 && status.missing > 0; tries++) {
        run(["jobs", "resume", "faults"], env);
        status = await settled("faults", 240);
      }
      expect(status).toMatchObject({ done: 47, failed: 3, missing: 0, held: 0 });
      expect(status.failures[0]).toMatchObject({ index: 20, exit: 2, log: "part of radius 0.021 cannot be done" });
      const refused = run(["jobs", "collect", "faults"]);
      expect(refused.status).toBe(2);
      expect(refused.stderr).toContain("task 21 failed with 2: part of radius 0.022 cannot be done");
      expect(run(["jobs", "collect", "faults", "--allow-partial"]).status).toBe(0);
      const parts = RADII.map((_, i) => i).filter((i) => i < 20 || i > 22);
      cpSync(local, at("without"), { recursive: true });
      await combineStudy({ signal: new AbortController().signal, version: "0.1.0", study: at("without"), parts });
      expect(tablesOf(at("begun"))).toEqual(tablesOf(at("without")));
      expect(existsSync(at("faults/lock"))).toBe(false);
    },
    900_000,
  );
});
