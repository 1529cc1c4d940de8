import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { dataFile } from "./data-file.js";

const root = mkdtempSync(join(tmpdir(), "bye-splits-data-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));
for (const folder of ["one/a/b", "two/a"]) mkdirSync(join(root, folder), { recursive: true });
writeFileSync(join(root, "one/a/b/tc.parquet"), "0123456789");
writeFileSync(join(root, "one/run.json"), "{}");
writeFileSync(join(root, "one/empty.json"), "");
writeFileSync(join(root, "two/a/gen.parquet"), "second");

async function get(path: string, headers: Record<string, string> = {}, method = "GET") {
  const response = await dataFile([join(root, "one"), join(root, "two")], path, { method, url: "", headers: new Headers(headers) }); // prettier-ignore
  const { status, body } = response;
  return { status, hasBody: body !== null, text: await response.text(), headers: response.headers };
}

test.each([
  { path: "a/b/tc.parquet", status: 200, text: "0123456789" },
  { path: "run.json", status: 200, text: "{}" },
  { path: "./run.json", status: 200, text: "{}" },
  { path: "./a/b/tc.parquet", status: 200, text: "0123456789" },
  // Of the first data folder that has it.
  { path: "a/gen.parquet", status: 200, text: "second" },
])("$path is $text", async ({ path, status, text }) => {
  const answer = await get(path);
  expect([answer.status, answer.text, answer.headers.get("content-length")]).toEqual([
    status,
    text,
    String(text.length),
  ]);
  expect(answer.headers.get("content-type")).toBe(path.endsWith(".json") ? "application/json" : "application/octet-stream"); // prettier-ignore
});

test.each([
  { path: "a/./run.json", status: 400 },
  { path: "../one/run.json", status: 400 },
  { path: "a/../run.json", status: 400 },
  { path: ".hidden/run.json", status: 400 },
  { path: "a/b", status: 400 },
  { path: "a/b/tc.csv", status: 400 },
  { path: "a/tc.parquet", status: 404 },
])("$path is not served: $status", async ({ path, status }) => {
  expect((await get(path)).status).toBe(status);
});

test("ranges, heads and what is known have no more than they should", async () => {
  const path = "a/b/tc.parquet";
  const part = await get(path, { range: "bytes=2-4" });
  expect([part.status, part.text, part.headers.get("content-range"), part.headers.get("content-length")]).toEqual([206, "234", "bytes 2-4/10", "3"]); // prettier-ignore
  const beyond = await get(path, { range: "bytes=10-" });
  expect([beyond.status, beyond.hasBody, beyond.headers.get("content-range")]).toEqual([416, false, "bytes */10"]);
  const head = await get(path, {}, "HEAD");
  expect([head.status, head.hasBody, head.headers.get("content-length")]).toEqual([200, false, "10"]);
  const empty = await get("empty.json");
  expect([empty.status, empty.hasBody, empty.headers.get("content-length")]).toEqual([200, false, "0"]);
  const etag = head.headers.get("etag") ?? "";
  const known = await get(path, { "if-none-match": etag });
  expect([known.status, known.hasBody]).toEqual([304, false]);
  // A range of another version is none.
  expect((await get(path, { range: "bytes=2-4", "if-range": etag })).status).toBe(206);
  expect((await get(path, { range: "bytes=2-4", "if-range": '"other"' })).text).toBe("0123456789");
});
