/** Worker threads: equal bytes for every number of them, errors and signals as without. Real processes: threads run what is built. */
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openSampleFolder, writeSample } from "../../src/io/node/index.js";
import { byeSplits, scratch, startByeSplits, tableHashes } from "../cli.js";

const photons = ["simulate", "--particles", "photons", "--seed", "3", "--quiet"];

function ok(args: readonly string[], cwd: string): void {
  expect(byeSplits([...args, "--quiet"], cwd)).toMatchObject({ status: 0, stderr: "" });
}

test("simulate, skim and run write the same tables with 1 and with 3 workers", { timeout: 600_000 }, () => {
  const cwd = scratch();
  const hashes = (name: string, workers: number): Record<string, string> => tableHashes(join(cwd, `${name}${workers}`));
  for (const workers of [1, 3]) {
    const more = ["--workers", String(workers)];
    ok([...photons, "--events", "1500", "--endcap", "both", "--out", `pu0-${workers}`, ...more], cwd);
    const root = ["--root", `${workers}.root`];
    ok([...photons, "--events", "8", "--pileup", "200", "--out", `pu200-${workers}`, ...root, ...more], cwd);
    ok(["skim", `${workers}.root`, "--particles", "photons", "--out", `skim-${workers}`, ...more], cwd);
    for (const sample of ["pu0", "pu200"]) {
      ok(["run", "both", "--save-steps", "--in", `${sample}-1`, "--out", `${sample}-run-${workers}`, ...more], cwd);
    }
  }
  for (const name of ["pu0-", "pu200-", "skim-", "pu0-run-", "pu200-run-"]) {
    expect(hashes(name, 3), name).toEqual(hashes(name, 1));
  }
  expect(hashes("skim-", 1)).toEqual(hashes("pu200-", 1));
});

test(
  "a bad event stops a run with workers by its number, and is left out in its place",
  { timeout: 300_000 },
  async () => {
    const cwd = scratch();
    ok([...photons, "--events", "2000", "--out", "good"], cwd);
    const good = await openSampleFolder(join(cwd, "good"));
    await writeSample(join(cwd, "bad"), {}, async (sample) => {
      for (let i = 0; i < good.batches; i++) {
        const batch = await good.readBatch(i);
        const { tc_first } = batch.entries.columns;
        if (i === good.batches - 1) for (const row of tc_first) batch.tc.columns.tc_mipPt[row] = Number.NaN;
        await sample.append(batch);
      }
      return {};
    });
    await good.close();
    const args = ["run", "default", "--in", "bad", "--out", "o", "--workers", "3", "--quiet"];
    const { status, stderr } = byeSplits(args, cwd);
    expect({ status, stderr }).toMatchObject({ status: 2 });
    expect(stderr).toMatch(/^[^\n]*event 1\d{3} \(entry 1\d{3}\): tc_mipPt of trigger cell 0 is NaN[^\n]*\n$/);
    expect(existsSync(join(cwd, "o"))).toBe(false);
    ok([...args, "--skip-bad-events"], cwd);
  },
);

test.each(["SIGINT", "SIGTERM"] as const)(
  "%s in the middle of a run with workers leaves nothing",
  { timeout: 300_000 },
  async (signal) => {
    const cwd = scratch();
    ok([...photons, "--events", "4000", "--out", "s"], cwd);
    const child = startByeSplits(
      ["run", "both", "--save-steps", "--in", "s", "--out", "o", "--workers", "3", "--quiet"],
      cwd,
    );
    const ended = new Promise<number | null>((resolve) => child.on("exit", resolve));
    while (child.exitCode === null && !readdirSync(cwd).some((name) => name.startsWith("."))) {
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
    child.kill(signal);
    expect(await ended).toBe(signal === "SIGINT" ? 130 : 143);
    expect(readdirSync(cwd)).toEqual(["s"]);
  },
);
