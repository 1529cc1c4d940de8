/** What the event table says about a sample, in the numbers that people compare. */
import { counted } from "../../core/index.js";
import {
  ControlBuilder,
  type ControlSummary,
  isNearTruth,
  type Performance,
  performanceOf,
  truthOf,
  type TruthSummary,
} from "../../chain/index.js";
import { createCut, NO_SELECTION, type Selection } from "./selection.js";
import { type SurveyParticle, type SurveyRow, type SurveySide } from "../data/protocol.js";

export interface SideStatistics extends Performance, ControlSummary, Partial<TruthSummary> {
  readonly particles: number;
  /** Clusters an entry that no generated particle made, of the entries with a particle that counts. */
  readonly falseClusters: number;
  /** False where the net split fraction differs from the true one by more than 2 sigma. */
  readonly isNetNearTruth: boolean;
  /** Of each entry, the particles that count. */
  readonly entries: readonly (readonly SurveyParticle[])[];
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
  /** The others that are not in the selection. */
  readonly deselected: number;
}

/** |eta| of generated particles, both bounds strict, as `run` selects them. */
export interface Acceptance {
  readonly EtaMin: number;
  readonly EtaMax: number;
}

/** `isCompared`: rows without a side B are left out. What is split, or not, is so on each side by itself. */
export function statisticsOf(
  rows: readonly SurveyRow[],
  acceptance: Acceptance,
  isCompared: boolean,
  selection: Selection = NO_SELECTION,
): SampleStatistics {
  const isSelected = createCut(selection);
  const good = rows.filter(({ bad }) => bad === "");
  const used = isCompared ? good.filter(({ b }) => b !== null) : good;
  const isInside = ({ eta }: SurveyParticle): boolean =>
    Math.abs(eta) > acceptance.EtaMin && Math.abs(eta) < acceptance.EtaMax;
  const ofA = used.flatMap(({ a }) => a.particles);
  const inside = ofA.filter(isInside);
  const sideOf = (sides: readonly SurveySide[]): SideStatistics =>
    sideStatistics(
      sides.map((side) => ({
        ...side,
        particles: side.particles.filter((each) => isInside(each) && each.energy > 0 && isSelected(each)),
      })),
      selection.measure === "pt" ? "responsePt" : "response",
    );
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
      deselected: inside.filter((each) => each.energy > 0 && !isSelected(each)).length,
    },
  };
}

function sideStatistics(sides: readonly SurveySide[], measure: "response" | "responsePt"): SideStatistics {
  const particles = sides.flatMap((side) => side.particles);
  const counting = sides.filter((side) => side.particles.length > 0);
  const sum = (of: (particle: SurveyParticle) => number | boolean): number =>
    particles.reduce((total, particle) => total + Number(of(particle)), 0);
  const matched = sum(({ isMatched }) => isMatched);
  const split = sum(({ isSplit }) => isSplit);
  const trulySplit = sum(({ truth }) => truth?.isSplit === true);
  const withTruth = sum(({ truth }) => truth !== null);
  const responses = particles.map((particle) => particle[measure]).filter((response) => !Number.isNaN(response));
  const counts = { particles: particles.length, split, matched };
  const controls = controlsOf(sides);
  return {
    ...performanceOf(counts, responses),
    ...controls,
    ...truthOf({ withTruth, trulySplit, trulyMatched: sum(({ truth }) => truth?.isFound === true) }),
    ...counts,
    entries: counting.map((side) => side.particles),
    lost: particles.length - matched,
    responses,
    falseClusters: counting.reduce((total, side) => total + side.falseClusters, 0) / counting.length,
    isNetNearTruth: withTruth === 0 || isNearTruth(controls.splitNetInterval, trulySplit, withTruth),
  };
}

/** What pile-up alone would do, as a run's summary has it: particles of an entry belong together. */
function controlsOf(sides: readonly SurveySide[]): ControlSummary {
  const rows = sides.flatMap(({ particles }, entry) => particles.map((particle) => ({ ...particle, entry })));
  const integers = (of: (row: (typeof rows)[number]) => number): Int32Array => Int32Array.from(rows, of);
  const builder = new ControlBuilder();
  builder.add({
    rows: rows.length,
    columns: {
      entry: integers(({ entry }) => entry),
      is_split: Uint8Array.from(rows, ({ isSplit }) => Number(isSplit)),
      n_matched: integers(({ isMatched }) => Number(isMatched)),
      match_control: integers(({ controlsMatched }) => controlsMatched),
      split_control: integers(({ controlsSplit }) => controlsSplit),
      n_control: integers(({ controls }) => controls),
    },
  });
  return builder.finish();
}

/** What does not count, in words; empty where everything does. */
export function leftOutInWords({ leftOut }: SampleStatistics, { EtaMin, EtaMax }: Acceptance): string {
  const { bad, notInB, outside, withoutEnergy, deselected } = leftOut;
  const parts = [
    bad > 0 ? `${counted(bad, "event")} with values that are no numbers` : "",
    notInB > 0 ? `${counted(notInB, "event")} that the run B did not select` : "",
    outside > 0 ? `${counted(outside, "particle")} outside of ${EtaMin} < |η| < ${EtaMax}` : "",
    withoutEnergy > 0 ? `${counted(withoutEnergy, "particle")} without generated energy` : "",
    deselected > 0 ? `${counted(deselected, "particle")} not in the selection` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `Left out: ${parts.join("; ")}.`;
}
