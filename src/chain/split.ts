/** Why particles are split: the numbers of the two seeds that share one, and of what lies between them. */
import { InputError, type Table, TableBuilder } from "../core/index.js";
import { type SampleBatch, SPLITS } from "../events/index.js";
import { type FindGap } from "./chain-spec.js";
import { chainOf } from "./chains.js";
import { type ChainTables } from "./output.js";
import { type ChainParams } from "./params.js";
import { SharedStages } from "./stages.js";
import { matchParticle } from "./match.js";

/**
 * One row for each split particle in `tables`, which a chain returned for this batch with these parameters. A split is
 * two seeds that a smoothing kernel (BinSums) did not bridge, or for `cs` a border between coarse seeds or cells. In the
 * default chain the valley is read off the histogram along the straight line of bins between the seeds, the short way in
 * phi; for `cs` off the cells between them, in the layers that made the seeds, whether or not their wafer is a coarse seed. `shared`: of the chain, whose maps are not made again.
 */
export function findSplits(
  batch: SampleBatch,
  tables: Pick<ChainTables, "events" | "clusters" | "seeds">,
  params: ChainParams,
  shared = new SharedStages(),
): Table<typeof SPLITS> {
  const out = new TableBuilder(SPLITS);
  const gaps = new Map<string, FindGap>();
  const gapOf = (chain: string): FindGap => {
    const known = gaps.get(chain) ?? chainOf(chain).createGap(batch, params, shared);
    gaps.set(chain, known);
    return known;
  };
  const { events, seeds } = tables;
  const clusters = tables.clusters.columns;
  const from = events.columns;
  const rowOf = new Map(Array.from(batch.entries.columns.entry, (entry, i) => [entry, i]));
  const keyOf = (columns: { entry: Int32Array; chain: string[] }, row: number): string =>
    `${columns.entry[row]} ${columns.chain[row]}`;
  const firstCluster = firstRows(tables.clusters.rows, (row) => keyOf(clusters, row));
  const firstSeed = firstRows(seeds.rows, (row) => keyOf(seeds.columns, row));
  for (let r = 0; r < events.rows; r++) {
    if (from.is_split[r] === 0) continue;
    const key = keyOf(from, r);
    const i = rowOf.get(from.entry[r]);
    const first = firstCluster.get(key);
    const seed = firstSeed.get(key);
    if (i === undefined || first === undefined || seed === undefined) {
      throw new InputError(`entry ${from.entry[r]}: its record is split, but the batch or the tables lack it`);
    }
    let end = first;
    while (end < tables.clusters.rows && keyOf(clusters, end) === key) end++;
    const { largest, second, pt } = matchParticle(
      { columns: clusters, first, end },
      from.geneta[r],
      from.genphi[r],
      params.validation,
    );
    const a = seed + clusters.seed_idx[largest];
    const b = seed + clusters.seed_idx[second];
    const s = seeds.columns;
    const gap = gapOf(from.chain[r])(i, s, a, b);
    const at = out.add(1);
    const to = out.columns;
    to.entry[at] = from.entry[r];
    to.event[at] = from.event[r];
    to.chain[at] = from.chain[r];
    to.particle[at] = from.particle[r];
    to.seed_a[at] = clusters.seed_idx[largest];
    to.seed_b[at] = clusters.seed_idx[second];
    to.pt_a[at] = clusters.pt[largest];
    to.pt_b[at] = clusters.pt[second];
    to.share[at] = clusters.pt[second] / pt;
    to.seedEn_a[at] = s.seedEn[a];
    to.seedEn_b[at] = s.seedEn[b];
    to.distance[at] = Math.hypot(s.seedXdivZ[a] - s.seedXdivZ[b], s.seedYdivZ[a] - s.seedYdivZ[b]);
    to.d_rz[at] = gap.rows;
    to.d_phi[at] = gap.columns;
    [to.BinSums_a[at], to.BinSums_b[at]] = gap.binSums;
    to.d_uv[at] = gap.cells;
    to.cs_id_a[at] = s.cs_id[a];
    to.cs_id_b[at] = s.cs_id[b];
    to.valley_bins[at] = gap.bins;
    to.valley_tcs[at] = gap.tcs;
    to.valley_mipPt[at] = gap.mipPt;
    to.valley_min[at] = gap.min;
  }
  return out.finish();
}

function firstRows(rows: number, keyOf: (row: number) => string): Map<string, number> {
  const first = new Map<string, number>();
  for (let row = 0; row < rows; row++) {
    const key = keyOf(row);
    if (!first.has(key)) first.set(key, row);
  }
  return first;
}
