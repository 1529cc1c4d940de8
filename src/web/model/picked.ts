/** What is picked, as links write it: "tc:5". */

export interface Picked {
  readonly kind: "tc" | "seed" | "bin" | "wafer" | "hex";
  readonly index: number;
}

/** What there is of that kind: the numbers of them; undefined where that is not known. */
export interface Pickable {
  readonly tc: number | undefined;
  readonly seed: number | undefined;
  readonly bin: number | undefined;
}

/** `null` for what is not there. */
export function ifThere(picked: Picked | null, pickable: Pickable): Picked | null {
  if (picked === null || picked.kind === "wafer" || picked.kind === "hex") return picked;
  return picked.index < (pickable[picked.kind] ?? Infinity) ? picked : null;
}

export function parsePick(text: string): Picked | null {
  const match = /^(tc|seed|bin|wafer|hex):(\d+)$/.exec(text);
  return match === null ? null : { kind: match[1] as Picked["kind"], index: Number(match[2]) };
}
