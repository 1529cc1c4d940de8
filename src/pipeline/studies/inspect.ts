/** What is in a STUDY folder, finished or not. */
import { concurrently, ExpectedError } from "../../core/index.js";
import { type FolderInfo } from "../../io/index.js";
import { openRunFolder } from "../../io/node/index.js";
import { type StudyPlan } from "./spec.js";
import { FILES_TOGETHER, openStudy, partFolder, partKey, partName } from "./study-folder.js";
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
  const { study, plan, result } = await openStudy(path);
  const done = await partsOf(path, plan);
  const lines = result === undefined ? [] : resultLines(plan, result);
  return { plan, tables: study.info.tables, done, result, lines };
}

/** Numbers of the parts that are there; those of another plan or version, which `combine` would refuse, are not. */
async function partsOf(path: string, plan: StudyPlan): Promise<number[]> {
  const there = await concurrently(plan.parts.keys(), FILES_TOGETHER, async (number) => {
    try {
      const { info } = await openRunFolder(partFolder(path, plan, number), "part");
      return info["key"] === (await partKey(plan, number));
    } catch (error) {
      if (error instanceof ExpectedError) return false;
      throw error;
    }
  });
  return there.flatMap((isThere, number) => (isThere ? [number] : []));
}

/** The same with their folders in that of the study. InputError or FormatError for a folder that is no study. */
export async function partsThere(
  path: string,
): Promise<{ readonly there: readonly { readonly number: number; readonly folder: string }[] }> {
  const { plan } = await openStudy(path);
  const numbers = await partsOf(path, plan);
  return { there: numbers.map((number) => ({ number, folder: partName(plan, number) })) };
}
