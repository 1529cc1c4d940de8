/** The files that the export menu of the event display writes, against what the page shows. */
import { join } from "node:path";
import { buffer } from "node:stream/consumers";
import { type Page } from "playwright-core";
import { InstancedMesh } from "three";
import { GLTFLoader } from "three/examples/jsm/loaders/GLTFLoader.js";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSampleFolder } from "../../src/io/node/index.js";
import { PHOENIX_FORMAT } from "../phoenix-format.js";
import {
  clustersOf,
  eventually,
  hasChromium,
  longTest,
  PHOTONS,
  pixelsThatDiffer,
  run,
  seriousViolations,
  settled,
  type Site,
  some,
  startSite,
} from "./browser.js";

const VIEWS = [
  { name: "layers", hash: "sample=photons&event=2", title: 0 },
  { name: "one layer by energy", hash: "sample=photons&event=2&layer=9&colour=energy&endcap=1", title: 0 },
  { name: "histogram", hash: "sample=photons&event=2&view=histogram", title: 0 },
  { name: "detector", hash: "sample=photons&event=2&view=detector", title: 0 },
  { name: "coarse seeds", hash: "sample=photons&event=2&view=coarse&chain=cs", title: 26 },
] as const;

interface Pixels {
  readonly width: number;
  readonly height: number;
  readonly colours: number;
  /** Of the asked place. */
  readonly rgb: readonly number[];
}

describe.skipIf(!hasChromium)("export [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const photons = ["--particles", "photons", "--events", PHOTONS, "--pileup", "10", "--seed", "3"];
      await run("simulate", ...photons, "--out", join(folder, "photons"));
    });
  }, 120_000);
  afterAll(() => site?.close());

  const openMenu = async (page: Page): Promise<void> => {
    const more = page.getByRole("button", { name: "menu", exact: true });
    if (await more.isVisible()) await more.click();
    await page.getByRole("button", { name: "export", exact: true }).click();
    await page.locator(".export-menu:popover-open").waitFor();
  };
  const save = async (page: Page, item: string): Promise<{ readonly name: string; readonly bytes: Buffer }> => {
    await openMenu(page);
    const [download] = await Promise.all([
      page.waitForEvent("download", { timeout: 20_000 }),
      page.locator(".export-menu").getByRole("button", { name: item }).click(),
    ]);
    await page.locator(".export-menu:popover-open").waitFor({ state: "detached" });
    return { name: download.suggestedFilename(), bytes: await buffer(await download.createReadStream()) };
  };
  const quads = async (page: Page): Promise<number> => {
    const all = await page
      .locator(".picture canvas")
      .evaluateAll((found) => found.map((each) => each.dataset["quads"]));
    return all.reduce((sum, n) => sum + Number(n), 0);
  };
  /** A picture as PNG (base64), as large as asked for, and what is in it. */
  const decode = (page: Page, bytes: Buffer, type: string, cut?: readonly number[], at = [0, 0]) =>
    page.evaluate(
      async ([data, mime, area, [px, py]]) => {
        const image = new Image();
        image.src = `data:${mime};base64,${data}`;
        await image.decode();
        const [left, top, width, height] = area ?? [0, 0, image.naturalWidth, image.naturalHeight];
        const canvas = document.createElement("canvas");
        Object.assign(canvas, { width, height });
        const context = canvas.getContext("2d", { willReadFrequently: true });
        if (context === null) throw new Error("no canvas");
        context.drawImage(image, -left, -top);
        const found = context.getImageData(0, 0, width, height);
        const colours = new Set(new Uint32Array(found.data.buffer)).size;
        const rgb = [...context.getImageData(px, py, 1, 1).data].slice(0, 3);
        const pixels: Pixels = { width: image.naturalWidth, height: image.naturalHeight, colours, rgb };
        return { pixels, png: canvas.toDataURL("image/png").split(",")[1] };
      },
      [bytes.toString("base64"), type, cut, at] as const,
    );
  const rowsOf = (bytes: Buffer): Record<string, string>[] => {
    const [head, ...lines] = bytes.toString().trimEnd().split("\n");
    const names = head.split(",");
    return lines.map((line) => Object.fromEntries(line.split(",").map((text, k) => [names[k], text])));
  };
  const canvasBox = async (page: Page) => {
    const box = await page.locator(".picture canvas").first().boundingBox();
    if (box === null) throw new Error("no picture");
    return { ...box, width: Math.round(box.width), height: Math.floor(box.height) };
  };
  /** What stands above the picture and is no part of it. */
  const hideButtons = (page: Page) =>
    page.$$eval(".corner", (all) => {
      for (const each of all as HTMLElement[]) each.style.visibility = "hidden";
    });

  test.each(some(VIEWS, 0))("PNG and SVG are the picture with its overlay: $name", async ({ hash, title }) => {
    const page = await site.open(hash);
    await settled(page, 2, hash.includes("cs") ? "cs" : "default");
    await page.waitForTimeout(500);
    const { x, y, width, height } = await canvasBox(page);
    const one = await save(page, "PNG, 1 times");
    // Painters draw larger themselves: what they have drawn is not stretched.
    await page.evaluate(`{
      const { drawImage } = CanvasRenderingContext2D.prototype;
      CanvasRenderingContext2D.prototype.drawImage = function (image, ...more) {
        if (image instanceof HTMLCanvasElement) document.body.dataset.painted = image.width;
        return drawImage.call(this, image, ...more);
      };
    }`);
    const three = await save(page, "PNG, 3 times");
    const painted = await page.evaluate(() => document.body.dataset["painted"]);
    expect(painted).toBe(hash.includes("coarse") ? undefined : String(3 * width));
    await hideButtons(page);
    const screen = (await page.screenshot({ clip: { x, y: Math.round(y), width, height } })).toString("base64");
    const small = await decode(page, one.bytes, "image/png", [0, title, width, height]);
    const large = await decode(page, three.bytes, "image/png");
    expect(large.pixels).toMatchObject({ width: 3 * small.pixels.width, height: 3 * small.pixels.height });
    expect(small.pixels.height).toBeGreaterThan(height + 18);
    if (title === 0) expect(small.pixels.width).toBe(width);
    expect(small.pixels.colours).toBeGreaterThan(20);
    expect(await pixelsThatDiffer(page, screen, small.png)).toBeLessThan(0.01);
    if (hash.includes("detector")) return;
    const svg = await save(page, "SVG");
    const found = await page.evaluate((text) => {
      const parsed = new DOMParser().parseFromString(text, "image/svg+xml");
      return {
        error: parsed.querySelector("parsererror")?.textContent ?? "",
        polygons: parsed.querySelectorAll("[data-part=cells] > polygon").length,
        foreign: parsed.querySelectorAll("[class], [style], script, style, image").length,
        words: parsed.documentElement.textContent ?? "",
      };
    }, svg.bytes.toString());
    expect(found).toMatchObject({ error: "", polygons: await quads(page), foreign: 0 });
    expect(found.words).toContain("photons, event 2");
    expect(found.words).toContain("default parameters");
    expect(found.words).toMatch(/fast simulation: photons, pile-up 10, seed 3.*bye-splits \d+\.\d+\.\d+/);
    const drawn = await decode(page, svg.bytes, "image/svg+xml", [0, title, width, height]);
    expect(await pixelsThatDiffer(page, screen, drawn.png)).toBeLessThan(0.05);
    expect(site.complaints).toEqual([]);
  });

  longTest("the marks of seeds are where they are on the screen, at any size; names of files", async () => {
    const page = await site.open();
    await settled(page, Number(await page.getByLabel("Event number").inputValue()));
    const event = await page.getByLabel("Event number").inputValue();
    const seeds = await page.$$eval(".overlay .seed", (all) =>
      all.map((each) => {
        const [x, y] = (each.getAttribute("transform") ?? "").match(/-?[\d.]+/g) ?? [];
        const style = getComputedStyle(each.querySelectorAll("path")[1]);
        const [fill, ink] = [style.fill, style.stroke].map((colour) => (colour.match(/\d+/g) ?? []).map(Number));
        return { x: Number(x), y: Number(y), fill, ink };
      }),
    );
    expect(seeds.length).toBe(2);
    for (const factor of [2, 4]) {
      const { name, bytes } = await save(page, `PNG, ${factor} times`);
      expect(name).toBe(`bye-splits-event${event}-layer.png`);
      const colourAt = async (px: number, py: number) => {
        const place = [px, py].map((value) => Math.floor(value * factor));
        return (await decode(page, bytes, "image/png", undefined, place)).pixels.rgb;
      };
      for (const { x, y, fill, ink } of seeds) {
        expect(await colourAt(x, y)).toEqual(fill);
        // The lower edge of the triangle.
        expect(await colourAt(x, y + 5)).toEqual(ink);
      }
    }
    expect((await save(page, "SVG")).name).toBe(`bye-splits-event${event}-layer.svg`);
  });

  longTest("A | B side by side; PNG as dark as the page, SVG for paper", async () => {
    const page = await site.open("sample=photons&event=2&compare=settings&bChain=cs&b.radius=0.02&theme=dark");
    await eventually(() => page.locator(".clusters[data-side=B] tr[data-cluster]").count()).toBeGreaterThan(0);
    await page.waitForTimeout(500);
    const { width } = await canvasBox(page);
    const png = await save(page, "PNG, 1 times");
    expect(png.name).toBe("bye-splits-event2-layer-ab.png");
    const { pixels } = await decode(page, png.bytes, "image/png");
    expect(pixels.width).toBeGreaterThanOrEqual(2 * width);
    expect(Math.max(...pixels.rgb)).toBeLessThan(60);
    const svg = (await save(page, "SVG")).bytes.toString();
    expect(svg.match(/<polygon points="[^"]*" fill="#[0-9a-f]{6}" fill-opacity/g)?.length).toBe(await quads(page));
    expect(svg).toMatch(/<rect width="\d+" height="\d+" fill="#fff(fff)?"/);
    expect(svg).toContain("A: default chain, default parameters");
    expect(svg).toContain("B: coarse seeding, radius 0.02");
    expect(await page.evaluate(() => document.documentElement.dataset["theme"])).toBe("dark");
    const cells = rowsOf((await save(page, "CSV of the cells")).bytes);
    expect(cells.length).toBe((await quads(page)) / 2);
    const { chains, tc } = JSON.parse((await save(page, "Event JSON")).bytes.toString()) as {
      chains: Record<string, { assignment: number[] }>;
      tc: Record<string, number[]>;
    };
    expect(Object.keys(chains)).toEqual(["A", "B"]);
    const shown = [...tc["mipPt"].keys()].filter((t) => tc["mipPt"][t] > 0.5);
    expect(cells.map((row) => [Number(row["seed_A"]), Number(row["seed_B"])])).toEqual(
      shown.map((t) => [chains["A"].assignment[t], chains["B"].assignment[t]]),
    );
    expect(site.complaints).toEqual([]);
  });

  longTest("CSV holds what is shown: cells of a layer, bins, wafers, clusters", async () => {
    const sample = await openSampleFolder(join(site.folder, "photons"));
    const batch = await sample.readBatch(0);
    await sample.close();
    const { event, tc_first, tc_rows } = batch.entries.columns;
    const entry = event.indexOf(2n);
    const { tc_layer, tc_mipPt, tc_energy, tc_cu } = batch.tc.columns;
    const rows = Array.from({ length: tc_rows[entry] }, (_, t) => tc_first[entry] + t);
    const page = await site.open("sample=photons&event=2&layer=9&mip=1");
    await settled(page, 2);
    const want = rows.filter((row) => tc_layer[row] === 9 && tc_mipPt[row] > 1);
    const cells = rowsOf((await save(page, "CSV of the cells")).bytes);
    expect(cells.length).toBe(await quads(page));
    expect(cells.map((row) => [row["tc_energy"], row["tc_mipPt"], row["tc_cu"]].map(Number))).toEqual(
      want.map((row) => [tc_energy[row], tc_mipPt[row], tc_cu[row]]),
    );
    expect(cells.length).toBeGreaterThan(3);
    const clusters = await clustersOf(page);
    expect(
      rowsOf((await save(page, "CSV of the clusters")).bytes)
        .map((row) => ["seed_idx", "en", "pt", "eta", "phi", "n_tc"].map((name) => Number(row[name])))
        .toSorted((a, b) => a[0] - b[0]),
    ).toEqual(clusters);
    await page.evaluate(() => (location.hash = "sample=photons&event=2&mip=0"));
    await eventually(() => quads(page)).toBe(rows.length);
    const all = rowsOf((await save(page, "CSV of the cells")).bytes);
    for (const [seed, , , , , nTc] of clusters) {
      expect(all.filter((row) => row["seed_default"] === String(seed)).length).toBe(nTc);
    }
    await page.keyboard.press("h");
    await eventually(() => quads(page)).toBe(42 * 216);
    const bins = rowsOf((await save(page, "CSV of the bins")).bytes);
    expect(bins.length).toBe(42 * 216);
    const sum = (name: string): number => bins.reduce((total, row) => total + Number(row[name]), 0);
    expect(sum("n_tc")).toBeGreaterThan(0.9 * rows.length);
    expect(bins.filter(({ seed }) => seed !== "-1").length).toBe(clusters.length);
    await page.evaluate(() => (location.hash = "sample=photons&event=2&view=coarse&chain=cs"));
    await settled(page, 2, "cs");
    await eventually(() => page.locator(".picture canvas").count()).toBe(2);
    const shown = [(await save(page, "CSV of the wafers")).bytes, (await save(page, "CSV of the (U, V) map")).bytes];
    expect(shown.map((bytes) => rowsOf(bytes).length).reduce((a, b) => a + b)).toBe(await quads(page));
    expect(site.complaints).toEqual([]);
  });

  test("event JSON, Phoenix JSON and glTF have the clusters and cells of the page, also without a network", async () => {
    const page = await site.open("sample=photons&event=2&view=detector&from=3&to=30&mip=1", {});
    await settled(page, 2);
    await page.waitForFunction(() => performance.getEntriesByType("resource").some(({ name }) => /gltf/.test(name)));
    await page.waitForSelector("[data-offline=ready]");
    await page.context().setOffline(true);
    const clusters = await clustersOf(page);
    const { name, bytes } = await save(page, "Event JSON");
    expect(name).toBe("bye-splits-event2.json");
    const json = JSON.parse(bytes.toString()) as {
      source: Record<string, string>;
      chains: Record<string, { clusters: Record<string, number>[]; assignment: number[] }>;
    };
    expect(json.source).toMatchObject({ name: "photons", program: expect.stringMatching(/^bye-splits \d/) as string });
    const { clusters: inJson, assignment } = json.chains["default"];
    expect(
      inJson
        .map(({ seed, energy, pt, eta, phi, nTc }) => [seed, energy, pt, eta, phi, nTc])
        .toSorted((a, b) => a[0] - b[0]),
    ).toEqual(clusters);
    const phoenix = PHOENIX_FORMAT.parse(JSON.parse((await save(page, "Phoenix JSON")).bytes.toString()));
    const event = phoenix["event 2"];
    expect(event.about).toBe("photons, fast simulation: photons, pile-up 10, seed 3, endcap +");
    expect(event.CaloClusters?.["default clusters"].length).toBe(clusters.length);
    expect(event.Hits?.["Trigger cells"].length).toBe(assignment.length);
    const glb = (await save(page, "glTF")).bytes;
    const { scene } = await new GLTFLoader().parseAsync(
      glb.buffer.slice(glb.byteOffset, glb.byteOffset + glb.byteLength) as ArrayBuffer,
      "",
    );
    let cells = 0;
    scene.traverse((object) => {
      if (object instanceof InstancedMesh) cells += object.count;
    });
    expect(cells).toBeGreaterThan(50);
    expect(cells).toBe(await quads(page));
    expect(site.complaints).toEqual([]);
  });

  longTest("the keyboard opens the menu, moves in it and closes it; what is picked stays", async () => {
    const page = await site.open("sample=photons&event=2&pick=seed:0");
    await settled(page, 2);
    await page.getByRole("button", { name: "export", exact: true }).focus();
    await page.keyboard.press("Enter");
    await page.locator(".export-menu:popover-open").waitFor();
    const focused = () => page.evaluate(() => document.activeElement?.textContent ?? "");
    await page.keyboard.press("ArrowDown");
    expect(await focused()).toBe("1×");
    await page.keyboard.press("ArrowUp");
    expect(await focused()).toContain("glTF");
    await page.keyboard.press("Escape");
    await page.locator(".export-menu:popover-open").waitFor({ state: "detached" });
    expect(await focused()).toBe("export");
    expect(page.url()).toContain("pick=seed:0");
    expect(page.url()).not.toContain("layer=");
    await page.keyboard.press("Escape");
    await eventually(() => page.url()).not.toContain("pick");
  });

  longTest("what cannot be written says so in the menu", async () => {
    const page = await site.open("sample=photons&event=2");
    await settled(page, 2);
    await page.keyboard.press("u");
    await page.locator(".coarse-switch").waitFor();
    await openMenu(page);
    await page.getByRole("button", { name: "PNG, 1 times" }).click();
    await eventually(() => page.locator(".export-menu [role=alert]").textContent()).toBe(
      "the PNG cannot be written: There is no picture in this view yet",
    );
  });

  test.each(
    some(
      [
        { name: "desktop, light", options: {} },
        { name: "desktop, dark", options: { colorScheme: "dark" } },
        { name: "phone", options: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true } },
      ] as const,
      0,
    ),
  )("axe finds nothing serious in the open menu, which fits the page: $name", async ({ options }) => {
    const page = await site.open("", options);
    await openMenu(page);
    expect(await seriousViolations(page)).toEqual([]);
    const box = await page.locator(".export-menu").boundingBox();
    const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
    expect(box).not.toBeNull();
    expect((box?.x ?? -1) >= 0 && (box?.x ?? 0) + (box?.width ?? 0) <= width).toBe(true);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(height);
    expect(site.complaints).toEqual([]);
  });
});
