/** A chain is one file and one row: a copy of the program gets a third one and has it everywhere. */
import { execFileSync, spawn } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { eventually, connectChromium, hasChromium } from "../browser/browser.js";
import { root } from "../cli.js";

/** The chain of docs/new-chain.md: one seed, at the trigger cell of largest mipPt. */
const FILE = /```ts\n([^]*?)```/.exec(readFileSync(join(root, "docs/new-chain.md"), "utf8"))?.[1] ?? "";

describe("a third chain", () => {
  let copy: string;
  beforeAll(() => {
    copy = mkdtempSync(join(tmpdir(), "bye-splits-chain-"));
    const files = execFileSync("git", ["ls-files", "-z", "src", "scripts", "docs", "*.md", "*.json"], {
      cwd: root,
      encoding: "utf8",
    });
    for (const file of files.split("\0").filter((name) => name !== "" && !name.includes("/dist/"))) {
      mkdirSync(dirname(join(copy, file)), { recursive: true });
      cpSync(join(root, file), join(copy, file));
    }
    symlinkSync(join(root, "node_modules"), join(copy, "node_modules"));
    writeFileSync(join(copy, "src/chain/chain-hottest.ts"), FILE);
    const table = join(copy, "src/chain/chains.ts");
    const text = readFileSync(table, "utf8");
    const changed = text
      .replace("[DEFAULT_CHAIN, CS_CHAIN]", "[DEFAULT_CHAIN, CS_CHAIN, HOTTEST_CHAIN]")
      .replace(
        "import { DEFAULT_CHAIN }",
        'import { HOTTEST_CHAIN } from "./chain-hottest.js";\nimport { DEFAULT_CHAIN }',
      );
    expect(changed.length).toBeGreaterThan(text.length + 50);
    writeFileSync(table, changed);
    execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: copy, stdio: "pipe" });
    byeSplits("simulate", "--particles", "photons", "--events", "60", "--seed", "3", "--out", "photons");
  }, 300_000);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  function byeSplits(...args: string[]): string {
    return execFileSync(process.execPath, ["dist/cli/main.js", ...args, "--quiet"], { cwd: copy, encoding: "utf8" });
  }

  test("runs, alone and with the others, as a whole and step by step", () => {
    byeSplits("run", "hottest", "--in", "photons", "--out", "whole", "--save-steps");
    byeSplits("run", "both", "--in", "photons", "--out", "all");
    byeSplits("step", "hottest-seed", "--in", "photons", "--out", "steps");
    byeSplits("step", "cluster", "--in", "steps");
    byeSplits("step", "validate", "--in", "steps");
    for (const table of ["seeds", "clusters", "assignment", "events"]) {
      const [whole, steps] = ["whole", "steps"].map((run) => readFileSync(join(copy, run, `${table}.parquet`)));
      expect(steps.equals(whole), table).toBe(true);
    }
    const { summary } = JSON.parse(readFileSync(join(copy, "all/run.json"), "utf8")) as {
      summary: { chain: string; counts: { seeds: number; selected: number } }[];
    };
    expect(summary.map(({ chain }) => chain)).toEqual(["default", "cs", "hottest"]);
    expect(summary[2].counts.seeds).toBe(summary[2].counts.selected);
  });

  test("help, inspect and report know it", () => {
    expect(byeSplits("run", "--help")).toContain("hottest");
    expect(byeSplits("step", "--help")).toContain("hottest: hottest-seed, cluster, validate");
    expect(byeSplits("inspect", "all")).toContain("hottest");
    byeSplits("inspect", "all", "--splits");
    byeSplits("report", "all", "--out", "report.html");
    const report = readFileSync(join(copy, "report.html"), "utf8");
    expect(report).toContain("hottest chain");
    expect(report).toContain("bs-green");
  });

  test.skipIf(!hasChromium)(
    "the page runs it: parameters, A | B, statistics, table, links [needs chromium]",
    async () => {
      const server = spawn(process.execPath, ["dist/cli/main.js", "serve", "--data", ".", "--port", "0"], {
        cwd: copy,
        stdio: ["ignore", "pipe", "pipe"],
      });
      const browser = await connectChromium();
      try {
        const url = await new Promise<string>((resolve, reject) => {
          let output = "";
          const listen = (chunk: Buffer): void => {
            output += chunk.toString();
            const found = /http:\/\/127\.0\.0\.1:\d+\//.exec(output);
            if (found !== null) resolve(found[0]);
          };
          server.stdout.on("data", listen);
          server.stderr.on("data", listen);
          server.on("exit", () => reject(new Error(`serve ended: ${output}`)));
        });
        const page = await browser.newPage();
        await page.goto(`${url}#sample=photons&chain=hottest&compare=settings&bChain=default`);
        const settled = (side: string): Promise<string> =>
          page.$eval(`.clusters[data-side=${side}]`, (table) => table.getAttribute("data-settled") ?? "");
        await eventually(() => settled("A")).toMatch(/ hottest \[\]$/);
        await eventually(() => settled("B")).toMatch(/ default \[\]$/);
        expect(await page.$$eval(".clusters[data-side=A] tr[data-cluster]", (rows) => rows.length)).toBe(1);
        const choices = await page.$$eval('select[aria-label="chain"] option', (all) => all.map((o) => o.textContent));
        expect(choices.map((text) => text?.trim())).toContain("hottest cell (one seed)");
        await page.selectOption('select[aria-label="chain"]', "default");
        await eventually(() => settled("A")).toMatch(/ default \[\]$/);
        await page.selectOption('select[aria-label="chain"]', "hottest");
        await eventually(() => settled("A")).toMatch(/ hottest \[\]$/);
        await eventually(() => page.url()).toContain("chain=hottest");
        expect(await page.textContent("body")).toContain("hottest cell");
      } finally {
        await browser.close();
        server.kill();
      }
    },
    120_000,
  );
});
