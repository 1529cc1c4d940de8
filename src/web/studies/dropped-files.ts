/** What was dropped on the pages of studies, and what links say of it. */
import { liveSamples } from "./state.js";

export const DROPPED = "dropped: ";

/** Points that were saved, a sample to be read in the page, or else a study. */
export function kindOfFiles(files: readonly { readonly name: string }[]): "points" | "sample" | "study" {
  const names = files.map(({ name }) => name);
  if (names.includes("study.json")) return "study";
  if (names.includes("sample.json") || names.some((name) => name.endsWith(".root"))) return "sample";
  return names.length === 1 && names[0].endsWith(".json") ? "points" : "study";
}

/** What a link names of what was dropped, and is gone with the page. `isThere`: of studies and samples by what links call them. */
export function lostIn(study: string, isThere: (id: string) => boolean): string[] {
  return (liveSamples(study) ?? [study])
    .filter((id) => id.startsWith(DROPPED) && !isThere(id))
    .map((id) => id.slice(DROPPED.length));
}
