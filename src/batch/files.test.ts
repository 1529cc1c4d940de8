import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { type Effects, realEffects } from "../io/node/index.js";
import { describeJob, submitJob } from "./drive.js";
import { Versions, writeAll } from "./files.js";
import { type JobInput } from "./spec.js";

function scratch(): string {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-files-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** The disk's answer to the n-th write from now. */
function failing(code: string, n: number): Effects {
  return {
    ...realEffects,
    async open(path) {
      const sink = await realEffects.open(path);
      return {
        ...sink,
        async write(bytes) {
          if (n-- === 0) throw Object.assign(new Error(code), { code, syscall: "write" });
          await sink.write(bytes);
        },
      };
    },
  };
}

function inputOf(folder: string): JobInput {
  return {
    ...{ name: "x", folder: join(folder, "a/JOB"), cwd: folder, engine: "local" },
    resources: { site: "none", retries: 0, options: [] },
    stages: [
      {
        ...{ name: "run", perBatch: 1, program: { kind: "script", path: "/bin/true", interpreter: [] } },
        tasks: [{ arguments: [], argv: ["/bin/true"] }],
      },
    ],
  };
}

test.each([
  { code: "EDQUOT", n: 0, says: "the disk quota is exceeded" },
  { code: "EDQUOT", n: 1, says: "the disk quota is exceeded" },
  { code: "ENOSPC", n: 2, says: "no space left on the disk" },
  { code: "ENOSPC", n: 3, says: "no space left on the disk" },
])("$code at write $n of a submission: one message, and nothing is left", async ({ code, n, says }) => {
  const folder = scratch();
  const { job, wanted } = describeJob(inputOf(folder), { node: "node", program: "main.js", version: "0" });
  const world = { env: {}, signal: new AbortController().signal, onNotice: () => {} };
  const options = { world, jobs: 1, cores: 1, effects: failing(code, n) };
  await expect(submitJob(job, wanted, options)).rejects.toThrow(says);
  expect(readdirSync(folder)).toEqual([]);
});

test("files that are written together: none is there when one cannot be", async () => {
  const folder = scratch();
  const files = ["a/b/1", "a/c/2"].map((name) => ({ path: join(folder, name), text: name }));
  await expect(writeAll(files, failing("EDQUOT", 1))).rejects.toThrow(
    `cannot write ${files[1].path}: the disk quota is exceeded`,
  );
  expect(readdirSync(folder)).toEqual([]);
  await writeAll(files);
  expect(files.map(({ path }) => readFileSync(path, "utf8"))).toEqual(["a/b/1", "a/c/2"]);
  expect(readdirSync(join(folder, "a/b"))).toEqual(["1"]);
});

test("a text that is there keeps its name, another one gets the next number", async () => {
  const folder = scratch();
  const first = new Versions();
  expect(first.place(folder, "x", ".sub", "one")).toBe(join(folder, "x_v1.sub"));
  expect(first.place(folder, "x", ".sub", "one")).toBe(join(folder, "x_v1.sub"));
  expect(first.place(folder, "x", ".sub", "two")).toBe(join(folder, "x_v2.sub"));
  expect(first.place(folder, "x_exec", ".sub", "one")).toBe(join(folder, "x_exec_v1.sub"));
  await writeAll(first.fresh);
  const second = new Versions();
  expect(second.place(folder, "x", ".sub", "two")).toBe(join(folder, "x_v2.sub"));
  expect(second.fresh).toEqual([]);
  expect(second.place(folder, "x", ".sub", "three")).toBe(join(folder, "x_v3.sub"));
  expect(existsSync(join(folder, "x_v3.sub"))).toBe(false);
});
