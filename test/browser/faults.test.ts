import { cpSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
  clustersOf,
  eventually,
  hasChromium,
  longTest,
  pixelsThatDiffer,
  run,
  settled,
  type Site,
  some,
  startSite,
} from "./browser.js";

describe.skipIf(!hasChromium)("event display: files and faults [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const events = ["--particles", "electrons", "--events", "12", "--seed", "5"];
      await run("simulate", ...events, "--out", join(folder, "electrons"), "--root", join(folder, "electrons.root"));
      await run("simulate", ...events, "--out", join(folder, "gone"));
      // Of two row groups: the second is read when its first event is.
      const many = ["--particles", "photons", "--pileup", "100", "--events", "9"];
      await run("simulate", ...many, "--out", join(folder, "going"));
      for (const copy of ["changing", "damaged", "away"]) {
        cpSync(join(folder, "going"), join(folder, copy), { recursive: true });
      }
      const tc = join(folder, "damaged/tc.parquet");
      const bytes = readFileSync(tc);
      bytes.fill(0x55, Math.floor(bytes.length * 0.2), Math.floor(bytes.length * 0.3));
      writeFileSync(tc, bytes);
    });
  }, 60_000);
  afterAll(() => site?.close());

  test("an event that is not there", async () => {
    const page = await site.open("event=1");
    await settled(page, 1);
    await eventually(() => page.url()).toContain("entry=");
    const before = page.url();
    await page.getByLabel("Event number").fill("888888");
    await page.getByLabel("Event number").press("Enter");
    await eventually(() => page.locator(".problem").textContent()).toContain("no event 888888; it has");
    expect(page.url()).toBe(before);
  });

  longTest("a parameter that cannot work: the last good picture stays", async () => {
    const page = await site.open();
    const clusters = await clustersOf(page);
    await page.getByLabel("threshold [mip_T]", { exact: true }).fill("many");
    await page.getByLabel("threshold [mip_T]", { exact: true }).press("Enter");
    await eventually(() => page.locator(".panel .field-error").textContent()).toContain('"many" is not a number');
    expect(await clustersOf(page)).toEqual(clusters);
  });

  longTest("a sample that is deleted before it is opened", async () => {
    const page = await site.open("sample=gone");
    await page.waitForSelector("[data-offline=ready]");
    rmSync(join(site.folder, "gone"), { recursive: true });
    await page.reload();
    await eventually(() => page.locator(".problem").textContent()).toMatch(/^Cannot open gone: .*is not a sample/);
    await page.getByLabel("Sample", { exact: true }).selectOption("embedded");
    await page.waitForSelector(".picture canvas:not([data-quads='0'])");
    await eventually(() => page.locator(".problem").count()).toBe(0);
  });

  test.each(
    some(
      [
        {
          name: "deleted",
          sample: "going",
          act: (folder: string) => rmSync(folder, { recursive: true }),
          message: "going/tc.parquet: the file is no longer there",
        },
        {
          name: "replaced",
          sample: "changing",
          act: (folder: string) => cpSync(join(folder, "../electrons/tc.parquet"), join(folder, "tc.parquet")),
          message: "changing/tc.parquet: the file has changed since it was opened; open the sample again",
        },
      ],
      0,
    ),
  )("a sample that is $name while it is open: the last good picture stays", async ({ sample, act, message }) => {
    const page = await site.open(`sample=${sample}&event=1`);
    await settled(page, 1);
    await eventually(() => page.locator(".count").textContent()).toMatch(/^9 of 9, /);
    const want = await clustersOf(page);
    act(join(site.folder, sample));
    await page.getByLabel("Event number").fill("9");
    await page.getByLabel("Event number").press("Enter");
    await eventually(() => page.locator(".problem").textContent()).toBe(`Event 9 cannot be shown: ${message}×`);
    expect(await clustersOf(page)).toEqual(want);
    expect(await page.locator(".picture canvas").getAttribute("aria-label")).toContain("Event 1:");
    // What was read stays, and the parameters go on to work.
    await page.getByLabel("Event number").fill("2");
    await page.getByLabel("Event number").press("Enter");
    await settled(page, 2);
    await eventually(() => page.locator(".problem").count()).toBe(0);
    await page.keyboard.press("Escape");
    await page.locator(".sentence").click();
    await page.keyboard.press("]");
    await settled(page, 2, "default", { "seed.window": "2" });
  });

  longTest("a file of a sample that is damaged: the others can be opened", async () => {
    const page = await site.open("event=1");
    await settled(page, 1);
    await page.getByLabel("Sample", { exact: true }).selectOption("damaged");
    await eventually(() => page.locator(".problem").textContent()).toMatch(
      /^Event 1 cannot be shown: damaged\/tc\.parquet: column "\w+" of row group 0 cannot be read .*: the file is corrupt/,
    );
    await page.getByLabel("Sample", { exact: true }).selectOption("electrons");
    await eventually(() => page.locator(".problem").count()).toBe(0);
    await eventually(() => page.locator(".facts-line").textContent()).toContain("gen electron");
  });

  longTest("a lost graphics context says so and comes back", async () => {
    const page = await site.open();
    await page.waitForSelector("[data-offline=ready]");
    // The canvas alone: without what is above it.
    const shot = async (): Promise<string> => {
      await page.evaluate(() => document.querySelector(".overlay")?.setAttribute("style", "visibility: hidden"));
      await page.waitForTimeout(300);
      return (await page.locator(".picture").screenshot()).toString("base64");
    };
    const before = await shot();
    await page.evaluate(() => {
      const canvas = document.querySelector<HTMLCanvasElement>(".picture canvas");
      const extension = canvas?.getContext("webgl2")?.getExtension("WEBGL_lose_context");
      extension?.loseContext();
      setTimeout(() => extension?.restoreContext(), 800);
    });
    await eventually(() => page.locator(".notice").textContent()).toContain("The graphics context was lost");
    await eventually(() => page.locator(".notice").count()).toBe(0);
    expect((await clustersOf(page)).length).toBe(2);
    expect(await pixelsThatDiffer(page, before, await shot())).toBeLessThan(0.001);
  });

  longTest("a ROOT ntuple dropped with the server stopped gives the clusters of its sample", async () => {
    const page = await site.open("sample=electrons", {});
    await page.waitForSelector("[data-offline=ready]", { timeout: 20_000 });
    const event = Number(await page.getByLabel("Event number").inputValue());
    await settled(page, event);
    const want = await clustersOf(page);
    const away = await site.open("sample=away&event=1");
    await settled(away, 1);
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

    // What was not read yet needs the server.
    await away.getByLabel("Event number").fill("9");
    await away.getByLabel("Event number").press("Enter");
    await eventually(() => away.locator(".problem").textContent()).toMatch(
      /^Event 9 cannot be shown: the server does not answer .*: is it still running\?/,
    );
  });

  test("nothing went wrong but what was made to", () => {
    expect(
      site.complaints.filter(
        (text) => !/404|CONNECTION_REFUSED|WebGL|CONTEXT_LOST|Context (Lost|Restored)/i.test(text),
      ),
    ).toEqual([]);
  });
});
