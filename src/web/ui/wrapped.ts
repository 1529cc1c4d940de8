/** Text in lines. */

/** Lines of at most `most` characters, unless a word is longer; they end between parts where that is possible. */
export function wrapped(parts: readonly string[], most: number): string[] {
  const lines: string[] = [];
  const append = (text: string, between: string): boolean => {
    const last = lines.at(-1);
    if (last === undefined || last.length + between.length + text.length > most) return false;
    lines[lines.length - 1] = last + between + text;
    return true;
  };
  for (const part of parts) {
    if (append(part, " · ")) continue;
    const [first, ...others] = part.split(" ");
    lines.push(first);
    for (const word of others) if (!append(word, " ")) lines.push(word);
  }
  return lines;
}
