/** Ten thousand tasks, with a scheduler that only takes them. Limits as on a quiet machine of two cores, doubled. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { runCli } from "../../cli.js";

let cwd = "";
const env = (): Record<string, string> => ({ PATH: `${cwd}/bin:${process.env["PATH"] ?? ""}` });

beforeAll(() => {
  cwd = mkdtempSync(join(tmpdir(), "bye-splits-size-"));
  mkdirSync(join(cwd, "bin"));
  for (const [name, line] of [
    ["condor_submit", 'echo "1.0 - 1.9999"'],
    ["condor_q", ""],
  ]) {
    writeFileSync(join(cwd, "bin", name), `#!/bin/sh\n${line}\n`);
    chmodSync(join(cwd, "bin", name), 0o755);
  }
  writeFileSync(join(cwd, "t.sh"), "#!/bin/sh\n");
  const values = Array.from({ length: 10_000 }, (_, i) => `value ${i}`);
  writeFileSync(
    join(cwd, "job.yaml"),
    `job:\n  script: t.sh\n  site: none\n  iterOver: n\n  submit_dir: J\n  arguments:\n    n: ${JSON.stringify(values)}\n`,
  );
});
afterAll(() => rmSync(cwd, { recursive: true, force: true }));

async function timed(args: readonly string[], status: number): Promise<{ seconds: number; stdout: string }> {
  const start = performance.now();
  const outcome = await runCli(args, cwd, { env: env() });
  expect(outcome.status, outcome.stderr).toBe(status);
  return { seconds: (performance.now() - start) / 1000, stdout: outcome.stdout };
}

test("10,000 tasks: submission, status and resumption take seconds", async () => {
  // The test's own loading of sources does not count.
  await timed(["submit", "--config", "job.yaml", "--engine", "htcondor", "--dry-run", "--", "--n", "0"], 0);
  const submit = await timed(["submit", "--config", "job.yaml", "--engine", "htcondor"], 0);
  expect(submit.stdout).toContain("10000 of 10000 tasks submitted");
  const tasks = readFileSync(join(cwd, "J/tasks.jsonl"), "utf8").trim().split("\n");
  for (const line of tasks.slice(0, 9990)) {
    const { hash, index } = JSON.parse(line) as { hash: string; index: number };
    const exit = index % 1000 === 7 ? 2 : 0;
    const marker = { hash, index, exit, seconds: 1, host: "node", versions: {}, log: "it broke" };
    writeFileSync(join(cwd, `J/done/${hash}.json`), JSON.stringify(marker));
  }
  const status = await timed(["jobs", "status", "J", "--json"], 2);
  expect(JSON.parse(status.stdout)).toMatchObject({ tasks: 10_000, done: 9980, failed: 10, missing: 10 });
  const resume = await timed(["jobs", "resume", "J"], 0);
  expect(resume.stdout).toContain("10 of 10000 tasks submitted in 10 batch jobs");
  console.log(
    `submit ${submit.seconds.toFixed(2)} s, status ${status.seconds.toFixed(2)} s, resume ${resume.seconds.toFixed(2)} s`,
  );
  expect(submit.seconds).toBeLessThan(2);
  expect(status.seconds).toBeLessThan(1);
  expect(resume.seconds).toBeLessThan(2);
});
