import { Random } from "../core/index.js";

const PIECES = [
  " ",
  "  ",
  "'",
  '"',
  "''",
  ";",
  ",",
  "$",
  "$HOME",
  "$(Process)",
  "\\",
  "\\\\",
  "[",
  "]",
  "(",
  ")",
  "{",
  "}",
  "é",
  "日本",
  "🙂",
  "\n",
  "\t",
  "%",
  "#",
  "-",
  "--",
  "=",
  "*",
  "?",
  "~",
  "&",
  "|",
  "<",
  ">",
  "!",
  "`",
  "a",
  "0",
  "False",
  "3.10",
  ".",
  "/",
  "\r",
  "\u007f",
  "\u2028",
  "@",
  ":",
  "^",
];

/** Texts that schedulers and shells like to break; among them nothing at all, and one of 2,000 characters. */
export function randomValues(n: number, seed: number): string[] {
  const random = new Random(seed);
  const pick = (): string => PIECES[Math.floor(random.uniform() * PIECES.length)];
  return Array.from({ length: n }, (_, i) => {
    if (i === 0) return "";
    const length = i === 1 ? 2000 : 1 + Math.floor(random.uniform() * 12);
    const text = Array.from({ length }, pick).join("");
    return i === 1 ? text.slice(0, 2000).replace(/[\ud800-\udbff]$/, "x") : text;
  });
}
