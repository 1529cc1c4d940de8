/** Runs the program: in this process where that is enough, else as a user would; `npm test` builds it before the tests. */
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";
import { createIo, type Io } from "../src/cli/io.js";
import { main as runMain } from "../src/cli/program.js";

export const root = fileURLToPath(new URL("..", import.meta.url));
export const main = join(root, "dist/cli/main.js");

export interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

let last: Promise<unknown> = Promise.resolve();

/**
 * Runs the command line of the sources in this process (milliseconds, no build), with `cwd` as working folder: one call after
 * the other. In one thread: what needs `--workers`, pages, signals or a real end of the process takes `byeSplits`.
 */
export function runCli(args: readonly string[], cwd?: string, more: Partial<Io> = {}): Promise<Outcome> {
  const outcome = last.then(async () => {
    const before = process.cwd();
    let stdout = "";
    let stderr = "";
    const io = createIo({
      stdout: { write: (text) => (stdout += text) },
      stderr: { write: (text) => (stderr += text) },
      ...more,
    });
    if (cwd !== undefined) process.chdir(cwd);
    try {
      return { status: await runMain(args, io), stdout, stderr };
    } finally {
      process.chdir(before);
    }
  });
  last = outcome.catch(() => undefined);
  return outcome;
}

/** Runs the built program in a process of its own. */
export function byeSplits(args: readonly string[], cwd: string): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [main, ...args], { cwd, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** Like byeSplits, but returns the running process. */
export function startByeSplits(args: readonly string[], cwd: string) {
  return spawn(process.execPath, [main, ...args], { cwd, stdio: ["ignore", "pipe", "pipe"] });
}

/** A temporary folder for one test. */
export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** sha256 of the Parquet tables of a folder, by file name. */
export function tableHashes(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .filter((file) => file.endsWith(".parquet"))
      .toSorted()
      .map((file) => [
        file,
        createHash("sha256")
          .update(readFileSync(join(folder, file)))
          .digest("hex"),
      ]),
  );
}
