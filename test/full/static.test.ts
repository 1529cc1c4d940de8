/** The display as plain files: below a path of a web space with ranges and of one without, and without a network after the first visit. */
import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, onTestFinished, test } from "vitest";
import { connectChromium, hasChromium } from "../browser/browser.js";
import { root } from "../cli.js";

const TYPES: Readonly<Record<string, string>> = {
  html: "text/html",
  js: "text/javascript",
  css: "text/css",
  svg: "image/svg+xml",
  wasm: "application/wasm",
};

/** The simplest web space: files below /some/where/, with ranges or without. `asked` counts answers by their status. */
async function webSpace(
  folder: string,
  ranges: boolean,
): Promise<{ server: Server; url: string; asked: Map<number, number> }> {
  const asked = new Map<number, number>();
  const server = createServer((request, response) => {
    const path = decodeURI((request.url ?? "").split("?")[0]).replace(/^\/some\/where\//, "");
    const file = join(folder, path.endsWith("/") || path === "" ? `${path}index.html` : path);
    const found = !(request.url ?? "").includes("..") && existsSync(file) && statSync(file).isFile();
    const bytes = found ? readFileSync(file) : Buffer.from("nothing here");
    const headers: Record<string, string | number> = {
      "content-type": TYPES[file.slice(file.lastIndexOf(".") + 1)] ?? "application/octet-stream",
      "content-length": bytes.length,
      etag: `W/"${bytes.length.toString(16)}"`,
      ...(ranges ? { "accept-ranges": "bytes" } : {}),
    };
    const [, first, last] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? "") ?? [];
    const part = ranges && found && first !== undefined ? bytes.subarray(Number(first), Number(last) + 1) : undefined;
    const status = found ? (part === undefined ? 200 : 206) : 404;
    asked.set(status, (asked.get(status) ?? 0) + 1);
    response.writeHead(status, { ...headers, "content-length": (part ?? bytes).length });
    response.end(request.method === "HEAD" ? undefined : (part ?? bytes));
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/some/where/`, asked };
}

describe.skipIf(!hasChromium)("the static pages [needs chromium]", () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "bye-splits-static-"));
    execFileSync(process.execPath, [join(root, "scripts/build-static.mjs"), folder], { stdio: "pipe" });
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test.each([
    { name: "with ranges", ranges: true },
    { name: "without ranges", ranges: false },
  ])(
    "show the sample inside, below a path of a web space $name, then without a network",
    async ({ ranges }) => {
      const { server, url, asked } = await webSpace(folder, ranges);
      onTestFinished(() => void server.close());
      const browser = await connectChromium();
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      onTestFinished(() => context.close());
      const page = await context.newPage();
      const complaints: string[] = [];
      page.on("pageerror", (error) => complaints.push(error.message));
      const cells = async (): Promise<number> => {
        await page.waitForSelector(".picture canvas[data-quads]:not([data-quads='0'])", { timeout: 60_000 });
        return Number(await page.getAttribute(".picture canvas", "data-quads"));
      };
      await page.goto(`${url}#sample=photons&entry=3`);
      const online = await cells();
      expect(online).toBeGreaterThan(20);
      expect((asked.get(206) ?? 0) > 1).toBe(ranges);
      // Everything is kept once the worker of the pages is active.
      await page.evaluate(async () => {
        await navigator.serviceWorker.ready;
      });
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await page.goto("about:blank");
      await page.goto(`${url}#sample=photons&entry=3`);
      expect(await cells()).toBe(online);
      await page.goto(`${url}docs/index.html`);
      expect(await page.title()).toContain("bye-splits");
      // The search too: its index is a file like the others.
      await page.getByLabel("Search").fill("histoThreshold");
      await page.waitForSelector("#found a");
      expect(await page.locator("#found a").allInnerTexts()).toContainEqual(expect.stringContaining("Configuration"));
      expect(complaints).toEqual([]);
    },
    180_000,
  );

  test("a folder that holds something else is left alone", () => {
    expect(() =>
      execFileSync(process.execPath, [join(root, "scripts/build-static.mjs"), root], { stdio: "pipe" }),
    ).toThrow(/holds something else; name an empty folder/);
  });
});
