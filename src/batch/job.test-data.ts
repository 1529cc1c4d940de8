/** JOB folders by hand. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { jobTexts, type OpenJob, openJob } from "./folder.js";
import { type EngineName, type JobInfo, type Task } from "./spec.js";

export function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-batch-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export const VERSIONS = { "bye-splits": "0", node: "20" };

/** A job with tasks h0, h1, ...; `run` is their stage where they say none. */
export function toyJob(tasks: readonly Partial<Task>[], engine: EngineName = "local"): OpenJob {
  const folder = scratch();
  for (const name of ["done", "running", "logs"]) mkdirSync(join(folder, name));
  const info: JobInfo = {
    ...{ format: "bye-splits job", formatVersion: 1, id: "abc", name: "toy", engine, task: "x" },
    options: { cwd: folder, resources: { site: "none", retries: 0, options: [] } },
    stages: [{ name: "run", program: { kind: "script", path: "/bin/sh", interpreter: [] }, perBatch: 2 }],
    runtime: { node: "/bin/echo", program: "bye-splits", version: "0" },
    versions: VERSIONS,
  };
  const all = tasks.map((task, index): Task => ({
    ...{ index, hash: `h${index}`, stage: "run", kind: "script", arguments: [], argv: ["/bin/sh", "-c", "exit 0"] },
    ...task,
  }));
  for (const { path, text } of jobTexts({ folder, info, tasks: all })) writeFileSync(path, text);
  return openJob(folder);
}

/** Programs of a scheduler that answer what `answers` says: their text and exit code. */
export function toyPrograms(answers: Readonly<Record<string, readonly [text: string, exit?: number]>>): string {
  const folder = scratch();
  for (const [name, [text, exit = 0]] of Object.entries(answers)) {
    // The words of the shell alone: a process less for each call.
    const quoted = `'${text.replaceAll("'", String.raw`'\\''`)}'`;
    const told = `echo "$0 $*" >> '${join(folder, "calls")}'`;
    writeFileSync(join(folder, name), `#!/bin/sh\n${told}\nprintf %s ${quoted}\nexit ${exit}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  return folder;
}

export const isThere = (folder: string, ...names: readonly string[]): boolean => existsSync(join(folder, ...names));
