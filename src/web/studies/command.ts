/** The same on the command line. */
import { type ChainParams } from "../../chain/index.js";
import { binsOf, quoted } from "../model/command-line.js";
import { type StudyState } from "./state.js";

/** What study.json says, as far as pages need it. */
export interface StudyJson {
  readonly study: string;
  readonly selection: string;
  readonly chains: readonly string[];
  readonly options: Readonly<Record<string, unknown>>;
  readonly samples: readonly {
    readonly name: string;
    readonly absolute?: string;
    readonly path?: string;
    readonly particles?: string;
    readonly pileup?: number;
    readonly hasTruth: boolean;
  }[];
  /** What it is computed in. */
  readonly parts?: readonly { readonly point: number; readonly sample: number }[];
  readonly points: readonly {
    readonly radius?: unknown;
    readonly chain?: string;
    readonly settings?: string;
    readonly role?: string;
    /** By "section.name". */
    readonly changes?: Readonly<Record<string, unknown>>;
  }[];
  /** That it was made with; absent in what was imported. */
  readonly params?: ChainParams;
  readonly result?: unknown;
  /** Its parts are not combined yet. */
  readonly isUnfinished?: boolean;
  /** Of results that were not computed here. */
  readonly imported?: { readonly file: string; readonly notes: readonly string[] };
}

/** Where a study is from and what it does not say: a paragraph; "" for one that was computed here. */
export const importedAbout = ({ imported }: StudyJson): string =>
  imported === undefined ? "" : `Imported from ${imported.file}. ${imported.notes.map((note) => `${note}. `).join("")}`;

/**
 * Of one that is not combined yet that comes first. The study again with the ranges of the selection as bins, where there are any: they are rows of its points then. Else its report.
 */
export function commandOf(json: StudyJson, name: string, state: StudyState): string {
  const bins = json.study === "radius" && json.imported === undefined ? binsOf(state) : [];
  const words =
    bins.length === 0
      ? ["bye-splits", "study", json.study, "report", "--study", name, "--out", "report.html"]
      : [
          ...[
            "bye-splits",
            "study",
            "radius",
            "--in",
            ...json.samples.map(({ name: sample, absolute }) => absolute ?? sample),
          ],
          ...["--chain", json.chains[0], "--sel", json.selection],
          ...["--radii", json.points.map(({ radius }) => String(radius)).join(",")],
          ...bins,
          ...["--out", `${name.split("/").at(-1) ?? name}-by`],
        ];
  const combine = ["bye-splits", "study", json.study, "combine", "--study", name];
  const commands = json.isUnfinished && bins.length === 0 ? [combine, words] : [words];
  return commands.map((each) => each.map(quoted).join(" ")).join(" && ");
}
