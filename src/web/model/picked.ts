/** What is picked, as links write it: "tc:5". */

export const PICK_KINDS = ["tc", "seed", "bin", "wafer", "hex"] as const;

/** As links have them: a seed of side B has a word of its own. */
export const PICK_WORDS = [...PICK_KINDS, "seedb"] as const;

export interface Picked {
  readonly kind: (typeof PICK_KINDS)[number];
  readonly index: number;
}

/** What there is of each kind: the numbers of them; undefined where that is not known. Others are looked for by their id. */
export type Pickable = { readonly [K in Picked["kind"]]?: number | undefined };

/** `null` for what is not there. */
export function ifThere(picked: Picked | null, pickable: Pickable): Picked | null {
  return picked === null || picked.index < (pickable[picked.kind] ?? Infinity) ? picked : null;
}

export function parsePick(text: string): Picked | null {
  const [word, index] = text.split(":");
  const kind = PICK_KINDS.find((each) => each === word);
  return kind === undefined || !/^\d+$/.test(index) ? null : { kind, index: Number(index) };
}
