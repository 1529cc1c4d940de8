/** Compares validation records with the lines of the files collect_*. */
import { type Column } from "../../src/core/index.js";
import { isRecordException } from "./exceptions.js";
import { type Comparison, type ReferenceInput } from "./load.js";
import { byEvent } from "./samples.js";

export interface CollectorLine {
  readonly event: number;
  readonly [column: string]: number | null;
}

type RecordValues = Readonly<Record<string, number>>;

const NAMES: Readonly<Record<string, string>> = {
  nseeds: "n_seeds",
  ncss: "n_cs",
  nseedspercs: "seeds_per_cs",
  nclusters: "n_clusters",
};

interface Records {
  readonly columns: Readonly<Record<string, Column>> & { readonly event: BigInt64Array };
}

/** The first record of each event, as a function of its number. Of merged records, those columns with or without `suffix`. */
export function recordsByEvent({ columns }: Records, suffix = ""): (event: number) => RecordValues {
  const rows = byEvent(columns.event);
  return (event) => {
    const row = rows.get(event)?.[0];
    if (row === undefined) throw new Error(`event ${event} has no record`);
    return Object.fromEntries(
      Object.entries(columns).map(([name, column]) => [name.replace(suffix, ""), Number(column[row])]),
    );
  };
}

/** Compares the columns of a line with a record; says whether the mean phi of the TCs differs, as it may at the seam. */
export function compareCollected(
  comparison: Comparison,
  line: CollectorLine,
  record: RecordValues,
  { sample, file }: { readonly sample: string; readonly file: string },
  { gen, tc }: ReferenceInput,
): boolean {
  // Only with TCs more than half a turn away from the particle does wrapping change their mean phi.
  const crossesSeam = tc.phi.some((phi) => Math.abs((phi ?? 0) - gen[0].gen_phi) > Math.PI);
  let meanPhiDiffers = false;
  for (const [column, want] of Object.entries(line)) {
    if (/^(event|event_cs|genres\w+)$/.test(column) || isRecordException(sample, file, column, line.event)) continue;
    const got = record[NAMES[column] ?? column];
    if (crossesSeam && column === "tcallphi" && want !== null && Math.abs(got - want) > 1e-9) {
      meanPhiDiffers = true;
    } else if (crossesSeam && column === "tcallresphi") {
      comparison.near(Math.cos(got), Math.cos(record["tcallphi"] - record["genphi"]), "wrapped");
    } else {
      comparison.near(got, want, `event ${line.event} ${column}`);
    }
  }
  return meanPhiDiffers;
}
