/** A server and a browser for the tests of the pages. */
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdtempSync, readFileSync, renameSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Browser, type BrowserContext, type BrowserContextOptions, chromium, type Page } from "playwright-core";
import { expect, inject, onTestFinished } from "vitest";
import { VERSION } from "../../src/cli/version.js";
import { type AppOptions, createApp, listen, readAssets } from "../../src/server/index.js";
import { root, runCli } from "../cli.js";
import { isLong } from "../long.js";

export const hasChromium = inject("chromium") !== "";

/** The one browser of all test files, with contexts of one's own; closing it closes those. */
export function connectChromium(): Promise<Browser> {
  return chromium.connect(inject("chromium"));
}

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

/** Runs a command in this process; it must succeed. A sample that another test has simulated is copied. */
export async function run(...args: string[]): Promise<void> {
  const out = args.indexOf("--out");
  if (args[0] !== "simulate" || args.includes("--root")) return runOnce(args);
  const command = [...args.slice(0, out), ...args.slice(out + 2)].join(" ");
  const stored = join(inject("samples"), createHash("sha256").update(command).digest("hex"));
  if (!existsSync(stored)) {
    // Files of tests run beside each other: each writes its own folder, and the first one stays.
    const own = `${stored}.${process.pid}`;
    await runOnce(args.with(out + 1, own));
    try {
      renameSync(own, stored);
    } catch {
      rmSync(own, { recursive: true });
    }
  }
  cpSync(stored, args[out + 1], { recursive: true });
}

async function runOnce(args: readonly string[]): Promise<void> {
  const { status, stderr } = await runCli([...args, "--quiet"]);
  if (status !== 0) throw new Error(`bye-splits ${args.join(" ")}: ${stderr}`);
}

const EVENT_DRAWN = ".picture canvas:not([data-quads='0'])";
const STUDIES_DRAWN = ".studies :is(.plot svg, .study-list, .problem)";

/** `prepare` fills the data folder before the server starts, in this process, with `options` beside its own. */
export async function startSite(
  prepare: (folder: string) => Promise<void> | void = () => undefined,
  options: Pick<AppOptions, "geometry" | "defaultEvents"> = {},
): Promise<Site> {
  const folder = mkdtempSync(join(tmpdir(), "bye-splits-browser-"));
  await prepare(folder);
  const assets = await readAssets(join(root, "dist/web"));
  const app = createApp({ data: [folder], assets, basePath: "/", allowedHosts: [], version: VERSION, ...options });
  const server = await listen(app, "127.0.0.1", 0);
  const url = `http://127.0.0.1:${server.port}/`;
  const browser = await connectChromium();
  const complaints: string[] = [];
  const newContext = (options: BrowserContextOptions): Promise<BrowserContext> =>
    browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
  // What one page of it has loaded is in the cache for the next.
  let shared: Promise<BrowserContext> | undefined;
  const sharedContext = (): Promise<BrowserContext> => (shared ??= newContext({}));
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
        // Chromium's own: it copies what WebGL has drawn into a page that is put together without a GPU.
        if (message.text().includes("GPU stall due to ReadPixels")) return;
        if (["error", "warning"].includes(message.type())) complaints.push(`${message.type()}: ${message.text()}`);
      });
      page.on("pageerror", (error) => complaints.push(`error: ${error.message}`));
      page.on("request", (request) => {
        const target = request.url();
        if (!target.startsWith(url) && !/^(data|blob):/.test(target)) complaints.push(`request to ${target}`);
      });
      await page.goto(hash === "" ? url : `${url}#${hash}`);
      // At each frame: waiting for a selector looks again after half a second only.
      const drawn = hash.includes("page=studies") ? STUDIES_DRAWN : EVENT_DRAWN;
      await page.waitForFunction((selector) => document.querySelector(selector), drawn, { timeout: 30_000 });
      return page;
    },
    stopServer: () => server.close(),
    async close() {
      await browser.close();
      await server.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export { isLong, longTest, some } from "../long.js";

/** Events of the photons with pile-up that several files show: a page looks at all of them each time it opens. */
export const PHOTONS = isLong ? "50" : "30";

/** Like expect.poll, with patience for a slow machine. */
export function eventually<T>(read: () => T | Promise<T>, message?: string) {
  return expect.poll(read, { timeout: 20_000, ...(message === undefined ? {} : { message }) });
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
