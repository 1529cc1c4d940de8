/** What is asked for, of samples without a study: with the chain and parameters of the display, both sides of its comparison. */
import { parseRadii } from "../../studies/index.js";
import { type Model } from "../model/model.js";
import { type LiveLane, type LiveSource, type StudySource } from "./protocol.js";

/** Radii of a link; null for none, or for what are none. */
export function radiiOf(text: string): readonly number[] | null {
  if (text === "") return null;
  try {
    return parseRadii(text);
  } catch {
    return null;
  }
}

/** Null where there is none of the samples: files that were dropped are gone with the page. */
export function liveSourceOf(a: Model, b: Model, samples: readonly string[], radii: string): LiveSource | null {
  const sides = a.view.compare === "settings" ? [a, b] : [a];
  const lanes = samples.flatMap((id): LiveLane[] => {
    const spec = a.specOf(id);
    if (spec === null) return [];
    const name = id === "embedded" ? "embedded sample" : id;
    return sides.map((side) => ({
      id,
      name: sides.length === 1 ? name : `${name}, ${side.side}`,
      spec,
      chain: side.chainName(),
      params: side.params(),
      settings: { ...side.settings() },
    }));
  });
  return lanes.length === 0 ? null : { kind: "live", lanes, radii: radiiOf(radii), limit: a.view.n };
}

/** A study below the data folders, where the server has its files and says which of its parts are there. */
export function storedSource(id: string): StudySource {
  const path = id.split("/").map(encodeURIComponent).join("/");
  const at = (where: string): string => new URL(where, document.baseURI).href;
  return { kind: "study", id, url: at(`data/${path}/`), parts: at(`api/parts/${path}`) };
}

/** The same again is not opened again. */
export function isSameSource(a: StudySource | null, b: StudySource | null): boolean {
  if (a?.kind === "study" && b?.kind === "study") return a.url === b.url;
  if (a?.kind === "kept" && b?.kind === "kept") return a.points === b.points;
  return a === b || (a?.kind === "live" && b?.kind === "live" && JSON.stringify(a) === JSON.stringify(b));
}
