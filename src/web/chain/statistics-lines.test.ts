import { expect, test } from "vitest";
import { type SurveyParticle, type SurveyRow } from "../data/protocol.js";
import { linesOf, splitsInWords, warningOf } from "./statistics-lines.js";
import { statisticsOf } from "../model/statistics.js";

/** 100 entries of one particle: `split` of them split, of `controls` directions each `controlsSplit` would, `truly` split truly. */
function sideOf(split: number, controlsSplit: number, truly: number | null) {
  const particles = Array.from({ length: 100 }, (_, i): SurveyParticle => ({
    ...{ eta: 2, phi: 0, energy: 100, pt: 27, isSplit: i < split, isMatched: true, response: 1, responsePt: 1 },
    ...{ controls: 5, controlsMatched: 2 * controlsSplit, controlsSplit },
    truth: truly === null ? null : { isSplit: i < truly, isFound: true },
  }));
  const rows = particles.map((particle, index): SurveyRow => {
    const a = { seeds: 1, clusters: 3, falseClusters: 2, particles: [particle] };
    return { index, nTc: 1, particle: null, bad: "", a, b: null, differing: 0, share: 0 };
  });
  return statisticsOf(rows, { EtaMin: 1.7, EtaMax: 2.8 }, false).a;
}

const shown = (side: ReturnType<typeof sideOf>): Record<string, string> =>
  Object.fromEntries(linesOf([side]).map(({ name, text }) => [name, text(side)]));

test("where the control is above 5 % no plain number stands alone, and net, interval and truth are beside it", () => {
  const side = sideOf(50, 2, 3);
  expect(shown(side)).toMatchObject({
    split: "50 %, control 40 %",
    control: "40 %",
    net: "16.7 %",
    "truly split": "3 %",
    "false clusters": "2",
    matched: "100 %, control 80 %",
    "truly found": "100 %",
  });
  const { low, high } = side.splitNetInterval;
  expect(low).toBeLessThan(1 / 6);
  expect(high).toBeGreaterThan(1 / 6);
  expect(shown(side)["68 % of net"]).toMatch(/^[\d.]+ to [\d.]+ %$/);
});

test.each([
  { name: "far from the truth", split: 70, truly: 0, want: /not to be trusted/ },
  { name: "near it", split: 41, truly: 2, want: /^$/ },
  { name: "without a truth to compare with", split: 50, truly: null, want: /^$/ },
])("a net fraction $name", ({ split, truly, want }) => {
  expect(warningOf([sideOf(split, 2, truly)])).toMatch(want);
});

test("without pile-up there is no control to show, and without deposits no truth", () => {
  expect(Object.keys(shown(sideOf(1, 0, null)))).toEqual([
    ...["split", "68 % interval", "matched", "response", "resolution", "without a cluster"],
  ]);
  expect(shown(sideOf(1, 0, null))).toMatchObject({ split: "1 %", matched: "100 %" });
});

test("the number of split events in the table's heading has its control beside it where that is much", () => {
  expect(splitsInWords(50, sideOf(50, 2, 3))).toBe("50 split, control 40 % of the particles");
  expect(splitsInWords(2, sideOf(2, 0, 2))).toBe("2 split");
});
