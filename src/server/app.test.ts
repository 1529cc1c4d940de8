import { request as httpRequest } from "node:http";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isLong } from "../core/long.test-data.js";
import { type Catalog } from "./api.js";
import { createApp } from "./app.js";
import { type Asset, readAssets } from "./assets.js";
import { parseRange } from "./conditions.js";
import { hostAllowed } from "./host.js";
import { listen } from "./listen.js";

let root: string;
let assets: Map<string, Asset>;
const SECRET = "not for pages";
const CONTENT = "0123456789";

beforeAll(async () => {
  root = mkdtempSync(join(tmpdir(), "bye-splits-server-"));
  const folder = (path: string): string => {
    mkdirSync(join(root, path), { recursive: true });
    return join(root, path);
  };
  writeFileSync(join(root, "secret.json"), SECRET);
  writeFileSync(join(root, "cells.parquet"), "cells");
  writeFileSync(join(folder("outside"), "tc.parquet"), SECRET);
  for (const [data, content] of [
    ["one", CONTENT],
    ["two", "second"],
  ]) {
    const sample = folder(`${data}/photons`);
    for (const table of ["gen", "cl3d", "tc", "entries"]) writeFileSync(join(sample, `${table}.parquet`), content);
    const info = { made: { command: "simulate", options: { particles: data, pileup: 0 } } };
    writeFileSync(join(sample, "sample.json"), JSON.stringify(info));
  }
  writeFileSync(
    join(folder("two/run"), "run.json"),
    JSON.stringify({ chains: ["default"], sample: { path: "x", hash: "5" } }),
  );
  const lists = { LayerWeights: [1, 2], PileUpPt: [], EnergyResponse: [] };
  const calibrations = [
    { particle: "photons", radius: 0.01, pileup: 0, version: "weighted", ...lists, more: 1 },
    { particle: "photons", radius: "0.01", version: "weighted", ...lists },
  ];
  writeFileSync(join(folder("one/weights"), "study.json"), JSON.stringify({ result: { calibrations } }));
  writeFileSync(join(folder("one/scan"), "study.json"), JSON.stringify({ result: { table: [] } }));
  writeFileSync(join(root, "one/photons/notes.txt"), SECRET);
  writeFileSync(join(root, "one/.hidden.json"), SECRET);
  symlinkSync(join(root, "outside"), join(root, "one/link"));
  symlinkSync(join(root, "secret.json"), join(root, "one/photons/secret.json"));
  symlinkSync(join(root, "one"), join(root, "one/loop"));
  const web = folder("web/assets");
  writeFileSync(join(root, "web/index.html"), "<p>page</p>");
  writeFileSync(join(folder("web/docs"), "index.html"), "<p>docs</p>");
  writeFileSync(join(web, "main-abcd1234.js"), "plain");
  writeFileSync(join(web, "main-abcd1234.js.br"), "brotli");
  writeFileSync(join(web, "main-abcd1234.js.gz"), "gzip");
  assets = await readAssets(join(root, "web"));
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

const app = (basePath = "/") =>
  createApp({
    data: [join(root, "one"), join(root, "two")],
    assets,
    basePath,
    allowedHosts: ["display.example"],
    version: "1",
    geometry: join(root, "cells.parquet"),
    defaultEvents: [{ particles: "photons", pileup: 0, events: [3] }],
  });
/** Its status; the body is not read, which would close its file. */
const statusOf = async (...args: Parameters<typeof get>): Promise<number> => {
  const { status, body } = await get(...args);
  await body?.cancel();
  return status;
};
const get = (path: string, init: RequestInit = {}, basePath = "/") =>
  app(basePath)(new Request(`http://localhost${path}`, init));

describe("pages", () => {
  test("the page, with a policy that allows no inline script", async () => {
    const response = await get("/");
    expect(await response.text()).toBe("<p>page</p>");
    expect(response.headers.get("content-type")).toBe("text/html; charset=utf-8");
    const scripts = /script-src ([^;]*)/.exec(response.headers.get("content-security-policy") ?? "")?.[1];
    expect(scripts).toBe("'self' 'wasm-unsafe-eval'");
  });

  test.each([
    ["br, gzip", "brotli", "br"],
    ["gzip", "gzip", "gzip"],
    ["identity", "plain", null],
  ])("Accept-Encoding %s gives %s", async (accept, body, coding) => {
    const response = await get("/assets/main-abcd1234.js", { headers: { "accept-encoding": accept } });
    expect(await response.text()).toBe(body);
    expect(response.headers.get("content-encoding")).toBe(coding);
    expect(response.headers.get("cache-control")).toContain("immutable");
  });

  test("an ETag that is known is answered with 304", async () => {
    const etag = (await get("/")).headers.get("etag") ?? "";
    expect((await get("/", { headers: { "if-none-match": etag } })).status).toBe(304);
    expect((await get("/", { headers: { "if-none-match": '"other"' } })).status).toBe(200);
  });

  test.each(["/display", "/display/", "/display?event=3"])(
    "%s, the reference's address, leads to the page",
    async (path) => {
      const response = await get(path);
      expect([response.status, response.headers.get("location")]).toEqual([308, "/"]);
    },
  );

  test("the documentation is below /docs, also when the last slash is forgotten", async () => {
    expect(await (await get("/docs/")).text()).toBe("<p>docs</p>");
    const moved = await get("/hgcal/docs", {}, "/hgcal/");
    expect([moved.status, moved.headers.get("location")]).toEqual([308, "/hgcal/docs/"]);
    expect(await statusOf("/docs/more/")).toBe(404);
    expect(await statusOf("/assets/")).toBe(404);
  });

  test.each(["POST", "PUT", "DELETE", "OPTIONS", "PATCH"])("%s is refused", async (method) => {
    const response = await get("/", { method });
    expect([response.status, response.headers.get("allow")]).toEqual([405, "GET, HEAD"]);
  });

  test("under a base path", async () => {
    expect((await get("/hgcal/", {}, "/hgcal/")).status).toBe(200);
    expect((await get("/hgcal", {}, "/hgcal/")).headers.get("location")).toBe("/hgcal/");
    expect((await get("/hgcal/display", {}, "/hgcal/")).headers.get("location")).toBe("/hgcal/");
    expect((await get("/", {}, "/hgcal/")).status).toBe(404);
    expect(await statusOf("/hgcal/data/photons/tc.parquet", {}, "/hgcal/")).toBe(200);
  });
});

describe("data", () => {
  test("the catalog lists samples and runs, of equal paths the first folder's", async () => {
    const catalog = (await (await get("/api/catalog")).json()) as Catalog;
    expect(catalog.samples).toEqual([
      { id: "photons", particles: "one", pileup: 0, command: "simulate", simulated: true },
    ]);
    expect(catalog.runs).toEqual([{ id: "run", chains: ["default"], sample: "x", sampleHash: "5" }]);
    // Of studies the weights alone, and nothing that does not look like them.
    const lists = { LayerWeights: [1, 2], PileUpPt: [], EnergyResponse: [] };
    expect(catalog.weights).toEqual([
      { id: "weights", particle: "photons", radius: 0.01, pileup: 0, version: "weighted", ...lists },
    ]);
  });

  test("what the program was started with: default events, and the geometry by its name and content", async () => {
    const catalog = (await (await get("/api/catalog")).json()) as Catalog;
    expect(catalog.defaultEvents).toEqual([{ particles: "photons", pileup: 0, events: [3] }]);
    expect(catalog.geometry).toBe("cells.parquet");
    expect(await (await get("/api/geometry", { headers: { range: "bytes=1-2" } })).text()).toBe("el");
  });

  test("whole files and ranges of the first folder that has them", async () => {
    const whole = await get("/data/photons/tc.parquet");
    expect([whole.status, await whole.text(), whole.headers.get("accept-ranges")]).toEqual([200, CONTENT, "bytes"]);
    const part = await get("/data/photons/tc.parquet", { headers: { range: "bytes=2-4" } });
    expect([part.status, await part.text(), part.headers.get("content-range")]).toEqual([206, "234", "bytes 2-4/10"]);
    const late = await get("/data/photons/tc.parquet", { headers: { range: "bytes=10-" } });
    expect([late.status, late.headers.get("content-range")]).toEqual([416, "bytes */10"]);
    expect(await statusOf("/data/run/run.json")).toBe(200);
  });

  test("a file that is not there", async () => {
    const response = await get("/data/photons/seeds.parquet");
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: "no such file below the data folders: photons/seeds.parquet" },
    ]);
  });

  test.each([
    { header: null, want: null },
    { header: "bytes=0-0", want: { start: 0, end: 1 } },
    { header: "bytes=-3", want: { start: 7, end: 10 } },
    { header: "bytes=8-99", want: { start: 8, end: 10 } },
    { header: "bytes=-0", want: "unsatisfiable" },
    { header: "bytes=4-2", want: null },
    { header: "bytes=0-1,3-4", want: null },
    { header: "lines=0-1", want: null },
  ])("range $header", ({ header, want }) => {
    expect(parseRange(header, 10)).toEqual(want);
  });
});

describe("what must not be reached", () => {
  /** Ways up, as they are written, once and twice encoded. */
  const UPS = ["..", "%2e%2e", ".%2e", "%252e%252e", "%c0%ae%c0%ae", "..%00", "..;", "....", "%2e%2e%2f..", "..%5c.."];
  const SEPARATORS = ["/", "%2f", "%5c", "\\", "//", "/./"];
  const STARTS = ["/", "/data/", "/data/photons/", "/assets/"];
  const attacks = [
    ...UPS.flatMap((up) =>
      SEPARATORS.flatMap((sep) =>
        STARTS.map((start) => {
          // As far up as the start is deep below what the secret is beside.
          const deep = start === "/data/photons/" ? 2 : 1;
          return `${start}${`${up}${sep}`.repeat(deep)}secret.json`;
        }),
      ),
    ),
    "/data//etc/passwd",
    "/data/%2fetc%2fpasswd",
    "/data/C:%5csecret.json",
    "/data/photons/tc.parquet%00.json",
    "/data/photons/notes.txt",
    "/data/.hidden.json",
    "/data/photons/%0atc.parquet",
    "/data/link/tc.parquet",
    "/data/photons/secret.json",
    "/data/photons",
    "/data/photons/",
    "/data/%",
  ];

  test("a server that took paths at their word would give the secret away to many of them", () => {
    const read = (path: string): boolean => {
      try {
        const file = decodeURIComponent(path)
          .replace(/^\/data/, "")
          .replaceAll("\\", "/");
        return readFileSync(join(root, "one", file), "utf8") === SECRET;
      } catch {
        return false;
      }
    };
    expect(attacks.filter(read).length).toBeGreaterThan(50);
  });

  test(`${attacks.length} attacks on paths get 400 or 404 and read nothing`, async () => {
    expect(attacks.length).toBeGreaterThanOrEqual(200);
    const { port, close } = await listen(app(), "127.0.0.1", 0);
    try {
      for (const path of attacks) {
        // As raw as possible: fetch would clean the path.
        const { status, body } = await raw(port, path);
        expect([path, [400, 404].includes(status), body.includes(SECRET)]).toEqual([path, true, false]);
      }
    } finally {
      await close();
    }
  });

  test.each([
    { host: "localhost:8080", ok: true },
    { host: "127.0.0.1:1", ok: true },
    { host: "[::1]:8080", ok: true },
    { host: "display.example", ok: true },
    { host: "DISPLAY.example:80", ok: true },
    { host: "evil.example", ok: false },
    { host: "127.0.0.1.evil.example", ok: false },
    { host: "localhost.evil.example", ok: false },
    { host: "", ok: false },
  ])("Host $host: $ok", async ({ host, ok }) => {
    expect(hostAllowed(host, ["display.example"])).toBe(ok);
    if (host !== "") expect((await get("/", { headers: { host } })).status).toBe(ok ? 200 : 403);
  });
});

test("300 mixed requests, 1,000 in the long tests, 32 at a time, are all answered", async () => {
  const { port, close } = await listen(app(), "127.0.0.1", 0);
  const kinds: [string, RequestInit, number][] = [
    ["/", {}, 200],
    ["/api/catalog", {}, 200],
    ["/data/photons/tc.parquet", { headers: { range: "bytes=1-5" } }, 206],
    ["/data/photons/tc.parquet", { method: "HEAD" }, 200],
    ["/nothing", {}, 404],
    ["/", { method: "POST" }, 405],
  ];
  try {
    let next = 0;
    const wrong: string[] = [];
    const worker = async (): Promise<void> => {
      while (next < (isLong ? 1000 : 300)) {
        const [path, init, status] = kinds[next++ % kinds.length];
        const response = await fetch(`http://127.0.0.1:${port}${path}`, init);
        await response.arrayBuffer();
        if (response.status !== status) wrong.push(`${path}: ${response.status}`);
      }
    };
    await Promise.all(Array.from({ length: 32 }, worker));
    expect(wrong).toEqual([]);
  } finally {
    await close();
  }
});

test("a port that is taken is an error that says so", async () => {
  const first = await listen(app(), "127.0.0.1", 0);
  await expect(listen(app(), "127.0.0.1", first.port)).rejects.toThrow(
    `cannot listen on 127.0.0.1:${first.port}: the port is in use; choose another with --port, or --port 0 for any free one`,
  );
  await first.close();
});

function raw(port: number, path: string): Promise<{ status: number; body: string }> {
  return new Promise((resolve, reject) => {
    const request = httpRequest({ host: "127.0.0.1", port, path, agent: false }, (response) => {
      let body = "";
      response.on("data", (chunk: Buffer) => (body += chunk.toString()));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, body }));
    });
    request.on("error", reject);
    request.end();
  });
}
