/** Who drives a job: one at a time, and who comes after one that is gone. */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { hostname } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { OutputError, TransientError } from "../core/index.js";
import { scratch } from "./job.test-data.js";
import { appear, holderOf, lockJob } from "./lock.js";
import { myself } from "./processes.js";

const holder = { owner: "ann", host: hostname(), pid: 2 ** 30, time: "noon" };

test("a job has one driver; when it is done the lock is gone, and nothing else is left", () => {
  const folder = scratch();
  expect(holderOf(folder)).toBe(undefined);
  const before = process.listenerCount("exit");
  const release = lockJob(folder);
  expect(holderOf(folder)).toMatchObject(myself());
  expect(process.listenerCount("exit")).toBe(before + 1);
  expect(() => lockJob(folder)).toThrow(TransientError);
  expect(() => lockJob(folder, { takeOver: true })).toThrow(/^the job is driven by .* on .* \(process \d+, since .*\): wait for it, or stop that process$/); // prettier-ignore
  expect(readdirSync(folder)).toEqual(["lock"]);
  release();
  expect([readdirSync(folder), process.listenerCount("exit")]).toEqual([[], before]);
});

test.each([
  { name: "one that is gone", text: JSON.stringify(holder), notice: `the lock of ann on ${hostname()} (process ${2 ** 30}, since noon) was left behind: taken over` },
  { name: "one that cannot be read", text: "{", notice: "the lock of nobody that it names was left behind: taken over" },
])("the lock of $name is taken over, and that is told", ({ text, notice }) => {
  const folder = scratch();
  writeFileSync(join(folder, "lock"), text);
  const said: string[] = [];
  const release = lockJob(folder, { onNotice: (line) => said.push(line) });
  expect([said, readdirSync(folder), holderOf(folder)?.pid]).toEqual([[notice], ["lock"], process.pid]);
  release();
}); // prettier-ignore

test("of a process on another host nobody can tell: its lock is taken over only when one says so", () => {
  const folder = scratch();
  const text = JSON.stringify({ ...holder, host: "far" });
  writeFileSync(join(folder, "lock"), text);
  expect(() => lockJob(folder)).toThrow(
    "the job is driven by ann on far (process 1073741824, since noon), another host: wait for it; if that process is gone for sure, say --take-over",
  );
  expect(readFileSync(join(folder, "lock"), "utf8")).toBe(text);
  lockJob(folder, { takeOver: true })();
  expect(existsSync(join(folder, "lock"))).toBe(false);
});

test("the lock of another one is left to it", () => {
  const folder = scratch();
  const release = lockJob(folder);
  writeFileSync(join(folder, "lock"), "another");
  release();
  expect([readFileSync(join(folder, "lock"), "utf8"), holderOf(folder)]).toEqual(["another", undefined]);
});

test("where nothing can be written that is said", () => {
  expect(() => lockJob(join(scratch(), "none"))).toThrow(OutputError);
});

const WHOLE = { ...myself(), time: "now" };

test.each([
  { name: "nothing", text: "" },
  { name: "half of it", text: JSON.stringify(WHOLE).slice(0, 20) },
  { name: "null", text: "null" },
  { name: "a list", text: "[]" },
  { name: "no process", text: JSON.stringify({ ...WHOLE, pid: undefined }) },
  { name: "all processes of a group", text: JSON.stringify({ ...WHOLE, began: undefined, pid: 0 }) },
  { name: "a process as a text", text: JSON.stringify({ ...WHOLE, pid: "1" }) },
  { name: "no time", text: JSON.stringify({ ...WHOLE, time: undefined }) },
])("a lock that holds $name is nobody's, and taken over", ({ text }) => {
  const folder = scratch();
  const lock = join(folder, "lock");
  writeFileSync(lock, text);
  expect(holderOf(folder)).toBeUndefined();
  const notices: string[] = [];
  const release = lockJob(folder, { onNotice: (line) => notices.push(line) });
  expect(notices).toEqual(["the lock of nobody that it names was left behind: taken over"]);
  expect(holderOf(folder)).toMatchObject(myself());
  release();
  expect(existsSync(lock)).toBe(false);
});

test("a file appears where nothing is, also where the file system has no links", () => {
  const folder = scratch();
  const [from, path] = [join(folder, "from"), join(folder, "path")];
  const failing = (code: string) => (): never => {
    throw Object.assign(new Error(code), { code });
  };
  writeFileSync(from, "mine");
  expect(() => appear(from, path, failing("EIO"))).toThrow("EIO");
  for (const link of [undefined, failing("EPERM"), failing("ENOTSUP")]) {
    writeFileSync(from, "mine");
    appear(from, path, link);
    expect(readFileSync(path, "utf8")).toBe("mine");
    rmSync(path);
    writeFileSync(path, "another's");
    expect(() => appear(from, path, link)).toThrow("EEXIST");
    expect(readFileSync(path, "utf8")).toBe("another's");
    rmSync(path);
  }
});
