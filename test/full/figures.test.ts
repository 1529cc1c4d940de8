/** The pictures of docs/tikz, drawn without TeX and with it. The first needs a registry of packages once. */
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, scratch } from "../cli.js";

const home = join(root, "docs/tikz");
const names = readdirSync(home).filter((file) => file.endsWith(".svg"));
const hasTex = ["pdflatex", "pdf2svg"].every((tool) => spawnSync(tool, ["--version"]).error === undefined);
const draw = (engine: string, out: string) =>
  execFileSync(process.execPath, [join(root, "scripts/figures.mjs"), "--engine", engine, "--out", out], {
    stdio: "pipe",
  });

/** Width and height [pt], and how many letters are drawn. */
function measure(svg: string): { size: number[]; letters: number } {
  const [, width, height] = /width="([\d.]+)(?:pt)?" height="([\d.]+)/.exec(svg) ?? [];
  return { size: [Number(width), Number(height)], letters: svg.match(/<use /g)?.length ?? 0 };
}

test("without TeX they come out as they are in the repository", { timeout: 300_000 }, () => {
  const out = scratch();
  draw("tikzjax", out);
  for (const name of names)
    expect(readFileSync(join(out, name), "utf8"), name).toBe(readFileSync(join(home, name), "utf8"));
});

test.skipIf(!hasTex)(
  "with TeX they have the same size and the same letters; also as `pdflatex -shell-escape` in their folder [needs pdflatex]",
  { timeout: 300_000 },
  () => {
    const out = scratch();
    draw("pdflatex", out);
    for (const name of names) {
      const ours = measure(readFileSync(join(home, name), "utf8"));
      const theirs = measure(readFileSync(join(out, name), "utf8"));
      for (const i of [0, 1]) expect(Math.abs(ours.size[i] - theirs.size[i]), name).toBeLessThan(0.05);
      expect(ours.letters, name).toBe(theirs.letters);
    }
    const cwd = scratch();
    cpSync(join(home, "flowchart.tex"), join(cwd, "flowchart.tex"));
    execFileSync("pdflatex", ["-shell-escape", "flowchart.tex"], { cwd, stdio: "pipe" });
    expect(measure(readFileSync(join(cwd, "flowchart.svg"), "utf8"))).toEqual(
      measure(readFileSync(join(out, "flowchart.svg"), "utf8")),
    );
  },
);
