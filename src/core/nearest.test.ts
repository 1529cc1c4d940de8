import { expect, test } from "vitest";
import { editDistance, nearest } from "./nearest.js";

test.each([
  { name: "good_tc_laye", candidates: ["good_tc_x", "good_tc_layer", "event"], want: "good_tc_layer" },
  { name: "tc_x", candidates: ["tc_y", "tc_z"], want: "tc_y" },
  { name: "gen", candidates: ["generated", "en"], want: "en" },
  { name: "x", candidates: [], want: undefined },
])("nearest to $name of $candidates", ({ name, candidates, want }) => {
  expect(nearest(name, candidates)).toBe(want);
});

test.each([
  { a: "tc_x", b: "tc_x", want: 0 },
  { a: "", b: "tc_x", want: 4 },
  { a: "gen_eta", b: "gen_pt", want: 2 },
  { a: "radius", b: "raduis", want: 2 },
  { a: "layer", b: "player", want: 1 },
])("from $a to $b it takes $want changes, and as many back", ({ a, b, want }) => {
  expect([editDistance(a, b), editDistance(b, a)]).toEqual([want, want]);
});
