/** What is in a STUDY folder, finished or not. */
import { openFolder, hasFile } from "../../io/node/index.js";
import { type FolderInfo } from "../../io/index.js";
import { type StudyPlan } from "./spec.js";
import { openStudy, partFolder } from "./study-folder.js";
import { resultLines } from "./studies.js";

export interface InspectedStudy {
  readonly plan: StudyPlan;
  readonly tables: FolderInfo["tables"];
  /** Numbers of the parts that are there. */
  readonly done: readonly number[];
  /** Undefined before it is combined. */
  readonly result: object | undefined;
  /** The result for people. */
  readonly lines: readonly string[];
}

/** InputError or FormatError for a folder that is no study. */
export async function inspectStudy(path: string): Promise<InspectedStudy> {
  const { study, plan } = await openStudy(path);
  const done: number[] = [];
  for (const number of plan.parts.keys()) {
    const folder = await openFolder(partFolder(path, plan, number)).catch(() => undefined);
    if (folder !== undefined && (await hasFile(folder, "part.json"))) done.push(number);
  }
  const { result } = study.info as { readonly result?: object };
  const lines = result === undefined ? [] : resultLines(plan, result);
  return { plan, tables: study.info.tables, done, result, lines };
}
