/** Names and values of files and arguments as a terminal may show them. */

/**
 * Control characters (C0, DEL, C1), line and paragraph separators, marks that turn the direction of writing, byte order
 * marks and halves of surrogate pairs: what moves the cursor, colours, rings or hides.
 */
// oxlint-disable-next-line no-control-regex
const UNPRINTABLE = /[\u0000-\u001f\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\p{Cs}]/gu;

const SHORT: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text in one line in which nothing acts on a terminal: `\n`, `\u001b` stand for what they name. */
export function printable(text: string): string {
  return text.replace(UNPRINTABLE, (character) => {
    return SHORT[character] ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`;
  });
}
