/** Memory of long runs, as the operating system counts it. */
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { byeSplits, scratch, startByeSplits } from "../cli.js";

/** Runs a command of the program and returns its peak resident memory [MB], threads included, and its progress. */
async function watch(args: readonly string[], cwd: string): Promise<{ peak: number; stderr: string }> {
  const child = startByeSplits(args, cwd);
  let stderr = "";
  child.stderr.on("data", (data: Buffer) => {
    stderr += data.toString();
  });
  let peak = 0;
  const timer = setInterval(() => {
    try {
      peak = Math.max(
        peak,
        Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${child.pid}/status`, "utf8"))?.[1] ?? 0) / 1000,
      );
    } catch {
      // It has just ended.
    }
  }, 20);
  const code = await new Promise((resolve) => child.on("exit", resolve));
  clearInterval(timer);
  expect(code, stderr).toBe(0);
  return { peak, stderr };
}

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
