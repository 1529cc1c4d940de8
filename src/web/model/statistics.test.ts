/** Statistics of particles that are counted by hand. */
import { expect, test } from "vitest";
import { type SurveyParticle, type SurveyRow, type SurveySide } from "../data/protocol.js";
import { NO_SELECTION } from "./selection.js";
import { leftOutInWords, statisticsOf } from "./statistics.js";

const RANGE = { EtaMin: 1.7, EtaMax: 2.8 };
const particle = (more: Partial<SurveyParticle> = {}): SurveyParticle => ({
  ...{ eta: 2, phi: 0, energy: 40, pt: 10, isSplit: false, isMatched: true, response: 0.9, responsePt: 0.8, truth: null },
  ...{ controls: 0, controlsMatched: 0, controlsSplit: 0 },
  ...more,
}); // prettier-ignore
const side = (particles: readonly SurveyParticle[], falseClusters = 0): SurveySide => ({
  ...{ seeds: 1, clusters: 1, falseClusters, particles },
});
const row = (a: SurveySide, more: Partial<SurveyRow> = {}): SurveyRow => ({
  ...{ index: 0, nTc: 1, particle: null, bad: "", a, b: null, differing: 0, share: 0 },
  ...more,
});
const rowsOf = (particles: readonly SurveyParticle[]): SurveyRow[] => [row(side(particles))];

test("particles count within the acceptance, whose bounds are outside, on both endcaps", () => {
  const etas = [1.7, -1.7, 1.71, -2, 2.79, 2.8, -2.8, 3, 0];
  const { a, leftOut } = statisticsOf(rowsOf(etas.map((eta) => particle({ eta }))), RANGE, false);
  expect([a.particles, leftOut.outside]).toEqual([3, 6]);
  expect(a.entries[0].map(({ eta }) => eta)).toEqual([1.71, -2, 2.79]);
});

test("lost are those without a matched cluster; responses are of what is measured, without those that have none", () => {
  const lost = particle({ isMatched: false, response: Number.NaN, responsePt: Number.NaN });
  const rows = rowsOf([particle(), particle({ isSplit: true, response: 1.1 }), lost, lost]);
  const { a, b } = statisticsOf(rows, RANGE, false);
  expect(a).toMatchObject({ particles: 4, matched: 2, split: 1, lost: 2, responses: [0.9, 1.1], splitFraction: 0.25, efficiency: 0.5 }); // prettier-ignore
  expect(b).toBe(null);
  const measured = (measure: "pt" | "energy"): readonly number[] =>
    statisticsOf(rows, RANGE, false, { ...NO_SELECTION, measure }).a.responses;
  expect([measured("pt"), measured("energy")]).toEqual([[0.8, 0.8], [0.9, 1.1]]); // prettier-ignore
});

test("false clusters are those of the entries with a particle that counts; without any there is no mean", () => {
  const rows = [row(side([particle()], 2)), row(side([particle(), particle()], 5)), row(side([], 100)), row(side([particle({ eta: 1 })], 100))]; // prettier-ignore
  const { a, events } = statisticsOf(rows, RANGE, false);
  expect([events, a.falseClusters, a.entries.map(({ length }) => length)]).toEqual([4, 3.5, [1, 2]]);
  expect(statisticsOf([], RANGE, false).a.falseClusters).toBe(Number.NaN);
});

test("the truth is of the particles that have one; the net fraction is near it, or it is not", () => {
  const truth = { isSplit: false, isFound: true };
  const some = rowsOf([
    particle({ truth }),
    particle({ truth: { isSplit: true, isFound: true } }),
    particle({ truth: { isSplit: false, isFound: false } }),
    particle({ isSplit: true }),
  ]);
  const { a } = statisticsOf(some, RANGE, false);
  expect(a).toMatchObject({ trueSplitFraction: 1 / 3, trueEfficiency: 2 / 3, isNetNearTruth: true });
  const none = statisticsOf(rowsOf([particle()]), RANGE, false).a;
  expect([none.trueSplitFraction, none.isNetNearTruth]).toEqual([undefined, true]);
  const far = Array.from({ length: 100 }, () => row(side([particle({ truth: { isSplit: true, isFound: true } })])));
  expect(statisticsOf(far, RANGE, false).a.isNetNearTruth).toBe(false);
});

test("controls of all particles say what pile-up alone does", () => {
  const controls = { controls: 4, controlsMatched: 2, controlsSplit: 1 };
  const rows = [row(side([particle({ ...controls, isSplit: true })])), row(side([particle(controls)]))];
  // (1/2 - 1/4) / (1 - 1/4) of them.
  const { a } = statisticsOf(rows, RANGE, false);
  expect(a).toMatchObject({ splitControl: 0.25, matchControl: 0.5, splitNet: expect.closeTo(1 / 3, 12) as number });
});

test("two sides are compared where both have a say; entries that differ are counted, not their cells", () => {
  const [one, other] = [side([particle()]), side([particle({ isSplit: true }), particle({ eta: 5 })])];
  const rows = [row(one, { b: other, differing: 7 }), row(one, { b: other }), row(one, { b: other, differing: 1 }), row(one, { differing: 3 })]; // prettier-ignore
  const both = statisticsOf(rows, RANGE, true);
  expect([both.events, both.differing, both.a.particles, both.b?.particles, both.b?.splitFraction]).toEqual([
    3, 2, 3, 3, 1,
  ]);
  expect(both.leftOut).toEqual({ bad: 0, notInB: 1, outside: 0, withoutEnergy: 0, deselected: 0 });
  expect(statisticsOf(rows, RANGE, false)).toMatchObject({ events: 4, differing: 3, leftOut: { notInB: 0 } });
  // What is split is so on each side by itself.
  const split = statisticsOf(rows, RANGE, true, { ...NO_SELECTION, only: "split" });
  expect([split.a.particles, split.b?.particles, split.leftOut.deselected]).toEqual([0, 3, 3]);
});

test("what does not count, in words", () => {
  const rows = [
    row(side([]), { bad: "no number", b: side([]) }),
    row(side([])),
    row(side([])),
    row(side([particle({ eta: 1 }), ...[0, -1, Number.NaN].map((energy) => particle({ energy })), particle({ pt: 1 }), particle()]), { b: side([]) }), // prettier-ignore
  ];
  const selection = { ...NO_SELECTION, pt: "5:" };
  const statistics = statisticsOf(rows, RANGE, true, selection);
  expect(statistics.leftOut).toEqual({ bad: 1, notInB: 2, outside: 1, withoutEnergy: 3, deselected: 1 });
  expect(leftOutInWords(statistics, RANGE)).toBe(
    "Left out: 1 event with values that are no numbers; 2 events that the run B did not select; 1 particle outside of 1.7 < |η| < 2.8; 3 particles without generated energy; 1 particle not in the selection.",
  );
  expect(leftOutInWords(statisticsOf(rowsOf([particle()]), RANGE, false), RANGE)).toBe("");
});
