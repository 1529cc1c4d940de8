import { readdirSync } from "node:fs";

/** Numbers of the parts that are there. */
export function readMarkerParts(study: string): number[] {
  return readdirSync(study)
    .flatMap((name) => /^part-(\d+)$/.exec(name)?.[1] ?? [])
    .map(Number)
    .toSorted((a, b) => a - b);
}
