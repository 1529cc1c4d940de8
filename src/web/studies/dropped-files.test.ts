import { expect, test } from "vitest";
import { kindOfFiles, lostIn } from "./dropped-files.js";
import { liveStudy } from "./state.js";

test.each([
  ["the folder of a study", ["events.parquet", "study.json", "points.parquet"], "study"],
  ["the folder of a sample", ["tc.parquet", "sample.json"], "sample"],
  ["a ROOT file", ["ntuple.root"], "sample"],
  ["saved points", ["points.json"], "points"],
  ["the json of a study alone", ["study.json"], "study"],
  ["two files of points", ["a.json", "b.json"], "study"],
  ["an empty folder", [], "study"],
])("%s", (_, names, kind) => {
  expect(kindOfFiles(names.map((name) => ({ name })))).toBe(kind);
});

test.each<[study: string, there: string[], lost: string[]]>([
  ["dropped: radius", [], ["radius"]],
  ["dropped: radius", ["dropped: radius"], []],
  ["mine/radius", [], []],
  [liveStudy(["photons", "dropped: a, b"]), [], ["a, b"]],
  [liveStudy(["photons"]), [], []],
])("of %s with %j there, %j has to be dropped again", (study, there, lost) => {
  expect(lostIn(study, (id) => there.includes(id))).toEqual(lost);
});
