/** Nothing in, nothing out: each command says so and goes on. */
import { expect, test } from "vitest";
import { runCli, scratch } from "./cli.js";

test("an empty sample and what follows from it are warnings on standard error", async () => {
  const folder = scratch();
  const said = async (...args: string[]): Promise<string> => {
    const { status, stderr } = await runCli([...args, "--quiet"], folder);
    expect(status, stderr).toBe(0);
    return stderr;
  };
  // Too soft for a cluster.
  const soft = ["--particles", "photons", "--pt", "0.1,0.2", "--events", "3", "--require-cl3d"];
  expect(await said("simulate", ...soft, "--root", "soft.root", "--out", "soft")).toBe(
    "warning: soft is an empty sample: none of 3 events passed the cuts\n",
  );
  expect(await said("skim", "soft.root", "--particles", "photons", "--require-cl3d", "--out", "skimmed")).toContain(
    "warning: skimmed is an empty sample",
  );
  expect(await said("run", "default", "--in", "soft", "--out", "run")).toContain("warning: ");
  expect(await said("report", "run", "--out", "report.html")).toContain("warning: run has no records");
  expect(await said("export", "run", "--format", "csv", "--out", "run.csv")).toContain("warning: run is empty");
  expect(await said("export", "soft", "--format", "hdf5", "--out", "soft.hdf5")).toContain("warning: soft is empty");
});
