/** A server and a browser for the tests of the pages. */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, onTestFinished, test } from "vitest";
import { main } from "../cli.js";

const executable = [process.env["CHROMIUM"], "/usr/bin/chromium"].find(
  (path) => path !== undefined && existsSync(path),
);
export const hasChromium = executable !== undefined;

export interface Site {
  readonly url: string;
  /** The data folder; it is removed at the end. */
  readonly folder: string;
  readonly browser: Browser;
  /** A page until the end of the test, with options of its own context; what it complains about is collected in `complaints`. */
  open(hash?: string, options?: BrowserContextOptions): Promise<Page>;
  readonly complaints: string[];
  stopServer(): Promise<void>;
  close(): Promise<void>;
}

/** Runs a command of the built program; it must succeed. */
export function run(...args: string[]): void {
  const { status, stderr } = spawnSync(process.execPath, [main, ...args, "--quiet"], { encoding: "utf8" });
  if (status !== 0) throw new Error(`bye-splits ${args.join(" ")}: ${stderr}`);
}

/** `prepare` fills the data folder before the server starts, with `options` beside its own. */
export async function startSite(
  prepare: (folder: string) => void = () => undefined,
  options: readonly string[] = [],
): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-browser-"));
  prepare(folder);
  const server = spawn(process.execPath, [main, "serve", "--port", "0", "--json", "--data", folder, ...options], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const stopped = new Promise<void>((resolve) => server.once("exit", () => resolve()));
  const url = await new Promise<string>((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (chunk: Buffer) => {
      text += chunk.toString();
      const found = /"url": "([^"]+)"/.exec(text);
      if (found !== null) resolve(found[1]);
    });
    server.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  const browser = await chromium.launch({
    executablePath: executable ?? "",
    args: ["--no-sandbox", "--disable-gpu-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  const complaints: string[] = [];
  const newContext = (options: BrowserContextOptions): Promise<BrowserContext> =>
    browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  // What one page of it has loaded is in the cache for the next.
  let shared: Promise<BrowserContext> | undefined;
  const sharedContext = (): Promise<BrowserContext> => (shared ??= newContext({}));
  const stopServer = async (): Promise<void> => {
    server.kill("SIGTERM");
    await stopped;
  };
  return {
    url,
    folder,
    browser,
    complaints,
    async open(hash = "", options) {
      const context = options === undefined ? await sharedContext() : await newContext(options);
      const page = await context.newPage();
      onTestFinished(() => (options === undefined ? page.close() : context.close()));
      page.on("console", (message) => {
        if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("request", (request) => {
        const target = request.url();
        if (!target.startsWith(url) && !/^(data|blob):/.test(target)) complaints.push(`request to ${target}`);
      });
      await page.goto(hash === "" ? url : `${url}#${hash}`);
      await page.waitForSelector(".picture canvas:not([data-quads='0'])", { timeout: 30_000 });
      return page;
    },
    stopServer,
    async close() {
      await browser.close();
      await stopServer();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

const isLong = process.env["BYE_SPLITS_FULL"] === "1";

/** The first `n` cases, and all of them in the long tests: browsers are slow. */
export function some<T>(cases: readonly T[], n: number): readonly T[] {
  return isLong ? cases : cases.slice(0, n);
}

/** A test that is among the long ones only. */
export function longTest(name: string, run: () => Promise<void>, timeout?: number): void {
  if (isLong) test(name, run, timeout);
}

/** Like expect.poll, with patience for a slow machine. */
export function eventually<T>(read: () => T | Promise<T>) {
  return expect.poll(read, { timeout: 20_000 });
}

/** Waits until the clusters are those of an event, chain and settings. */
export async function settled(page: Page, event: number, chain = "default", settings: object = {}): Promise<void> {
  const sorted = Object.entries(settings).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const wanted = `${event} ${chain} ${JSON.stringify(sorted)}`;
  await page.waitForFunction(
    (text) => document.querySelector(".clusters")?.getAttribute("data-settled") === text,
    wanted,
    { timeout: 20_000 },
  );
}

/** seed, E, pt, eta, phi, number of TCs of each row of the cluster table, by seed. */
export async function clustersOf(page: Page): Promise<number[][]> {
  const rows = await page.$$eval("tr[data-cluster]", (all) => all.map((row) => row.getAttribute("data-cluster") ?? ""));
  return rows.map((row) => JSON.parse(row) as number[]).toSorted((a, b) => a[0] - b[0]);
}

/** Share of pixels of two PNGs (base64) of which a channel differs by more than 16. */
export function pixelsThatDiffer(page: Page, first: string, second: string): Promise<number> {
  return page.evaluate(
    async (shots) => {
      const images = await Promise.all(
        shots.map(async (shot) => {
          const bytes = Uint8Array.from(atob(shot), (char) => char.charCodeAt(0));
          const bitmap = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
          const context = new OffscreenCanvas(bitmap.width, bitmap.height).getContext("2d");
          if (context === null) throw new Error("no canvas");
          context.drawImage(bitmap, 0, 0);
          return context.getImageData(0, 0, bitmap.width, bitmap.height);
        }),
      );
      const [a, b] = images;
      if (a.width !== b.width || a.height !== b.height) return 1;
      let differing = 0;
      for (let i = 0; i < a.data.length; i += 4) {
        const channels = [0, 1, 2].map((k) => Math.abs(a.data[i + k] - b.data[i + k]));
        if (Math.max(...channels) > 16) differing++;
      }
      return differing / (a.width * a.height);
    },
    [first, second],
  );
}

/** What axe calls serious or critical in the page as it is. */
export async function seriousViolations(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8"));
  return page.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(): Promise<{ violations: { id: string; impact: string; nodes: { html: string }[] }[] }> };
    };
    const { violations } = await axe.run();
    return violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(" | ")}`);
  });
}
