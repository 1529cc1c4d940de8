/** The pictures of docs/tikz: sources are written by the program, SVGs are of these sources. test/full draws them with both engines. */
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, scratch } from "./cli.js";

const home = join(root, "docs/tikz");
const script = join(root, "scripts/figures.mjs");
const named = (folder: string, ending: string): string[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith(ending))
    .toSorted();

test("every .tex is what `npm run figures` writes, with the numbers of this program, and every SVG is of its .tex", () => {
  const out = scratch();
  execFileSync(process.execPath, [script, "--tex", "--out", out]);
  expect(named(out, ".tex")).toEqual(named(home, ".tex"));
  expect(named(home, ".svg")).toEqual(named(home, ".tex").map((name) => name.replace(".tex", ".svg")));
  for (const name of named(home, ".tex")) {
    const tex = readFileSync(join(out, name), "utf8");
    expect(tex, `${name}: run npm run figures`).toBe(readFileSync(join(home, name), "utf8"));
    const svg = readFileSync(join(home, name.replace(".tex", ".svg")), "utf8");
    expect(svg, `${name}: run npm run figures`).toContain(createHash("sha256").update(tex).digest("hex"));
    // Nothing is loaded, and letters are outlines: every viewer draws the same.
    expect(svg).not.toMatch(/<text|font-family|https?:\/\/(?!www\.w3\.org)/);
  }
});

test.each([
  { name: "a picture that is none", args: ["sketch"], message: /no picture "sketch"; there are flowchart, / },
  {
    name: "an engine that is none",
    args: ["--engine", "luatex"],
    message: /--engine is "luatex", expected tikzjax or pdflatex/,
  },
])("npm run figures says what is wrong with $name", ({ args, message }) => {
  const { status, stderr } = spawnSync(process.execPath, [script, ...args], { encoding: "utf8" });
  expect([status, stderr]).toEqual([2, expect.stringMatching(message)]);
});
