/// <reference lib="dom" />
/// <reference lib="dom.iterable" />
/** The report in a real browser: it opens offline and quietly, nothing overlaps, nothing is empty, its controls work. */
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { runCli } from "../cli.js";
import { createFigure, reportHtml } from "../../src/plots/index.js";
import { connectChromium, hasChromium } from "./browser.js";

describe.skipIf(!hasChromium)("the report [needs chromium]", () => {
  let folder = "";
  let browser: Browser;
  let page: Page;
  const noise: string[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bye-splits-report-"));
    const run = async (...args: string[]) =>
      expect(await runCli([...args, "--quiet"], folder)).toMatchObject({ status: 0 });
    await run("simulate", "--particles", "photons", "--events", "200", "--seed", "2", "--out", "sample");
    await run("run", "both", "--in", "sample", "--out", "wide");
    await run("run", "default", "--in", "sample", "--out", "narrow", "--radius", "0.015");
    await run("report", "wide", "narrow", "--out", "report.html");
    browser = await connectChromium();
    page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    page.on("console", (message) => noise.push(message.text()));
    page.on("pageerror", (error) => noise.push(String(error)));
    page.on("request", (request) => {
      if (!request.url().startsWith("file:")) noise.push(request.url());
    });
    await page.goto(pathToFileURL(join(folder, "report.html")).href);
  }, 120_000);

  afterAll(async () => {
    await browser?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test("is one file below 8 MB that asks for nothing and complains about nothing", () => {
    expect(statSync(join(folder, "report.html")).size).toBeLessThan(8e6);
    expect(noise).toEqual([]);
  });

  test.each([1440, 400])("no two texts of a plot overlap at %d px", async (width) => {
    await page.setViewportSize({ width, height: 900 });
    const overlaps = await page.evaluate(() => {
      const found: string[] = [];
      for (const svg of document.querySelectorAll("figure svg")) {
        const texts = [...svg.querySelectorAll("text")].map((text) => ({
          text: text.textContent,
          box: text.getBoundingClientRect(),
        }));
        for (const [i, a] of texts.entries()) {
          for (const b of texts.slice(i + 1)) {
            const dx = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
            const dy = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
            // Boxes of lines of text include the leading: they may touch.
            if (dx > 1 && dy > 3) found.push(`${svg.closest("figure")?.id}: "${a.text}" and "${b.text}"`);
          }
        }
      }
      return found;
    });
    expect(overlaps).toEqual([]);
  });

  test("every figure draws data, and has its SVG and CSV", async () => {
    const figures = await page.evaluate(() =>
      [...document.querySelectorAll("figure")].map((figure) => ({
        title: figure.querySelector("text")?.textContent ?? "",
        marks: figure.querySelectorAll("svg path, svg rect, svg circle, svg polygon, svg line").length,
        buttons: [...figure.querySelectorAll("button")].map((button) => button.textContent),
      })),
    );
    expect(figures.length).toBeGreaterThan(50);
    expect(figures.filter(({ marks }) => marks < 5)).toEqual([]);
    expect(figures.filter(({ buttons }) => !buttons.includes("SVG") || !buttons.includes("CSV"))).toEqual([]);
  });

  test("a click on the legend hides a curve, CSV can be downloaded", async () => {
    await page.setViewportSize({ width: 1440, height: 900 });
    const toggle = page.locator("figure [data-toggle]").first();
    const before = await page.locator("figure").first().screenshot();
    await toggle.click();
    const after = await page.locator("figure").first().screenshot();
    expect(after.equals(before)).toBe(false);
    await toggle.click();
    const download = page.waitForEvent("download");
    await page.locator("figure").first().getByRole("button", { name: "CSV" }).click();
    expect((await download).suggestedFilename()).toMatch(/\.csv$/);
  });

  test("values stand beside the pointer, of marks and of cells of a map; keys switch curves", async () => {
    const words = async (selector: string): Promise<string> => {
      await page.locator(selector).first().hover();
      return page.locator("#card").innerText();
    };
    const figure = "figure:has([data-toggle]):has([data-series] circle)";
    expect(await words(`${figure} [data-series] circle`)).toMatch(/: -?[\d.]+/);
    expect(await words("figure [data-map]")).toMatch(/ against .*\n[\d.]+$/s);
    await page.mouse.move(0, 0);
    expect(await page.locator("#card").isVisible()).toBe(false);
    const entry = page.locator("figure [data-toggle]").first();
    await entry.focus();
    for (const isOn of ["false", "true"]) {
      await page.keyboard.press("Enter");
      expect(await entry.getAttribute("aria-checked")).toBe(isOn);
    }
  });

  test("a slider shows the figures of its position, and says which it is", async () => {
    const figure = (step: number) =>
      createFigure(
        {
          id: `at-${step}`,
          title: `figure ${step}`,
          notes: [],
          panels: [
            {
              x: { label: "x" },
              y: { label: "y" },
              series: [{ color: "blue", marks: [{ kind: "points", x: [1], y: [step] }] }],
            },
          ],
        },
        step,
      );
    const slider = { label: "parameter", steps: ["0", "0.5", '"1"'] };
    const figures = [0, 1, 2].map(figure);
    const html = reportHtml({ title: "slider", about: [] }, [
      { id: "page", title: "Page", intro: "", figures, slider },
    ]);
    writeFileSync(join(folder, "slider.html"), html);
    const own = await browser.newPage();
    await own.goto(pathToFileURL(join(folder, "slider.html")).href);
    const shown = async () => [
      await own.locator("output").textContent(),
      ...(await own.locator("figure:visible").evaluateAll((list) => list.map(({ id }) => id))),
    ];
    expect(await shown()).toEqual(["0", "at-0"]);
    await own.getByLabel("parameter").focus();
    await own.keyboard.press("End");
    expect(await shown()).toEqual(['"1"', "at-2"]);
    expect(await own.getByLabel("parameter").getAttribute("aria-valuetext")).toBe('"1"');
    await own.keyboard.press("ArrowLeft");
    expect(await shown()).toEqual(["0.5", "at-1"]);
    await own.close();
  });
});
