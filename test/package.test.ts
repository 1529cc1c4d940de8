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
