/** Numbers of wafers and of places on the (U, V) map, the same in every event: what a link picks. */
import { site, siteU, siteV } from "../../detector/index.js";

/** |wu|, |wv| < 32. */
export const waferId: (wu: number, wv: number) => number = site;

export function waferOfId(id: number): readonly [wu: number, wv: number] {
  return [siteU(id), siteV(id)];
}

/** |U|, |V| < 512. */
export function hexId(u: number, v: number): number {
  return 1024 * (u + 512) + v + 512;
}

export function hexOfId(id: number): readonly [u: number, v: number] {
  return [Math.floor(id / 1024) - 512, (id % 1024) - 512];
}
