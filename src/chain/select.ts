/** Which entries, and which particles in them, the chains look at. */
import { ConfigError } from "../core/index.js";
import { type SampleBatch } from "../events/index.js";
import { type BaseParams } from "./params.js";

export type Selection =
  | { readonly kind: "all" | "splits_only" | "no_splits" }
  | { readonly kind: "above_eta"; readonly eta: number };

/** Parses `all`, `splits_only`, `no_splits` or `above_eta_X`; a ConfigError lists them. */
export function parseSelection(text: string): Selection {
  if (text === "all" || text === "splits_only" || text === "no_splits") return { kind: text };
  const eta = /^above_eta_([+-]?\d+(?:\.\d*)?|\.\d+)$/.exec(text)?.[1];
  if (eta !== undefined) return { kind: "above_eta", eta: Number(eta) };
  throw new ConfigError(
    `unknown selection "${text}"; valid are: all, splits_only, no_splits, above_eta_X (a number, as in above_eta_2.3)`,
  );
}

export interface Selected {
  /**
   * Rows of the join of particles and cl3d in the entry, before and after the selection. A particle without a cl3d is a row,
   * unless RequireCl3d makes it an inner join.
   */
  rowsIn: number;
  rowsOut: number;
  /** Rows in `gen` of the particles that stay. */
  readonly particles: number[];
  /**
   * Why the entry is not selected: no particle in (EtaMin, EtaMax), else no cl3d where one is needed, else the selection; null when it is: the
   * chains look at it, also at one without generated particles, which has no records.
   */
  readonly leftOut: LeftOut | null;
}

export type LeftOut = "outside" | "withoutCl3d" | "deselected";

export type Acceptance = Pick<BaseParams, "EtaMin" | "EtaMax">;

export function acceptanceOf({ base: { EtaMin, EtaMax } }: { readonly base: BaseParams }): Acceptance {
  return { EtaMin, EtaMax };
}

/** Why an entry was left out, in words. */
export function leftOutWords(reason: LeftOut, { EtaMin, EtaMax }: Acceptance): string {
  if (reason === "outside") return `without a generated particle in the acceptance (${EtaMin} < |eta| < ${EtaMax})`;
  return reason === "withoutCl3d" ? "without a cluster of the ntuple (cl3d)" : "not in the selection (--sel)";
}

/** How many entries were left out for which reason, in words; none for none. */
export function leftOutReasons(counts: Readonly<Record<LeftOut, number>>, acceptance: Acceptance): string[] {
  return (["outside", "withoutCl3d", "deselected"] as const)
    .filter((reason) => counts[reason] > 0)
    .map((reason) => `${counts[reason]} ${leftOutWords(reason, acceptance)}`);
}

/** (cl3d_en - gen_en) / gen_en; an undefined value counts as +1.1, infinities stay. */
export function energyResponse(clusterEnergy: number, genEnergy: number): number {
  const response = (clusterEnergy - genEnergy) / genEnergy;
  return Number.isNaN(response) ? 1.1 : response;
}

/** |gen_eta| in the range that the selection adds to (EtaMin, EtaMax); strict. */
function accepts(selection: Selection, eta: number, base: BaseParams): boolean {
  if (selection.kind === "above_eta") return eta > selection.eta;
  if (selection.kind === "no_splits") return eta > base.EtaMinStrict && eta < base.EtaMaxStrict;
  return true;
}

/**
 * Applies a selection to row `i` of the entries. The response is asked of all pairs of a particle in (EtaMin, EtaMax) and
 * a cl3d of the entry and its endcap: `splits_only` wants any below EnResSplits, `no_splits` all above EnResNoSplits, and
 * both a cl3d. An entry without generated particles (minimum bias) is selected by `all`.
 */
export function selectEntry(batch: SampleBatch, i: number, selection: Selection, base: BaseParams): Selected {
  const { gen_first, gen_rows, cl3d_first, cl3d_rows, zside } = batch.entries.columns;
  const { gen_eta, gen_en } = batch.gen.columns;
  const { cl3d_en, cl3d_eta } = batch.cl3d.columns;
  const firstCl3d = cl3d_first[i];
  const endCl3d = firstCl3d + cl3d_rows[i];
  const side = zside[i];
  let nCl3d = 0;
  for (let c = firstCl3d; c < endCl3d; c++) if (!(cl3d_eta[c] * side < 0)) nCl3d++;
  let anySplit = false;
  let allWhole = true;
  let isInside = false;
  const particles: number[] = [];
  for (let g = gen_first[i]; g < gen_first[i] + gen_rows[i]; g++) {
    const eta = Math.abs(gen_eta[g]);
    if (!(eta > base.EtaMin && eta < base.EtaMax)) continue;
    isInside = true;
    for (let c = firstCl3d; c < endCl3d; c++) {
      if (cl3d_eta[c] * side < 0) continue;
      const response = energyResponse(cl3d_en[c], gen_en[g]);
      if (response < base.EnResSplits) anySplit = true;
      if (!(response > base.EnResNoSplits)) allWhole = false;
    }
    if (accepts(selection, eta, base)) particles.push(g);
  }
  const isJoined = nCl3d > 0 || !base.RequireCl3d;
  const passes =
    selection.kind === "splits_only" ? anySplit : selection.kind === "no_splits" ? nCl3d > 0 && allWhole : isJoined;
  const kept = passes ? particles : [];
  const isMinimumBias = gen_rows[i] === 0 && selection.kind === "all" && isJoined;
  const needsCl3d = base.RequireCl3d || selection.kind === "splits_only" || selection.kind === "no_splits";
  const leftOut =
    kept.length > 0 || isMinimumBias
      ? null
      : !isInside && !(gen_rows[i] === 0 && selection.kind === "all")
        ? "outside"
        : nCl3d === 0 && needsCl3d
          ? "withoutCl3d"
          : "deselected";
  const rows = base.RequireCl3d ? nCl3d : Math.max(1, nCl3d);
  return { rowsIn: gen_rows[i] * rows, rowsOut: kept.length * rows, particles: kept, leftOut };
}
