/** What a killed process left is believed only when it is of this job and as it was written. */
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { CheckedFiles, findCheckpoint } from "./checkpoint.js";
import { CHECKPOINT } from "./leftovers.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "bye-splits-checkpoint-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = async (name: string, kept?: number) => {
  const path = join(folder, name);
  if (kept === undefined) writeFileSync(path, "");
  else truncateSync(path, kept);
  return { write: async (bytes: Uint8Array) => appendFileSync(path, bytes), close: async () => undefined };
};

/** Three bytes are saved, two more are not; an empty file is there too. */
async function killed() {
  const files = new CheckedFiles(folder, open, undefined);
  const sink = await files.open("a");
  await files.open("empty");
  await sink.write(Uint8Array.of(1, 2, 3));
  await files.save("job", { events: 7 });
  await sink.write(Uint8Array.of(4, 5));
  return files;
}
const found = async (key = "job"): Promise<unknown> => {
  const state = await findCheckpoint(folder, key);
  return typeof state === "string"
    ? state
    : [state.saved, [...state.files].map(([name, { bytes }]) => `${name} ${bytes}`)];
};

test("what was saved is found by its job alone, whatever was written after it", async () => {
  expect(await found()).toBe("other");
  await killed();
  expect(await found()).toEqual([{ events: 7 }, ["a 3", "empty 0"]]);
  expect(await found("another job")).toBe("other");
});

test("bytes that differ or are missing, and a record that was changed, are damage", async () => {
  await killed();
  const path = join(folder, "a");
  writeFileSync(path, Uint8Array.of(1, 2, 4));
  expect(await found()).toBe("damaged");
  writeFileSync(path, Uint8Array.of(1, 2));
  expect(await found()).toBe("damaged");
  rmSync(path);
  expect(await found()).toBe("damaged");
  writeFileSync(path, Uint8Array.of(1, 2, 3));
  expect(await found()).not.toBe("damaged");
  const record = readFileSync(join(folder, CHECKPOINT));
  record[record.length - 1] ^= 1;
  writeFileSync(join(folder, CHECKPOINT), record);
  expect(await found()).toBe("damaged");
});

test("work goes on behind what was saved, and the record is removed at the end", async () => {
  await killed();
  const state = await findCheckpoint(folder, "job");
  if (typeof state === "string") throw new Error(state);
  const files = new CheckedFiles(folder, open, state);
  await expect(files.open("a", 2)).rejects.toThrow("a: 2 bytes are to be kept, 3 were saved");
  await (await files.open("a", 3)).write(Uint8Array.of(9));
  await files.save("job", { events: 8 });
  expect([...readFileSync(join(folder, "a"))]).toEqual([1, 2, 3, 9]);
  expect(await found()).toEqual([{ events: 8 }, ["a 4", "empty 0"]]);
  expect(await files.back()).toEqual({ events: 8 });
  await files.end();
  expect(existsSync(join(folder, CHECKPOINT))).toBe(false);
});
