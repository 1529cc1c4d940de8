/** Counts in words. */

/** "plot" for one, else "plots"; `many`: where it is no "s" that is added. */
export const noun = (n: number, what: string, many = `${what}s`): string => (n === 1 ? what : many);

/** "1 plot", "2 plots". */
export const counted = (n: number, what: string, many = `${what}s`): string => `${n} ${noun(n, what, many)}`;

/** Of what is made in parts, which of them are there: "no part is there", "2 of 3 parts are there", "its one part is there". */
export function partsInWords(there: number, all: number): string {
  if (there === 0) return "no part is there";
  if (there < all) return `${there} of ${counted(all, "part")} ${noun(there, "is", "are")} there`;
  return all === 1 ? "its one part is there" : `all ${all} parts are there`;
}
