/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The pages of studies in a real browser: they open quietly, links restore them, steps fetch nothing, and what happens to a folder is said. */
import { cpSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type Locator, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, hasChromium, isLong, longTest, run, seriousViolations, type Site, startSite } from "./browser.js";

const PHONE = { viewport: { width: 390, height: 844 } };
const DARK = { colorScheme: "dark" } as const;

/** What the page shows, its controls aside. */
const shownBy = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const html = (selector: string): string => document.querySelector(selector)?.innerHTML ?? "";
    const root = document.documentElement.cloneNode(false) as HTMLElement;
    const buttons = [...document.querySelectorAll(".studies > header button")].map(({ textContent }) => textContent);
    const { className = "" } = document.querySelector(".studies") ?? {};
    return [root.outerHTML, className, ...buttons, html("main.plots"), html(".numbers-rail")].join("\n");
  });

/** Uses a control; the answer undoes what no link says. */
async function change(control: Locator): Promise<() => Promise<void>> {
  const kind = await control.evaluate((element) => (element as HTMLInputElement).type ?? element.tagName);
  if (kind === "select-one") {
    const values = await control
      .locator("option")
      .evaluateAll((all) => all.map((each) => (each as HTMLOptionElement).value));
    const now = await control.inputValue();
    const undo = async (): Promise<void> => void (await control.selectOption(now));
    await control.selectOption(values.at(-1) === now ? values[0] : (values.at(-1) ?? ""));
    return undo;
  }
  if (kind === "range") {
    await control.press((await control.inputValue()) === "0" ? "End" : "Home");
    return async () => undefined;
  }
  if (kind === "number") {
    const label = (await control.getAttribute("aria-label")) ?? "bins";
    await control.fill(label.includes("η") ? "2.2" : label.includes("pT") ? "30" : "20");
    return async () => undefined;
  }
  await control.click();
  return async () => {
    const isPressed = await control.getAttribute("aria-pressed");
    if (isPressed !== null || kind === "SUMMARY") await control.click();
  };
}

describe.skipIf(!hasChromium)("pages of studies [needs chromium]", () => {
  let site: Site;

  beforeAll(async () => {
    site = await startSite(async (folder) => {
      const at = (name: string): string => join(folder, name);
      const photons = ["--particles", "photons", "--events", "50", "--pileup", "10", "--seed", "3"];
      const moved = ["--region", "MaxShower", "--parameters", "0.5,1"];
      await run("simulate", ...photons, "--out", at("ph"));
      await run("study", "radius", "--in", at("ph"), "--radii", "0.01,0.02,0.03", "--out", at("radius"));
      await run("study", "scan", "--in", at("ph"), "--set", "seed.window=1,2", "--out", at("scan"));
      if (isLong) await run("study", "phi-bins", "--in", at("ph"), ...moved, "--out", at("phi"));
      cpSync(at("radius"), at("other"), { recursive: true });
    });
  }, 120_000);
  afterAll(async () => site?.close());

  /** Waits until a page is drawn with its intervals. */
  const shown = (page: Page, wanted: RegExp) =>
    eventually(() => page.locator("main.plots").getAttribute("data-shown")).toMatch(wanted);

  longTest(
    "every page, dark and on a phone: no complaint, nothing that axe calls serious, nothing wider than the page",
    async () => {
      for (const [study, pages] of [
        ["radius", 6],
        ["scan", 1],
        ["phi", 3],
      ] as const) {
        for (const options of [PHONE, DARK]) {
          const page = await site.open(`page=studies&studies.study=${study}`, options);
          await eventually(() => page.locator("nav.pages button").count()).toBe(pages);
          for (let k = 0; k < pages; k++) {
            await page.locator("nav.pages button").nth(k).click();
            await eventually(() => page.locator("nav.pages button[aria-current] small").count()).toBe(1);
            expect(await page.locator(".plot svg").count(), `${study}, page ${k}`).toBeGreaterThan(0);
            const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            expect(overflow, `${study}, page ${k}`).toBeLessThanOrEqual(0);
            expect(await seriousViolations(page), `${study}, page ${k}`).toEqual([]);
          }
        }
      }
      expect(site.complaints.splice(0)).toEqual([]);
    },
  );

  test("a link restores page, radius, ranges and what is hidden; a step of the slider fetches nothing", async () => {
    const page = await site.open("page=studies&studies.study=radius&studies.page=resolution");
    await shown(page, /^resolution [\d.]+ true$/);
    await page.getByLabel("pT [GeV] from").fill("20");
    // Energies are read when they are asked for first.
    const before = await page.locator(".plot-grid").innerHTML();
    await page.getByLabel("Variable").selectOption("energy");
    await eventually(() => page.locator(".plot-grid").innerHTML()).not.toBe(before);
    await shown(page, /^resolution [\d.]+ true$/);
    const requests: string[] = [];
    page.on("request", (request) => {
      // What is loaded beforehand comes when it may, once.
      if (!request.url().includes("/assets/")) requests.push(request.url());
    });
    await page.getByLabel("Radius", { exact: true }).fill("0");
    await shown(page, /^resolution 0.01 true$/);
    await page.getByLabel("Radius", { exact: true }).press("ArrowRight");
    await shown(page, /^resolution 0.02 true$/);
    expect(requests).toEqual([]);
    await eventually(() => page.url()).toContain("studies.radius=0.02");
    const plots = await page.locator(".plot-grid").innerHTML();
    const again = await site.open(new URL(page.url()).hash.slice(1));
    await shown(again, /^resolution 0.02 true$/);
    expect(await again.locator(".plot-grid").innerHTML()).toBe(plots);
    expect(await again.getByLabel("pT [GeV] from").inputValue()).toBe("20");
    expect(await seriousViolations(again)).toEqual([]);
    expect(site.complaints.splice(0)).toEqual([]);
  });

  longTest("every control of every page changes something, or says why it cannot", async () => {
    for (const study of ["radius", "scan", "phi"]) {
      const hash = `page=studies&studies.study=${study}`;
      const page = await site.open(hash, { permissions: ["clipboard-read", "clipboard-write"] });
      const pages = page.locator("nav.pages button");
      await eventually(() => pages.count()).toBeGreaterThan(0);
      for (let k = 0; k < (await pages.count()); k++) {
        const name = await pages.nth(k).innerText();
        await pages.nth(k).click();
        await eventually(() => pages.nth(k).locator("small").count()).toBe(1);
        await eventually(() => page.url()).toContain(`studies.study=${study}`);
        await page.waitForTimeout(250);
        const link = await page.evaluate(() => location.hash);
        // What one does with a plot is the same for all of them.
        const parts = ["header.bar", ".selection-bar", ".plot:first-child", ".plots > :not(.plot-grid)"];
        const tags = ["button", "select", "input", "summary"];
        const controls = page.locator(parts.flatMap((part) => tags.map((tag) => `${part} ${tag}:visible`)).join());
        expect(await controls.count(), `${study}, ${name}`).toBeGreaterThan(5);
        for (let i = 0; i < (await controls.count()); i++) {
          const control = controls.nth(i);
          // Those lead elsewhere: other tests go there.
          if (await control.evaluate((element) => element.matches(".choice *, [aria-label=Study]"))) continue;
          const what = `${study}, ${name}: ${await control.evaluate(({ outerHTML }) => outerHTML.slice(0, 150))}`;
          if (await control.isDisabled()) {
            expect((await control.getAttribute("title")) ?? "", what).not.toBe("");
            continue;
          }
          await shown(page, / true$/);
          const before = await shownBy(page);
          let isSaved = false;
          page.once("download", () => (isSaved = true));
          const restore = await change(control);
          await eventually(async () => isSaved || (await shownBy(page)) !== before, what).toBe(true);
          await restore();
          // The address follows with a delay.
          await page.waitForTimeout(250);
          await page.evaluate((to) => (location.hash = to), link);
          await eventually(() => shownBy(page), what).toBe(before);
        }
      }
    }
    expect(site.complaints.splice(0)).toEqual([]);
  });

  longTest(
    "from a page to an event behind it in the display, with the same radius, and back to the page as it was",
    async () => {
      const page = await site.open("page=studies&studies.study=radius&studies.page=resolution&studies.radius=0.02", {});
      page.setDefaultTimeout(15_000);
      await shown(page, /^resolution 0.02 true$/);
      await page.locator(".behind summary").click();
      await page.locator(".behind a").first().click();
      await eventually(() => page.url()).toMatch(/sample=ph&entry=\d+.*radius=0\.02/);
      await eventually(() => page.locator("tr[data-cluster]").count()).toBeGreaterThan(0);
      await page.goBack();
      await shown(page, /^resolution 0.02 true$/);
      expect(site.complaints.splice(0)).toEqual([]);
    },
  );

  longTest(
    "a sample without a study: as set and at many radii; a bin that is clicked lists its particles, one is shown, and back; a point is kept, and is there after a reload",
    async () => {
      const page = await site.open(
        "page=studies&studies.study=live: ph&studies.page=efficiency&n=100&seed.window=2",
        {},
      );
      page.setDefaultTimeout(15_000);
      const done = () => eventually(() => page.locator(".live-bar").getAttribute("data-live")).toBe("done 50");
      await done();
      await shown(page, /^efficiency NaN true$/);
      await page.getByRole("button", { name: "scan radii" }).click();
      await shown(page, /^efficiency [\d.]+ true$/);
      await done();
      expect(await page.locator("#plot-efficiency-radius svg").count()).toBe(1);
      expect(await seriousViolations(page)).toEqual([]);

      const box = await page.locator("#plot-efficiency-gen-pt svg").boundingBox();
      if (box === null) throw new Error("the plot is not there");
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await eventually(() => page.locator(".behind summary").innerText()).toMatch(/^\d+ particles? with generated pT/);
      await eventually(() => page.url()).toMatch(/studies\.bin=gen_pt:/);
      await page.locator(".behind a").first().click();
      await eventually(() => page.url()).toMatch(/sample=ph&entry=\d+.*seed\.window=2.*radius=/);
      await eventually(() => page.locator("tr[data-cluster]").count()).toBeGreaterThan(0);
      await page.goBack();
      await eventually(() => page.locator(".behind summary").innerText()).toMatch(/^\d+ particles? with generated pT/);

      await page.getByRole("button", { name: "Event", exact: true }).click();
      const keep = page.getByRole("button", { name: "keep this point" });
      await keep.click();
      await page.getByRole("button", { name: "compare 1 kept" }).click();
      await shown(page, /^scan-0 NaN true$/);
      // The address follows with a delay.
      await eventually(() => page.url()).toMatch(/page=studies.*studies\.study=kept/);
      await page.reload();
      await shown(page, /^scan-0 NaN true$/);
      expect(await page.locator(".data-table tbody tr").count()).toBe(1);
      expect(site.complaints.splice(0)).toEqual([]);
    },
  );

  test("the keyboard keeps its place from page to page, and what cannot be opened leaves the list to choose from", async () => {
    const page = await site.open("page=studies&eta=9:1");
    const focused = () => page.evaluate(() => document.activeElement?.textContent?.trim() ?? "");
    await eventually(() => page.locator(".note").innerText()).toContain("eta=9:1 (left out)");
    await page.locator(".study-list button", { hasText: /^radius$/ }).press("Enter");
    await shown(page, /^efficiency [\d.]+ /);
    await eventually(focused).toMatch(/^Efficiency/);
    await page.evaluate(() => (location.hash = "page=studies"));
    await eventually(focused).toBe("radius");
    await page.evaluate(() => (location.hash = "page=studies&studies.study=nowhere&studies.page=moon"));
    await eventually(() => page.getByRole("alert").innerText()).toContain("nowhere");
    expect(await page.locator(".study-list li").count()).toBeGreaterThan(3);
    await eventually(focused).toBe("try again");
    await page.locator(".study-list button", { hasText: /^scan$/ }).press("Enter");
    await shown(page, /^scan-0 /);
    for (const name of ["Event", "Studies"]) {
      await page.getByRole("button", { name, exact: true }).press("Enter");
      await eventually(focused, name).toBe(name);
    }
    expect(site.complaints.splice(0).filter((each) => !each.includes("404"))).toEqual([]);
  });

  test("a study that is replaced or deleted while it is open: a message, and the page goes on", async () => {
    const where = join(site.folder, "other");
    // Clusters are read when a page asks for them, which resolution does not.
    const page = await site.open("page=studies&studies.study=other&studies.page=resolution");
    await shown(page, /^resolution [\d.]+ true$/);
    await run("study", "radius", "--in", join(site.folder, "ph"), "--radii", "0.01,0.04", "--out", `${where}-new`);
    renameSync(where, `${where}-old`);
    renameSync(`${where}-new`, where);
    await page.getByRole("button", { name: "Spectra and pile-up" }).click();
    await eventually(() => page.getByRole("alert").innerText()).toMatch(/was replaced|changed since it was opened/);
    // What is in the page is still there, and goes on.
    await page.getByRole("button", { name: "Splits" }).click();
    await shown(page, /^splits [\d.]+ true$/);
    await page.getByRole("button", { name: "Spectra and pile-up" }).click();
    await page.getByRole("button", { name: "try again" }).click();
    await shown(page, /^spectra 0.0[14] /);
    await page.getByRole("button", { name: "Resolution" }).click();
    await shown(page, /^resolution [\d.]+ true$/);

    rmSync(where, { recursive: true });
    const study = page.getByLabel("Study", { exact: true });
    await study.selectOption("scan");
    await shown(page, /^scan-0 /);
    await study.selectOption("other");
    await eventually(() => page.getByRole("alert").innerText()).toMatch(/other.*(is no study|study\.json|not)/);
    await study.selectOption("radius");
    await shown(page, /^efficiency [\d.]+ /);
    expect(await page.getByRole("alert").count()).toBe(0);
    // The browser itself says what the server did not have.
    expect(site.complaints.splice(0).filter((each) => !each.includes("404"))).toEqual([]);
  });
});
