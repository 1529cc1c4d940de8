/** Events as people name them: by number, which repeats in most productions, or as run:lumi:event. */
import { InputError } from "../core/index.js";
import { type EntriesTable } from "./tables.js";

/** "12" or "1:3:12". */
export type EventName = string;

/** The name with its numbers as a sample has them; undefined for anything else. */
export function parseEventName(text: string): EventName | undefined {
  if (!/^(-?\d+:-?\d+:)?-?\d+$/.test(text)) return undefined;
  const numbers = text.split(":").map(BigInt);
  return numbers.every((number) => BigInt.asIntN(64, number) === number) ? numbers.join(":") : undefined;
}

export interface FoundEvents {
  readonly has: (i: number) => boolean;
  /** Names that fit more than one event, in words. */
  readonly notes: readonly string[];
}

/** How many names an error lists. */
const LISTED = 10;

/**
 * Looks names up. A number is every entry of that number: both endcaps, and all events of other runs and lumi sections,
 * which a note tells. InputError for names that no entry has, or none of those that are `selected`.
 */
export function findEvents(
  where: string,
  { rows, columns: { run, lumi, event } }: EntriesTable,
  names: readonly EventName[],
  selected?: Iterable<number>,
): FoundEvents {
  const wanted = new Set(names);
  const numbers = new Set(names.map((name) => BigInt(name.slice(name.lastIndexOf(":") + 1))));
  const found = new Map<EventName, Set<string>>(names.map((name) => [name, new Set()]));
  const chosen = new Set<number>();
  for (const i of selected ?? Array(rows).keys()) {
    if (!numbers.has(event[i])) continue;
    const full = `${run[i]}:${lumi[i]}:${event[i]}`;
    for (const name of [full, String(event[i])]) {
      if (!wanted.has(name)) continue;
      found.get(name)?.add(full);
      chosen.add(i);
    }
  }
  const missing = [...found].filter(([, events]) => events.size === 0).map(([name]) => name);
  if (missing.length > 0) {
    const problem = selected === undefined ? "no event" : "the run did not select event";
    const more = selected === undefined ? countHint(names, rows) : "";
    throw new InputError(`${where}: ${problem} ${missing.slice(0, LISTED).join(", ")}${more}`);
  }
  const notes = [...found]
    .filter(([, events]) => events.size > 1)
    .map(([name, events]) => `event ${name} is ${events.size} events, all of which are taken: ${listed([...events])}`);
  return { has: (i) => chosen.has(i), notes };
}

/** A single number that is no event of use may be meant as how many. */
export function countHint(names: readonly EventName[], entries: number): string {
  const count = Number(names[0]);
  return names.length === 1 && count > 1 && count <= Math.max(entries, 1000)
    ? `; for the first ${count} entries use --first ${count}`
    : "";
}

function listed(names: readonly string[]): string {
  return names.slice(0, LISTED).join(", ") + (names.length > LISTED ? ", ..." : "");
}
