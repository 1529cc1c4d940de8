import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import * as library from "../src/index.js";
import * as nodeLibrary from "../src/node.js";

/** A change here is a change for users: it belongs into the changelog. */
test("the exports of bye-splits", () => {
  expect(Object.keys(library).toSorted()).toMatchSnapshot();
});

test("the exports of bye-splits/node", () => {
  expect(Object.keys(nodeLibrary).toSorted()).toMatchSnapshot();
});

test("what a file exports is named: nothing becomes public by the way", () => {
  const src = fileURLToPath(new URL("../src", import.meta.url));
  const files = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /\.tsx?$/.test(file));
  expect(files.length).toBeGreaterThan(400);
  expect(files.filter((file) => /^export \*/m.test(readFileSync(`${src}/${file}`, "utf8")))).toEqual([]);
});
