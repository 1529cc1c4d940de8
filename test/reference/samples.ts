/** What the parity tests of both chains share: the folders to compare with, and how clusters are compared. */
import { expect, test } from "vitest";
import { type ChainParams, type ChainResult, DEFAULT_PARAMS } from "../../src/chain/index.js";
import { isLong } from "../long.js";
import { type Comparison, GOLDEN, readLines, referenceFolder, type ReferenceInput, toBatch } from "./load.js";

/** The reference's phi range is open. */
export const regular: ChainParams = {
  ...DEFAULT_PARAMS,
  base: { ...DEFAULT_PARAMS.base, PhiAxis: "regular", RequireCl3d: true },
};

const reference = isLong ? referenceFolder() : undefined;

export const folders = [
  { name: "golden subset", samples: ["a", "d"].map((sample) => ({ sample, folder: `${GOLDEN}/${sample}` })) },
];
if (reference === null) {
  test.skip("samples a, b, c, d [needs reference]: not in $BYE_SPLITS_REFERENCE or ../shared/reference", () => {});
} else if (reference !== undefined) {
  folders.push({
    name: "reference",
    samples: ["a", "b", "c", "d"].map((sample) => ({ sample, folder: `${reference}/${sample}` })),
  });
}

/** The inputs of a sample as one batch, and the row of each event in it. */
export function loadInputs(folder: string) {
  const inputs = readLines<ReferenceInput>(`${folder}/inputs`);
  return { inputs, batch: toBatch(inputs), entryOf: new Map(inputs.map((input, i) => [input.event, i])) };
}

/** Rows of a table by event. */
export function byEvent(event: BigInt64Array): Map<number, number[]> {
  const rows = new Map<number, number[]>();
  for (let i = 0; i < event.length; i++) {
    const list = rows.get(Number(event[i]));
    if (list === undefined) rows.set(Number(event[i]), [i]);
    else list.push(i);
  }
  return rows;
}

interface ClusterLine {
  event: number;
  status: "ok" | "no_seeds" | "seed_error";
  seed_idx: number[];
  /** -1: within no radius; -2: not clustered at all. */
  assign?: number[];
  n_assigned: number;
  [column: string]: unknown;
}

/**
 * Compares the clusters and assignments of a run with a file cluster_*, but for the `excepted` events; returns the events compared. `outside` is what
 * the file has for TCs that are not clustered where we have -1.
 */
export function compareClusters(
  comparison: Comparison,
  result: ChainResult,
  nTcs: ReadonlyMap<number, number>,
  path: string,
  { excepted, outside }: { excepted(event: number): boolean; readonly outside?: number },
): Set<number> {
  const clusters = byEvent(result.clusters.columns.event);
  const assigned = byEvent(result.assignment.columns.event);
  const records = byEvent(result.events.columns.event);
  const compared = new Set<number>();
  for (const line of readLines<ClusterLine>(path)) {
    const nTc = nTcs.get(line.event);
    if (nTc === undefined || excepted(line.event)) continue;
    compared.add(line.event);
    const where = `event ${line.event}`;
    expect(line.status, where).not.toBe("seed_error");
    expect(records.has(line.event), `${where} has a record`).toBe(true);
    const rows = clusters.get(line.event) ?? [];
    comparison.same(
      rows.map((row) => result.clusters.columns.seed_idx[row]),
      line.seed_idx ?? [],
      `${where} seed_idx`,
    );
    if (line.status === "no_seeds") continue;
    for (const name of ["en", "pt", "x", "y", "z", "Rz", "eta", "phi"] as const) {
      const want = line[name] as number[];
      for (const [k, row] of rows.entries()) {
        comparison.near(result.clusters.columns[name][row], want[k], `${where} cluster ${k} ${name}`);
      }
    }
    const assignment = Array.from({ length: nTc }, () => -1);
    for (const row of assigned.get(line.event) ?? []) {
      assignment[result.assignment.columns.tc_row[row]] = result.assignment.columns.seed_idx[row];
    }
    comparison.same([assigned.get(line.event)?.length ?? 0], [line.n_assigned], `${where} n_assigned`);
    if (line.assign === undefined) continue;
    const want = outside === undefined ? line.assign : line.assign.map((seed) => (seed === outside ? -1 : seed));
    comparison.same(assignment, want, `${where} assignment`);
  }
  return compared;
}
