/** The package as users get it: what is in it; test/full installs and runs it. */
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root } from "./cli.js";
import { longTest } from "./long.js";

interface Packed {
  /** Of the archive [bytes]. */
  readonly size: number;
  readonly files: readonly { readonly path: string }[];
}

const packed = (): { files: string[]; size: number } => {
  const args = ["pack", "--dry-run", "--json", "--ignore-scripts"];
  const report = JSON.parse(execFileSync("npm", args, { cwd: root, encoding: "utf8", stdio: "pipe" })) as Packed[];
  return { files: report[0].files.map(({ path }) => path), size: report[0].size };
};

longTest("it holds the program, its types, the pages and the licences, and nothing that only a build needs", () => {
  const { files, size } = packed();
  expect(size).toBeLessThan(5e6);
  const made = /^dist\/(?!web\/|vendor\/|bundled\/|program\/)(.*?)(\.d\.ts|\.js)$/;
  const strangers = files.filter((file) => {
    const source = made.exec(file)?.[1];
    if (source !== undefined) return !existsSync(join(root, "src", `${source}.ts`));
    if (/^dist\/program\/[\w-]+\.js$/.test(file)) return false;
    if (/^dist\/web\/docs\/[\w./-]+\.(html|css|js|svg|png)(\.br|\.gz)?$/.test(file)) return false;
    return !/^dist\/web\/(index\.html|assets\/[\w.-]+\.(js|css|svg|wasm))(\.br|\.gz)?$/.test(file);
  });
  expect(strangers.toSorted()).toEqual([
    "LICENSE",
    "README.md",
    "dist/THIRD-PARTY-LICENSES.txt",
    "dist/bundled/report-script.js",
    "dist/vendor/jsroot.js",
    "package.json",
  ]);
  // The command line is bundled in dist/program: beside it only what starts it.
  const starting = ["main", "not-loaded", "version"].map((name) => `dist/cli/${name}.js`);
  expect(files.filter((file) => file.startsWith("dist/cli/")).toSorted()).toEqual(starting);
  expect(files.filter((file) => /\.test|test-data/.test(file))).toEqual([]);
});

test("the licence of everything that is bundled stands in one file", () => {
  const text = readFileSync(join(root, "dist/THIRD-PARTY-LICENSES.txt"), "utf8");
  const parts = text.split(`\n${"-".repeat(78)}\n\n`);
  const names = parts.map((part) => /^(\S+) \d+\.\d+\.\d+ \(\S+\)\n/.exec(part)?.[1]);
  // What the pages import, directly or through their packages.
  const bundled = ["@bokuweb/zstd-wasm", "fflate", "hyparquet", "jsroot", "solid-js", "three", "xxhash-wasm"];
  expect(names).toEqual(expect.arrayContaining([...bundled, "xz-decompress", "rolldown", "vite"]));
  for (const part of parts) {
    expect(part).toMatch(/copyright/i);
    expect(part).toMatch(
      /Permission is hereby granted|Permission to use, copy, modify|Apache License|Redistribution and use/,
    );
  }
  expect(text).toContain("Zstandard (BSD-3-Clause)");
});
