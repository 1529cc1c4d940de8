/** What the event table says about a sample, in the numbers that people compare. */
import { clopperPearson, effectiveRms, type Interval, median } from "../../core/index.js";
import { type SurveyRow, type SurveySide } from "../data/protocol.js";

export interface SideStatistics {
  readonly particles: number;
  readonly split: number;
  /** Split particles over particles, with its 68 % Clopper-Pearson interval. */
  readonly splitFraction: number;
  readonly splitInterval: Interval;
  /** Particles without a matched cluster. */
  readonly lost: number;
  /** Median energy of the most energetic matched cluster over the particle's. */
  readonly response: number;
  /** Half the shortest window that holds 68 % of the responses, over their median. */
  readonly resolution: number;
  readonly responses: readonly number[];
}

export interface SampleStatistics {
  readonly events: number;
  readonly a: SideStatistics;
  readonly b: SideStatistics | null;
  /** Events with TCs whose cluster differs. */
  readonly differing: number;
}

export function statisticsOf(rows: readonly SurveyRow[]): SampleStatistics {
  const ofB = rows.flatMap(({ b }) => (b === null ? [] : [b]));
  return {
    events: rows.length,
    a: sideOf(rows.map(({ a }) => a)),
    b: ofB.length === 0 ? null : sideOf(ofB),
    differing: rows.reduce((sum, { differing }) => sum + (differing > 0 ? 1 : 0), 0),
  };
}

function sideOf(sides: readonly SurveySide[]): SideStatistics {
  let [particles, split, matched] = [0, 0, 0];
  const responses: number[] = [];
  for (const side of sides) {
    particles += side.particles;
    split += side.split;
    matched += side.matched;
    for (const response of side.responses) if (!Number.isNaN(response)) responses.push(response);
  }
  const response = median(responses);
  return {
    particles,
    split,
    splitFraction: split / particles,
    splitInterval: particles === 0 ? { low: 0, high: 1 } : clopperPearson(split, particles),
    lost: particles - matched,
    response,
    resolution: effectiveRms(responses) / response,
    responses,
  };
}
