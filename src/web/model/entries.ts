/** Which entry is meant: links and people name it by its number in the source, or by the numbers of its event. */

/** One value for each entry. */
export interface EntryList {
  readonly name: string;
  readonly run: BigInt64Array;
  readonly lumi: BigInt64Array;
  readonly event: BigInt64Array;
  readonly zside: Int8Array;
}

export type Target =
  | { readonly by: "entry"; readonly text: string }
  /** "7", or run, lumi and event as "1:2:7". `endcap`: the one to prefer, null for any. */
  | { readonly by: "event"; readonly text: string; readonly endcap: 1 | -1 | null };

/** `note`: what there is to say about the entry; -1: there is none, and `note` says why. */
export interface Found {
  readonly entry: number;
  readonly note: string;
}

const MOST_LISTED = 5;

/** `current`: the entry that is shown. Of several with the same number the one after it is found, then the first again. */
export function findEntry(list: EntryList, target: Target, current = -1): Found {
  const { name, event } = list;
  const n = event.length;
  const { text } = target;
  const none = (note: string): Found => ({ entry: -1, note });
  if (target.by === "entry") {
    if (/^\d+$/.test(text) && Number(text) < n) return { entry: Number(text), note: "" };
    return none(`${name} has no entry ${text}; it has ${n}, from 0 to ${n - 1}`);
  }
  const match = /^(?:(\d+):(\d+):)?(-?\d+)$/.exec(text);
  if (match === null) return none(`"${text}" is not an event number, and not run:lumi:event`);
  const all = entriesOf(list, match);
  if (all.length === 0) {
    return none(`${name} has no event ${text}; it has ${n} events from ${event[0]} to ${event[n - 1]}`);
  }
  const inEndcap = all.filter((entry) => list.zside[entry] === target.endcap);
  const wanted = inEndcap.length > 0 ? inEndcap : all;
  const entry = wanted.find((each) => each > current && all.includes(current)) ?? wanted[0];
  const alike = all.filter((each) => list.zside[each] === list.zside[entry]);
  if (alike.length === 1) return { entry, note: "" };
  const listed = alike.slice(0, MOST_LISTED).join(", ") + (alike.length > MOST_LISTED ? ", …" : "");
  const note = `${alike.length} entries are event ${text}: ${listed}. This is entry ${entry}`;
  return { entry, note };
}

function entriesOf({ run, lumi, event }: EntryList, [, ofRun, ofLumi, number]: RegExpExecArray): number[] {
  const [wanted, inRun, inLumi] = [number, ofRun ?? 0, ofLumi ?? 0].map(BigInt);
  const found: number[] = [];
  for (let entry = event.indexOf(wanted); entry >= 0; entry = event.indexOf(wanted, entry + 1)) {
    if (ofRun === undefined || (run[entry] === inRun && lumi[entry] === inLumi)) found.push(entry);
  }
  return found;
}
