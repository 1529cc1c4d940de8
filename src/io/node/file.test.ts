import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { hasFile, openFile, openFolder } from "./file.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-file-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a file: its bytes, its size, an identity that changes with it", async () => {
  const path = join(folder, "a");
  writeFileSync(path, Uint8Array.of(1, 2, 3, 4));
  const [file, again] = [await openFile(path), await openFile(path)];
  expect([file.name, file.size, file.identity]).toEqual([path, 4, again.identity]);
  expect([...(await file.read(1, 3)), ...(await file.read(4, 4))]).toEqual([2, 3]);
  await expect(file.read(1, 5)).rejects.toThrow(`${path}: bytes 1 to 5 are needed, but the file has 4 bytes`);
  await file.check?.();
  writeFileSync(path, Uint8Array.of(1, 2));
  await expect(file.read(1, 4)).rejects.toThrow(`${path}: the file ends at byte 2, it had 4 bytes when it was opened`);
  await expect(file.check?.()).rejects.toThrow(`${path} was changed while it was read: run the command again`);
  const changed = await openFile(path);
  expect(changed.identity).not.toBe(file.identity);
  for (const each of [file, again, changed]) await each.close?.();
});

test("a folder: which files it has, and whether it was changed", async () => {
  writeFileSync(join(folder, "a"), "x");
  const opened = await openFolder(folder);
  expect([await hasFile(opened, "a"), await hasFile(opened, "b")]).toEqual([true, false]);
  await opened.check?.();
  writeFileSync(join(folder, "b"), "x");
  await expect(opened.check?.()).rejects.toThrow(`${folder} was changed or replaced while it was opened`);
  await expect(openFolder(join(folder, "a"))).rejects.toThrow("it is a file, expected a folder");
});
