/** Memory of a run of the program, as the operating system counts it. */
import { readFileSync } from "node:fs";
import { expect } from "vitest";
import { startByeSplits } from "../cli.js";

/** Runs a command of the program and returns its peak resident memory [MB], threads included, and its progress. */
export async function watch(args: readonly string[], cwd: string): Promise<{ peak: number; stderr: string }> {
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
