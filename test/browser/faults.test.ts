import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { clustersOf, eventually, hasChromium, run, settled, type Site, startSite } from "./browser.js";

describe.skipIf(!hasChromium)("event display: files and faults [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite((folder) => {
      const events = ["--particles", "electrons", "--events", "12", "--seed", "5"];
      run("simulate", ...events, "--out", join(folder, "electrons"), "--root", join(folder, "electrons.root"));
      run("simulate", ...events, "--out", join(folder, "gone"));
    });
  }, 60_000);
  afterAll(() => site?.close());

  test("an event that is not there", async () => {
    const page = await site.open("event=999999");
    await eventually(() => page.locator(".problem").textContent()).toContain("embedded sample has no event 999999");
    const before = page.url();
    await page.getByLabel("Event number").fill("888888");
    await page.getByLabel("Event number").press("Enter");
    await eventually(() => page.locator(".problem").textContent()).toContain("no event 888888; it has");
    expect(page.url()).toBe(before);
  });

  test("a parameter that cannot work: the last good picture stays", async () => {
    const page = await site.open();
    const clusters = await clustersOf(page);
    await page.getByLabel("threshold [mip_T]", { exact: true }).fill("many");
    await page.getByLabel("threshold [mip_T]", { exact: true }).press("Enter");
    await eventually(() => page.locator(".panel .field-error").textContent()).toContain('"many" is not a number');
    expect(await clustersOf(page)).toEqual(clusters);
  });

  test("a sample that is deleted while it is open", async () => {
    const page = await site.open("sample=gone");
    await page.waitForSelector("[data-offline=ready]");
    rmSync(join(site.folder, "gone"), { recursive: true });
    await page.reload();
    await eventually(() => page.locator(".problem").textContent()).toMatch(/^Cannot open gone: .*is not a sample/);
    await page.getByLabel("Sample", { exact: true }).selectOption("embedded");
    await page.waitForSelector(".picture canvas:not([data-quads='0'])");
    await eventually(() => page.locator(".problem").count()).toBe(0);
  });

  test("a lost graphics context says so and comes back", async () => {
    const page = await site.open();
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".picture canvas");
      const extension = canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context");
      extension?.loseContext();
      setTimeout(() => extension?.restoreContext(), 800);
    });
    await eventually(() => page.locator(".notice").textContent()).toContain("The graphics context was lost");
    await eventually(() => page.locator(".notice").count()).toBe(0);
    expect((await clustersOf(page)).length).toBe(2);
  });

  test("a ROOT ntuple dropped with the server stopped gives the clusters of its sample", async () => {
    const page = await site.open("sample=electrons");
    await page.waitForSelector("[data-offline=ready]", { timeout: 20_000 });
    const event = Number(await page.getByLabel("Event number").inputValue());
    await settled(page, event);
    const want = await clustersOf(page);
    const bytes = readFileSync(join(site.folder, "electrons.root"));
    const truncated = join(site.folder, "truncated.root");
    writeFileSync(truncated, bytes.subarray(0, bytes.length / 2));
    await site.stopServer();

    // As a real drop: an event with a DataTransfer.
    const transfer = await page.evaluateHandle((content) => {
      const data = new DataTransfer();
      const file = Uint8Array.from(atob(content), (char) => char.charCodeAt(0));
      data.items.add(new File([file], "electrons.root"));
      return data;
    }, bytes.toString("base64"));
    await page.dispatchEvent(".picture canvas", "drop", { dataTransfer: transfer });
    await eventually(() => page.locator(".status").textContent()).toContain("ROOT ntuple: electrons");
    await settled(page, event);
    expect(await clustersOf(page)).toEqual(want);
    await eventually(() => page.locator(".count").textContent()).toMatch(/^(\d+) of \1, /);

    await page.getByLabel("Open files").setInputFiles(truncated);
    await eventually(() => page.locator(".problem").textContent()).toContain("truncated.root is truncated");
    expect(await clustersOf(page)).toEqual(want);
  });

  test("nothing went wrong but what was made to", () => {
    expect(site.complaints.filter((text) => !/404|WebGL|CONTEXT_LOST|Context (Lost|Restored)/i.test(text))).toEqual([]);
  });
});
