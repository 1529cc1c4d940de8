/**
 * The events on which we differ from the reference on purpose, with `base.PhiAxis: regular`. Each has a test of what we
 * do in src/chain. Everything not listed here is compared.
 */
const flatTopD = [126, 178, 282, 308, 438, 594, 620, 984, 1036, 1062, 1088, 1114];

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
