/**
 * The events on which we differ from the reference on purpose, with `base.PhiAxis: regular`. Each has a test of what we
 * do in src/chain. Everything not listed here is compared.
 */
const flatTopD = [126, 178, 282, 308, 438, 594, 620, 984, 1036, 1062, 1088, 1114];

/** Events of the default chain; files of both chains have the same for its half. */
export function isException(sample: string, file: string, event: number): boolean {
  const flatTop = file.includes("flat_top");
  const clusters = file.startsWith("cluster_") || file.startsWith("collect_cluster");
  const seeds = file.startsWith("seed_") || file.startsWith("collect_seed");
  if (sample === "b") return flatTop && (seeds || clusters) && (event === 1612 || event === 89918);
  if (sample === "c") return flatTop && (seeds || clusters);
  if (sample !== "d") return false;
  // A TC outside both axes stays available to clustering.
  if (file === "fill") return event === 230 || event === 932 || event === 958;
  if (clusters && event === 230) return true;
  if (event === 932) return true;
  // TCs of the other endcap are left out at the door.
  if (event === 958) return file.startsWith("smooth_") || seeds;
  // A layer without a radius is an input error.
  if (event === 1114 && (file.startsWith("cluster_default") || file.startsWith("collect_"))) return true;
  // A seed bin without a position gets one.
  if (flatTop && (seeds || clusters)) return flatTopD.includes(event) && !(file.endsWith("max_c030") && event === 308);
  return event === 438 && (file.startsWith("seed_default") || clusters);
}

/**
 * The same for the coarse-seeding chain: only TCs of the other endcap, left out at the door, make a difference. There they
 * make a second seed, and with it another cluster.
 */
export function isCsException(sample: string, event: number): boolean {
  return sample === "d" && event === 958;
}

/** Validation records: residuals at the seam are wrapped here; clpt is the pt of the most energetic cluster. */
export function isRecordException(sample: string, file: string, column: string, event: number): boolean {
  const seam: Record<string, number[]> = {
    a: [145752],
    b: [1700, 23454, 186686, 197526, 140552],
    c: [8616],
    d: [126, 178, 204, 256, 282, 308, 334],
  };
  const pt: Record<string, number[]> = { b: [176, 1576, 3110, 55852, 197526], c: [8616] };
  const ptNoCs: Record<string, number[]> = { b: [458], d: [178] };
  // The sums leave out the TCs of the other endcap, as the histogram does.
  if (sample === "d" && event === 958 && column.startsWith("tcall")) return true;
  if (column === "clresphi") return seam[sample].includes(event);
  if (column !== "clpt" && column !== "clrespt") return false;
  return pt[sample]?.includes(event) || (file.includes("_nocs_") && ptNoCs[sample]?.includes(event)) || false;
}
