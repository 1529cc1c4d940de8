/** The one place that knows how a shell is told a word. */
import { InputError, printable } from "../core/index.js";

/** A word of a POSIX shell that stands for this very text. InputError for a text with the character NUL, which no program can be given. */
export function shellWord(text: string): string {
  if (text.includes("\0")) {
    throw new InputError(`"${printable(text)}" holds the character NUL, which no argument of a program can hold`);
  }
  return /^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
}

export function shellLine(words: readonly string[]): string {
  return words.map(shellWord).join(" ");
}
