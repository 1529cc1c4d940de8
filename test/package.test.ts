import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const read = (path: string) => readFileSync(fileURLToPath(new URL(`../${path}`, import.meta.url)), "utf8");
const manifest = JSON.parse(read("package.json")) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
};

test("runtime dependencies are those that earned their place", () => {
  expect(Object.keys(manifest.dependencies).toSorted()).toEqual([
    "@bokuweb/zstd-wasm",
    "cli-progress",
    "commander",
    "h5wasm",
    "hyparquet",
    "hyparquet-writer",
    "lz4-napi",
    "tinyglobby",
    "xxhash-wasm",
    "xz-decompress",
    "yaml",
    "zstddec",
  ]);
});

test("versions are exact", () => {
  const versions = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies });
  expect(versions.filter(([, version]) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
});

test("the lock file names no place that packages came from", () => {
  expect(read("package-lock.json")).not.toMatch(
    /"resolved"|https?:\/\/(?!opencollective|github|feross|www\.patreon)[\w.]*(npm|registry|artifact|mirror)/,
  );
});

test("version and date are the same wherever they stand", () => {
  const { version } = JSON.parse(read("package.json")) as { version: string };
  const [, released] = /^## (\d+\.\d+\.\d+ \(\d{4}-\d{2}-\d{2}\))/m.exec(read("CHANGELOG.md")) ?? [];
  const [, cited] = /^version: (\S+)$/m.exec(read("CITATION.cff")) ?? [];
  const [, date] = /^date-released: "(\S+)"$/m.exec(read("CITATION.cff")) ?? [];
  expect([cited, `${cited} (${date})`]).toEqual([version, released]);
});
