import { type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, hasChromium, longTest, seriousViolations, type Site, startSite } from "./browser.js";

describe.skipIf(!hasChromium)("guided tour [needs chromium]", () => {
  let site: Site;
  beforeAll(async () => {
    site = await startSite();
  });
  afterAll(() => site?.close());

  const step = (page: Page, n: number): Promise<unknown> => page.waitForSelector(`.tour[data-step='${n}']`);

  test("five steps on the prepared event: what is said is what is seen", async () => {
    const page = await site.open("event=5&view=detector");
    await page.getByRole("button", { name: "tour" }).click();
    await step(page, 1);
    await eventually(() => page.getByLabel("Event number").inputValue()).not.toBe("5");
    const text = (): Promise<string | null> => page.locator(".tour p").textContent();
    await eventually(text).toMatch(/photon with pT [\d.]+ GeV .* \d+ trigger cells/);
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe("A photon, as the trigger sees it");
    for (const [n, name] of [
      [2, "1 filled"],
      [3, "2 smoothed"],
      [4, "3 seeds"],
    ] as const) {
      await page.getByRole("button", { name: "next", exact: true }).click();
      await step(page, n);
      await eventually(() => page.getByRole("button", { name }).getAttribute("aria-pressed")).toBe("true");
    }
    expect(await text()).toMatch(/has 2, marked by triangles\. Between .* the energy dips to/);
    expect(await page.locator(".overlay .seed").count()).toBe(2);
    await page.getByRole("button", { name: "next", exact: true }).click();
    await step(page, 5);
    await eventually(() => page.locator(".clusters[data-side=A] tr[data-cluster]").count()).toBe(2);
    await eventually(() => page.locator(".clusters[data-side=B] tr[data-cluster]").count()).toBe(1);
    expect(Number((await page.locator(".differences h2 small").textContent())?.split(" ")[0])).toBeGreaterThan(10);
    await page.getByRole("button", { name: "end", exact: true }).click();
    await eventually(() => page.locator(".tour").count()).toBe(0);
    expect(site.complaints).toEqual([]);
  });

  longTest("can be left at any step, and a link leads back to it", async () => {
    const page = await site.open();
    await page.getByRole("button", { name: "tour" }).click();
    await page.getByRole("button", { name: "next", exact: true }).click();
    await eventually(() => page.url()).toContain("tour=2");
    const link = new URL(page.url()).hash.slice(1);
    await page.keyboard.press("Escape");
    await eventually(() => page.locator(".tour").count()).toBe(0);
    const other = await site.open(link, { viewport: { width: 390, height: 844 } });
    await step(other, 2);
    const box = await other.locator(".tour").boundingBox();
    expect(box?.width).toBeLessThanOrEqual(390);
    const picture = await other.locator(".picture").boundingBox();
    expect(picture?.height).toBeGreaterThan(200);
    expect(await seriousViolations(other)).toEqual([]);
  });
});
