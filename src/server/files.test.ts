/** What lies below a data folder, and what happens to it while it is served. */
import { execFileSync } from "node:child_process";
import { appendFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, utimesSync } from "node:fs";
import { renameSync, writeFileSync } from "node:fs";
import { Agent, type IncomingMessage, request as httpRequest } from "node:http";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { type Catalog } from "./api.js";
import { createApp } from "./app.js";
import { type Asset } from "./assets.js";
import { listen } from "./listen.js";

let root: string;
const logged: string[] = [];
const app = (data = join(root, "one"), assets: ReadonlyMap<string, Asset> = new Map()) =>
  createApp({ data: [data], assets, basePath: "/", allowedHosts: [], version: "1", log: (line) => logged.push(line) });
const get = (path: string, init: RequestInit = {}) => app()(new Request(`http://localhost/${path}`, init));
const path = (file: string): string => join(root, "one", file);

beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "bye-splits-files-"));
  for (const folder of ["one/sample", "one/pipes", "one-secret"]) mkdirSync(join(root, folder), { recursive: true });
  for (const table of ["gen", "cl3d", "tc", "entries"]) writeFileSync(path(`sample/${table}.parquet`), "0123456789");
  writeFileSync(join(root, "one-secret/tc.parquet"), "secret");
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const within = <T>(promise: Promise<T>): Promise<T | "waits"> =>
  Promise.race([promise, new Promise<"waits">((resolve) => setTimeout(resolve, 3000, "waits"))]);

test.skipIf(process.platform === "win32")(
  "pipes, sockets and devices are no files, and nothing waits for them",
  async () => {
    const pipes = ["tc", "cl3d", "gen", "entries", "seeds"].map((table) => path(`pipes/${table}.parquet`));
    execFileSync("mkfifo", [...pipes, path("pipes/sample.json"), path("sample/sample.json")]);
    symlinkSync("/dev/zero", path("sample/zero.json"));
    const server = createServer().listen(path("sample/socket.json"));
    onTestFinished(() => void server.close());
    // More than there are threads that open files: all of them waited, and every later request with them.
    const files = ["tc", "cl3d", "gen", "entries", "seeds"].map((table) => `data/pipes/${table}.parquet`);
    const all = [...files, "data/pipes/sample.json", "data/sample/zero.json", "data/sample/socket.json"];
    for (const file of all) expect([file, await within(get(file).then(({ status }) => status))]).toEqual([file, 404]);
    const catalog = (await within(get("api/catalog").then((response) => response.json()))) as Catalog;
    expect(catalog.samples).toEqual([{ id: "sample", simulated: false }]);
  },
);

test("a folder whose name begins with the data folder's is outside of it", async () => {
  symlinkSync(join(root, "one-secret"), path("secret"));
  expect((await get("data/secret/tc.parquet")).status).toBe(404);
  // The link is followed where it leads into the folder.
  symlinkSync(path("sample"), path("other"));
  expect(await (await get("data/other/tc.parquet")).text()).toBe("0123456789");
});

test.each([
  { name: "a file", file: "data/sample/tc.parquet", length: "10" },
  { name: "a file that is not there", file: "data/sample/no.parquet", length: null },
  { name: "the page", file: "", length: "4" },
  { name: "the catalog", file: "api/catalog", length: null },
])("HEAD of $name has the headers of GET and no body", async ({ file, length }) => {
  const bodies = { identity: new TextEncoder().encode("page"), br: undefined, gzip: undefined };
  const assets = new Map([["index.html", { type: "text/html", etag: "tag", bodies, immutable: false }]]);
  const answer = (method: string) => app(undefined, assets)(new Request(`http://localhost/${file}`, { method }));
  const [head, whole] = [await answer("HEAD"), await answer("GET")];
  expect([head.status, head.body, head.headers.get("content-length")]).toEqual([whole.status, null, length]);
  expect([...head.headers]).toEqual([...whole.headers]);
  expect((await whole.text()).length).toBeGreaterThan(3);
});

test("a tag changes with the file: another content of the same size and time, or a time some nanoseconds later", async () => {
  const file = path("sample/cl3d.parquet");
  const tag = async () => (await get("data/sample/cl3d.parquet", { method: "HEAD" })).headers.get("etag") ?? "";
  utimesSync(file, 1000, 1000);
  const first = await tag();
  writeFileSync(`${file}.new`, "9876543210");
  utimesSync(`${file}.new`, 1000, 1000);
  renameSync(`${file}.new`, file);
  const second = await tag();
  utimesSync(file, 1000, 1000.000002);
  const third = await tag();
  appendFileSync(file, "more");
  utimesSync(file, 1000, 1000.000002);
  expect(new Set([first, second, third, await tag()]).size).toBe(4);
});

test.each([
  { header: "TAG", status: 304 },
  { header: "W/TAG", status: 304 },
  { header: '"a", TAG', status: 304 },
  { header: '"a,b" , W/"c",TAG', status: 304 },
  { header: "*", status: 304 },
  { header: '"a", "b"', status: 200 },
  { header: "a TAGb", status: 200 },
  { header: "", status: 200 },
])("If-None-Match: $header", async ({ header, status }) => {
  const tag = (await get("data/sample/tc.parquet", { method: "HEAD" })).headers.get("etag") ?? "";
  const known = header === "a TAGb" ? tag.slice(1) : header.replace("TAG", tag);
  const response = await get("data/sample/tc.parquet", { method: "HEAD", headers: { "if-none-match": known } });
  expect(response.status).toBe(status);
});

test("an error is answered with 500 and the headers of every answer, and logged in one line", async () => {
  const broken = new Map<string, Asset>();
  broken.get = () => {
    throw new Error("no\nmemory");
  };
  const response = await app(undefined, broken)(new Request("http://localhost/page?a=%0a"));
  expect([response.status, await response.json()]).toEqual([
    500,
    { error: "the server failed to answer; its log says why" },
  ]);
  expect(response.headers.get("content-security-policy")).toContain("default-src 'self'");
  expect(response.headers.get("x-content-type-options")).toBe("nosniff");
  expect(logged.join()).toMatch(
    /^\{"error":"no\\nmemory","request":"GET http:\/\/localhost\/page\?a=%0a","at":"[^\n]*"\}$/,
  );
});

test("a file that becomes shorter while it is sent ends the connection; the next answer stands alone", async () => {
  const file = path("sample/gen.parquet");
  writeFileSync(file, "");
  truncateSync(file, 1 << 26);
  const lines: string[] = [];
  const { port, close } = await listen(app(), "127.0.0.1", 0, { log: (line) => lines.push(line) });
  onTestFinished(close);
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  onTestFinished(() => agent.destroy());
  /** Bytes that arrive, and whether all have that were promised. */
  const ask = (name: string, then = () => undefined as void) =>
    new Promise<{ bytes: number; complete: boolean }>((resolve, reject) => {
      const request = httpRequest({ host: "127.0.0.1", port, path: `/data/sample/${name}.parquet`, agent });
      request.on("error", reject).on("response", (response) => {
        let bytes = 0;
        then();
        response.on("data", (chunk: Buffer) => (bytes += chunk.length));
        response.on("error", () => undefined);
        response.on("close", () => resolve({ bytes, complete: response.complete }));
      });
      request.end();
    });
  const [first, second] = await Promise.all([ask("gen", () => truncateSync(file, 100)), ask("tc")]);
  expect(first.complete).toBe(false);
  expect(first.bytes).toBeLessThan(1 << 26);
  expect(second).toEqual({ bytes: 10, complete: true });
  expect(lines).toEqual([expect.stringMatching(/gen\.parquet: the file ends at byte \d+, 67108864 were promised$/)]);
});

/** Asks for a large file and does not read the answer before `resume`. */
async function download(limits: { readonly close: number }) {
  truncateSync(path("sample/entries.parquet"), 1 << 25);
  const all = { head: 10_000, request: 20_000, idle: 60_000, check: 5_000, ...limits };
  const { port, close } = await listen(app(), "127.0.0.1", 0, { limits: all });
  const agent = new Agent({ keepAlive: true });
  onTestFinished(() => agent.destroy());
  const response = await new Promise<IncomingMessage>((resolve) =>
    httpRequest({ host: "127.0.0.1", port, path: "/data/sample/entries.parquet", agent }, resolve).end(),
  );
  let bytes = 0;
  response.on("error", () => undefined);
  const ended = new Promise<number>((resolve) => response.on("close", () => resolve(bytes)));
  response.pause();
  response.on("data", (chunk: Buffer) => (bytes += chunk.length));
  response.pause();
  return { close, ended, resume: () => void response.resume() };
}

test("a server that closes lets a download end, then its connection", async () => {
  const { close, ended, resume } = await download({ close: 10_000 });
  const closed = close();
  setTimeout(resume, 200);
  expect(await ended).toBe(1 << 25);
  expect(await within(closed)).toBeUndefined();
});

test("but not for longer than its patience", async () => {
  const { close, ended, resume } = await download({ close: 200 });
  const start = performance.now();
  await close();
  expect(performance.now() - start).toBeLessThan(2000);
  resume();
  expect(await ended).toBeLessThan(1 << 25);
});
