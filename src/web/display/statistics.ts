/** What the event table says about a sample, in the numbers that people compare. */
import { type Performance, performanceOf } from "../../chain/index.js";
import { type SurveyParticle, type SurveyRow, type SurveySide } from "../data/protocol.js";
import { fixed, short } from "./numbers.js";

export interface SideStatistics extends Performance {
  readonly particles: number;
  /** Particles without a matched cluster. */
  readonly lost: number;
  readonly responses: readonly number[];
}

/** The same on both sides: what one of them has no say about counts on neither. */
export interface SampleStatistics {
  /** Entries that count. */
  readonly events: number;
  readonly a: SideStatistics;
  readonly b: SideStatistics | null;
  /** Of these, with TCs whose cluster differs. */
  readonly differing: number;
  readonly leftOut: LeftOut;
}

export interface LeftOut {
  /** Entries with values that are no numbers. */
  readonly bad: number;
  /** Entries that the run on side B did not select. */
  readonly notInB: number;
  /** Particles of A outside of the acceptance. */
  readonly outside: number;
  /** Particles of A in it whose generated energy is not above 0: they have no response. */
  readonly withoutEnergy: number;
}

/** |eta| of generated particles, both bounds strict, as `run` selects them. */
export interface Acceptance {
  readonly EtaMin: number;
  readonly EtaMax: number;
}

/** `isCompared`: rows without a side B are left out. */
export function statisticsOf(
  rows: readonly SurveyRow[],
  acceptance: Acceptance,
  isCompared: boolean,
): SampleStatistics {
  const good = rows.filter(({ bad }) => bad === "");
  const used = isCompared ? good.filter(({ b }) => b !== null) : good;
  const isInside = ({ eta }: SurveyParticle): boolean =>
    Math.abs(eta) > acceptance.EtaMin && Math.abs(eta) < acceptance.EtaMax;
  const ofA = used.flatMap(({ a }) => a.particles);
  const inside = ofA.filter(isInside);
  const sideOf = (sides: readonly SurveySide[]): SideStatistics =>
    particleStatistics(sides.flatMap(({ particles }) => particles).filter((each) => isInside(each) && each.energy > 0));
  const ofB = used.flatMap(({ b }) => (b === null ? [] : [b]));
  return {
    events: used.length,
    a: sideOf(used.map(({ a }) => a)),
    b: ofB.length === 0 ? null : sideOf(ofB),
    differing: used.reduce((sum, { differing }) => sum + (differing > 0 ? 1 : 0), 0),
    leftOut: {
      bad: rows.length - good.length,
      notInB: good.length - used.length,
      outside: ofA.length - inside.length,
      withoutEnergy: inside.filter(({ energy }) => !(energy > 0)).length,
    },
  };
}

function particleStatistics(particles: readonly SurveyParticle[]): SideStatistics {
  const matched = particles.filter(({ isMatched }) => isMatched).length;
  const split = particles.filter(({ isSplit }) => isSplit).length;
  const responses = particles.map(({ response }) => response).filter((response) => !Number.isNaN(response));
  const counts = { particles: particles.length, split, matched };
  return { ...performanceOf(counts, responses), ...counts, lost: particles.length - matched, responses };
}

const count = (n: number, what: string): string => `${n} ${what}${n === 1 ? "" : "s"}`;

/** What does not count, in words; empty where everything does. */
export function leftOutInWords({ leftOut }: SampleStatistics, { EtaMin, EtaMax }: Acceptance): string {
  const { bad, notInB, outside, withoutEnergy } = leftOut;
  const parts = [
    bad > 0 ? `${count(bad, "event")} with values that are no numbers` : "",
    notInB > 0 ? `${count(notInB, "event")} that the run B did not select` : "",
    outside > 0 ? `${count(outside, "particle")} outside of ${EtaMin} < |η| < ${EtaMax}` : "",
    withoutEnergy > 0 ? `${count(withoutEnergy, "particle")} without generated energy` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Left out: ${parts.join("; ")}.`;
}

/** A row of the table. */
interface Line {
  readonly name: string;
  readonly title: string;
  text(side: SideStatistics): string;
}

const percent = (fraction: number): string => (Number.isNaN(fraction) ? "–" : `${short(100 * fraction)} %`);

export const LINES: readonly Line[] = [
  {
    name: "split",
    title: "Split particles over all particles",
    text: ({ splitFraction }) => percent(splitFraction),
  },
  {
    name: "68 % interval",
    title: "Clopper-Pearson interval of the split fraction",
    text: ({ particles, splitInterval: { low, high } }) =>
      particles === 0 ? "–" : `${short(100 * low, 2)} to ${short(100 * high, 2)} %`,
  },
  {
    name: "response",
    title: "Median of E/Egen, E of the most energetic matched cluster",
    text: ({ response }) => fixed(response, 3),
  },
  {
    name: "resolution",
    title: "Half the shortest window with 68 % of E/Egen, over its median",
    text: ({ resolution }) => percent(resolution),
  },
  { name: "without a cluster", title: "Particles that no cluster matches", text: ({ lost }) => String(lost) },
];
