/** What the event table says about a sample, in the numbers that people compare. */
import { type Performance, performanceOf } from "../../chain/index.js";
import { type SurveyRow, type SurveySide } from "../data/protocol.js";

export interface SideStatistics extends Performance {
  /** Particles without a matched cluster. */
  readonly lost: number;
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
  return { ...performanceOf({ particles, split, matched }, responses), lost: particles - matched, responses };
}
