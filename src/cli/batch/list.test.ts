import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { findJobs } from "./list.js";

test("jobs are found six folders deep and no deeper, by name, not in jobs, hidden folders and node_modules", () => {
  const top = mkdtempSync(join(tmpdir(), "bye-splits-list-"));
  onTestFinished(() => rmSync(top, { recursive: true, force: true }));
  const names = ["z", "a/b", "a/b/inside", "1/2/3/4/5/6", "2/2/3/4/5/6/7", ".hidden/c", "node_modules/d"];
  for (const name of names) {
    mkdirSync(join(top, name), { recursive: true });
    writeFileSync(join(top, name, "job.json"), "");
  }
  mkdirSync(join(top, "empty"));
  expect(findJobs(top)).toEqual(["1/2/3/4/5/6", "a/b", "z"].map((name) => join(top, name)));
  expect(findJobs(join(top, "2/2"))).toEqual([join(top, "2/2/3/4/5/6/7")]);
  expect(findJobs(join(top, "a/b"))).toEqual([join(top, "a/b")]);
});
