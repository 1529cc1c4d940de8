/** Why entries that somebody asked for are not in a run. */
import {
  type ChainCounts,
  type LeftOut,
  leftOutReasons,
  leftOutWords,
  parseSelection,
  selectEntry,
} from "../chain/index.js";
import { openSampleFolder } from "../io/node/index.js";
import { chooseEntries } from "./entries.js";
import { countHint } from "../events/index.js";
import { type ChainTask } from "./process.js";

/** Entries that are told one by one. */
const TOLD = 10;

/** In words: that there is nothing, and why events that were named are not selected. */
export async function selectionNotes(task: ChainTask, counts: ChainCounts): Promise<string[]> {
  const { sample, params, selection } = task;
  if (counts.entries === 0) return [`${sample} has no entries: the run is empty`];
  const notes: string[] = [];
  if (counts.selected === 0) {
    const reasons = leftOutReasons(counts, params.base);
    if (counts.bad > 0) reasons.push(`${counts.bad} with bad values`);
    notes.push(`none of ${counts.entries} entries was selected, the run is empty: ${reasons.join("; ")}`);
  }
  notes.push(...shareNotes(selection, counts));
  if (task.events === undefined || counts.selected + counts.bad === counts.entries) return notes;
  const chosen = await chooseEntries(await openSampleFolder(sample), task);
  try {
    for (let b = 0; b < chosen.batches && notes.length < TOLD; b++) {
      const batch = await chosen.read(b, []);
      const { entry, event } = batch.entries.columns;
      for (let i = 0; i < batch.entries.rows && notes.length < TOLD; i++) {
        const { leftOut } = selectEntry(batch, i, parseSelection(selection), params.base);
        if (leftOut === null) continue;
        const etas = leftOut === "outside" ? ` (eta ${etasOf(batch, i)})` : "";
        const hint = countHint(task.events, chosen.allEntries);
        notes.push(`event ${event[i]} (entry ${entry[i]}) is not selected: ${wordsOf(leftOut)}${etas}${hint}`);
      }
    }
  } finally {
    await chosen.close();
  }
  return notes;

  function wordsOf(reason: LeftOut): string {
    return reason === "deselected" ? `--sel ${selection} leaves it out` : `it is ${leftOutWords(reason, params.base)}`;
  }
}

/** `splits_only` and `no_splits` go by clusters of the ntuple: with pile-up, or other parameters, they may say nothing. */
function shareNotes(selection: string, { rowsIn, rowsOut }: ChainCounts): string[] {
  const share = rowsOut / rowsIn;
  if ((selection !== "splits_only" && selection !== "no_splits") || (share >= 0.05 && share <= 0.5)) return [];
  if (rowsOut === 0 || rowsIn === 0) return [];
  const percent = (100 * share).toPrecision(2);
  return [
    `--sel ${selection} passes ${rowsOut} of ${rowsIn} rows (${percent} %): ${share > 0.5 ? "more than half" : "fewer than 5 %"}; ` +
      "it compares the energy of each cl3d with the particle's, which pile-up spoils: look at the true or net split fraction instead",
  ];
}

function etasOf({ entries, gen }: Parameters<typeof selectEntry>[0], i: number): string {
  const first = entries.columns.gen_first[i];
  const etas = gen.columns.gen_eta.subarray(first, first + entries.columns.gen_rows[i]);
  return etas.length === 0 ? "of none" : Array.from(etas, (eta) => eta.toFixed(3)).join(", ");
}
