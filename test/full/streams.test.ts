/** What stands behind standard output and error, and limits of the system: an end without a stack, whatever it is. */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { expect, test } from "vitest";
import { main, scratch } from "../cli.js";

const quiet = (stderr: string): void => {
  expect(stderr).not.toMatch(/\n {4}at |this is a bug|internal error/i);
  expect(stderr.trimEnd().split("\n").length).toBeLessThanOrEqual(1);
};

test.each([
  { name: "a full disk behind standard output", line: "$B config > /dev/full", status: 2 },
  { name: "a full disk behind both", line: "$B config > /dev/full 2>&1", status: 2 },
  {
    name: "a reader that stops at once, of both streams",
    line: "$B config 2>&1 | true; exit ${PIPESTATUS[0]}",
    status: 0,
  },
  {
    name: "a reader of errors that stops at once",
    line: "$B skim none.root --particles photons --out s 2> >(true)",
    status: 2,
  },
  { name: "closed standard output", line: "$B config >&-", status: 0 },
  {
    name: "32 open files",
    line: "ulimit -n 32; $B simulate --events 3 --particles photons --out few --quiet",
    status: 2,
  },
  {
    name: "no file may grow",
    line: "ulimit -f 1; $B simulate --events 20 --particles photons --out small --quiet",
    status: 2,
  },
])("$name: one line at most", ({ line, status }) => {
  const folder = scratch();
  const outcome = spawnSync("bash", ["-c", line], {
    cwd: folder,
    encoding: "utf8",
    env: { ...process.env, B: `${process.execPath} ${main}` },
  });
  quiet(outcome.stderr);
  expect(outcome.status).toBe(status);
  if (outcome.status !== 0) expect(existsSync(`${folder}/few`) || existsSync(`${folder}/small`)).toBe(false);
});
