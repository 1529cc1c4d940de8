/** What of an address the page did not understand, and what it shows instead. */
import { type Fields } from "./link.js";

export interface Misread {
  /** As in the address. */
  readonly key: string;
  readonly text: string;
  /** What is shown instead; "" for nothing. */
  readonly shown: string;
}

/** Keys of the fields whose texts are none of theirs. `prefix`: of the keys in the address. */
export function misreadIn(fields: Fields, input: URLSearchParams, prefix = ""): Misread[] {
  return Object.entries(fields).flatMap(([key, { isRight, initial }]) => {
    const text = input.get(key);
    if (text === null || isRight === undefined || isRight(text, input)) return [];
    return [{ key: prefix + key, text, shown: initial === null ? "" : String(initial) }];
  });
}

/** Keys that are nobody's. */
export function unknownIn(input: URLSearchParams, isKnown: (key: string) => boolean, prefix = ""): Misread[] {
  const keys = [...new Set(input.keys())].filter((key) => !isKnown(key));
  return keys.map((key) => ({ key: prefix + key, text: input.get(key) ?? "", shown: "" }));
}

/** Long texts are cut: an address may have any. */
const MOST = 60;

const cut = (text: string): string => (text.length > MOST ? `${text.slice(0, MOST)}…` : text);

/** A sentence; "" where everything was understood. */
export function misreadInWords(all: readonly Misread[]): string {
  if (all.length === 0) return "";
  const parts = all.map(({ key, text, shown }) => {
    const said = text === "" ? cut(key) : `${cut(key)}=${cut(text)}`;
    return `${said} (${shown === "" ? "left out" : `shown: ${shown}`})`;
  });
  return `The address says what the page cannot show: ${parts.join(", ")}`;
}
