import { expect, test } from "vitest";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { FormatError } from "../core/index.js";
import { parseStudyInfo } from "./study-info.js";

const SAMPLE = { name: "photons", path: "../photons", hash: "0123", entries: 3, gen: 3, hasTruth: true };
const WHOLE = {
  format: "bye-splits study",
  study: "radius",
  program: "bye-splits 1.0.0",
  samples: [SAMPLE],
  chains: ["default"],
  config: DEFAULT_PARAMS,
  selection: "all",
  skipBadEvents: false,
  options: { radii: [0.01] },
  points: [{ radius: 0.01 }],
  parts: [{ label: "photons", point: -1, sample: 0 }],
  key: "45",
};
const parse = (info: object) => parseStudyInfo({ name: "out/study", info: { ...info } });

test("what a study says is there by its name, and nothing else", () => {
  const { format: _, config, ...told } = WHOLE;
  expect(parse(WHOLE)).toEqual({ ...told, params: config });
  const more = { result: { best: [] }, combined: [0], imported: { file: "a.hdf5", notes: [] } };
  expect(parse({ ...WHOLE, combined: "all" }).combined).toBe("all");
  expect(parse({ ...WHOLE, ...more })).toEqual({ ...told, ...more, params: config });
});

test.each(Object.keys(WHOLE).filter((key) => key !== "format"))("without %s", (key) => {
  const { [key as keyof typeof WHOLE]: _, ...rest } = WHOLE;
  expect(() => parse(rest)).toThrow(
    new FormatError(`out/study/study.json does not say how the study was begun: no "${key}"`),
  );
});

test.each([
  { change: { study: 1 }, says: '"study" is 1, expected the name of a study' },
  { change: { samples: "photons" }, says: '"samples" is "photons", expected a list of samples with name' },
  { change: { samples: [{ ...SAMPLE, hasTruth: 1 }] }, says: '"samples" is [{"name":"photons"' },
  { change: { samples: [{ ...SAMPLE, entries: -1 }] }, says: '"samples" is [{"name":"photons"' },
  { change: { samples: [{ ...SAMPLE, hash: null }] }, says: '"samples" is [{"name":"photons"' },
  { change: { chains: ["other"] }, says: '"chains" is ["other"], expected a list of default, cs' },
  { change: { options: [] }, says: '"options" is [], expected values by name' },
  { change: { points: [1] }, says: '"points" is [1], expected a list of records' },
  { change: { parts: [{ label: "a" }] }, says: '"parts" is [{"label":"a"}], expected a list of parts with' },
  { change: { entries: { from: 1 } }, says: '"entries" is {"from":1}, expected a record with from and to' },
  { change: { imported: { file: "a" } }, says: '"imported" is {"file":"a"}, expected a record with file and notes' },
  { change: { combined: ["a"] }, says: '"combined" is ["a"], expected all, or numbers of parts' },
  { change: { combined: "some" }, says: '"combined" is "some", expected all, or numbers of parts' },
])("another thing than a study: $says", ({ change, says }) => {
  expect(() => parse({ ...WHOLE, ...change })).toThrow(`out/study/study.json: ${says}`);
});
