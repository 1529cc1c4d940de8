import { expect, test } from "vitest";
import { defaultEventsOf } from "./default-events.js";

const LISTS = [
  { particles: "photons", pileup: 0, events: [7, 5, 99] },
  { particles: "photons", pileup: 200, events: [6, 5] },
  { particles: "pions", pileup: 0, events: [4] },
  { particles: "electrons", events: [3] },
];

test.each([
  {
    name: "those of its particles and pile-up, in their order",
    kind: { particles: "photons", pileup: 0 },
    want: [7, 5],
  },
  { name: "of any pile-up when its own is not known", kind: { particles: "photons" }, want: [7, 5, 6] },
  { name: "of a list without a pile-up", kind: { particles: "electrons", pileup: 140 }, want: [3] },
  { name: "of dropped files all that they have", kind: {}, want: [7, 5, 6, 4, 3] },
  { name: "none of a pile-up that is not named", kind: { particles: "pions", pileup: 200 }, want: [] },
])("default events of a sample: $name", ({ kind, want }) => {
  expect(defaultEventsOf(LISTS, kind, BigInt64Array.of(1n, 2n, 3n, 4n, 5n, 6n, 7n))).toEqual(want.map(BigInt));
});
