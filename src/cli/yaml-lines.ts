/**
 * YAML as PyYAML reads it, where the parser is stricter: lines of a flow sequence or mapping may begin at the column of
 * its key, or left of it. They are indented before the parser sees them; the numbers of the lines stay.
 */
import { ConfigError } from "../core/index.js";

/** More levels than any configuration has; the parser would run out of stack, or of minutes. */
const DEEPEST = 64;

/** Throws a ConfigError when the text is nested deeper than a configuration can be. */
export function indentFlow(text: string, name: string): string {
  const scanner = createScanner(name);
  return text.split("\n").map(scanner).join("\n");
}

function createScanner(name: string): (line: string, i: number) => string {
  let depth = 0;
  let quote = "";
  /** Indentation of the line in which the outermost flow collection began. */
  let outer = 0;
  /** Indentation of the line that began a block of literal text; -1 outside. */
  let literal = -1;
  /** Indentations of the lines above that are still open. */
  let levels: number[] = [];

  const deeper = (level: number, i: number): void => {
    if (level > DEEPEST) throw new ConfigError(`${name}:${i + 1}: nested more than ${DEEPEST} levels deep`);
  };

  /** Follows quotes and brackets from `from` on. */
  function follow(line: string, from: number, i: number): void {
    for (let at = from; at < line.length; at++) {
      const c = line[at];
      if (quote !== "") {
        if (c === "\\" && quote === '"') at++;
        else if (c === quote) quote = "";
        continue;
      }
      if (c === "#" && (at === 0 || /\s/.test(line[at - 1]))) return;
      // Inside of a word a quote is a letter.
      if ((c === '"' || c === "'") && /[\s,:[{]/.test(line[at - 1] ?? " ")) quote = c;
      else if (c === "[" || c === "{") deeper(++depth, i);
      else if ((c === "]" || c === "}") && --depth === 0) return;
    }
  }

  return (line, i) => {
    const indent = line.length - line.trimStart().length;
    const empty = indent === line.length;
    if (depth > 0) {
      const missing = quote === "" && !empty && indent <= outer ? outer - indent + 1 : 0;
      follow(line, indent, i);
      return " ".repeat(missing) + line;
    }
    if (empty || (literal >= 0 && indent > literal)) return line;
    literal = /(?:^|[:\-?]\s+)[|>][-+\d]*\s*(?:#.*)?$/.test(line) ? indent : -1;
    levels = [...levels.filter((level) => level < indent), indent];
    deeper(levels.length + (/^\s*(?:[-?]\s+)+/.exec(line)?.[0].match(/[-?]/g)?.length ?? 0), i);
    const start = /^(?:[^"'#[{]|(?<=\S)#)*?(?:^|[:\-?]\s)\s*(?:[&!]\S*\s+)*(?=[[{])/.exec(line)?.[0].length;
    if (start !== undefined) {
      outer = indent;
      follow(line, start, i);
    }
    return line;
  };
}
