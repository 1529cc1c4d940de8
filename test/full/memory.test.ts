/** Memory of long runs, as the operating system counts it. */
import { expect, test } from "vitest";
import { byeSplits, scratch } from "../cli.js";
import { watch } from "./watch.js";

test("10,000 PU0 events through run default stay below 500 MB and show progress", { timeout: 300_000 }, async () => {
  const cwd = scratch();
  const simulated = byeSplits(
    ["simulate", "--particles", "photons", "--events", "10300", "--out", "sample", "--quiet"],
    cwd,
  );
  expect(simulated).toMatchObject({ status: 0 });
  for (const workers of ["1", "4"]) {
    const { peak, stderr } = await watch(
      ["run", "default", "--in", "sample", "--out", `run${workers}`, "--workers", workers],
      cwd,
    );
    console.log(`10,000 PU0 events, ${workers} workers: ${peak.toFixed(0)} MB`);
    expect(peak).toBeGreaterThan(50);
    expect(peak).toBeLessThan(500);
    expect(stderr).toContain("events");
  }
});
