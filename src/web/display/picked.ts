/** What is picked, as links write it: "tc:5". */

export interface Picked {
  readonly kind: "tc" | "seed" | "bin" | "wafer" | "hex";
  readonly index: number;
}

export function parsePick(text: string): Picked | null {
  const match = /^(tc|seed|bin|wafer|hex):(\d+)$/.exec(text);
  return match === null ? null : { kind: match[1] as Picked["kind"], index: Number(match[2]) };
}
