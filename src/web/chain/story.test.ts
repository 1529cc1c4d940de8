import { expect, test } from "vitest";
import { type RecordView } from "../data/protocol.js";
import { storyOf } from "./story.js";

const PHOTON = { pid: 22, pt: 41.26, eta: 2.31, energy: 207 };
const FOUND: RecordView = {
  isSplit: false,
  nMatched: 1,
  response: 0.984,
  valley: null,
  others: { particles: 0, split: 0 },
};
const WHO = "This photon (pT 41.3 GeV, η 2.31)";

test.each<[string, Partial<RecordView>, string]>([
  ["found", {}, `${WHO} is one cluster with 98 % of its energy.`],
  ["split", { isSplit: true, nMatched: 2 }, `${WHO} was reconstructed as two clusters.`],
  ["lost", { nMatched: 0, response: Number.NaN }, `${WHO} was not reconstructed: no cluster matches it.`],
  [
    "beside another one",
    { others: { particles: 1, split: 1 } },
    `${WHO} is one cluster with 98 % of its energy. One more particle is in this event, split.`,
  ],
  [
    "first of three",
    { others: { particles: 2, split: 1 } },
    `${WHO} is one cluster with 98 % of its energy. 2 more particles are in this event, 1 of them split.`,
  ],
  [
    "first of three, none split",
    { others: { particles: 2, split: 0 } },
    `${WHO} is one cluster with 98 % of its energy. 2 more particles are in this event, not split.`,
  ],
])("what became of a particle: %s", (_, change, words) => {
  expect(storyOf([PHOTON], { ...FOUND, ...change }, 1)).toBe(words);
});

test("without generated energy there is no share of it, without a particle no fate, without a record no story", () => {
  expect(storyOf([{ ...PHOTON, energy: 0 }], FOUND, 1)).toBe(
    `${WHO} is one cluster; it has no generated energy to compare with.`,
  );
  expect(storyOf([], null, 121)).toBe("This event has no generated particle, and 121 clusters.");
  expect(storyOf([PHOTON], null, 1)).toBe("");
});
