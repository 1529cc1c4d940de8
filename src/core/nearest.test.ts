import { expect, test } from "vitest";
import { nearest } from "./nearest.js";

test.each([
  { name: "good_tc_laye", candidates: ["good_tc_x", "good_tc_layer", "event"], want: "good_tc_layer" },
  { name: "tc_x", candidates: ["tc_y", "tc_z"], want: "tc_y" },
  { name: "gen", candidates: ["generated", "en"], want: "en" },
  { name: "x", candidates: [], want: undefined },
])("nearest to $name of $candidates", ({ name, candidates, want }) => {
  expect(nearest(name, candidates)).toBe(want);
});
