/** STUDY folders as pages of a report. */
import { basename, resolve } from "node:path";
import { InputError } from "../../core/index.js";
import { openFolder } from "../../io/node/index.js";
import { type Page, prefixedPage } from "../../plots/index.js";
import { sampleName } from "../sample-of-run.js";
import { specOf } from "./studies.js";
import { openCombined } from "./verbs.js";

/** Whether all are studies. InputError when only some are: runs and studies have different pages. */
export async function areStudies(paths: readonly string[]): Promise<boolean> {
  const found = await Promise.all(
    paths.map(async (path) => {
      const source = await (await openFolder(path)).open("study.json");
      await source?.close?.();
      return source !== undefined;
    }),
  );
  if (found.every((isStudy) => isStudy === found[0])) return found[0];
  const [study, run] = [found.indexOf(true), found.indexOf(false)].map((i) => paths[i]);
  throw new InputError(`${study} is a study, ${run} is not: report studies and runs one by one`);
}

export interface StudyPages {
  readonly pages: readonly Page[];
  /** A line on each study. */
  readonly about: readonly string[];
  readonly names: readonly string[];
}

/** The pages of combined studies, one after another. */
export async function studyPages(paths: readonly string[], labels: readonly string[]): Promise<StudyPages> {
  const names = paths.map((path, i) => labels[i] ?? basename(resolve(path)));
  const about: string[] = [];
  const pages: Page[] = [];
  for (const [i, path] of paths.entries()) {
    const { study, plan, combined, result } = await openCombined(path);
    const own = await specOf(plan.study).pages(study, plan, names[i], result);
    pages.push(...(paths.length === 1 ? own : own.map((page) => prefixedPage(page, `s${i}-`, names[i]))));
    const samples = plan.samples.map(sampleName).join(", ");
    const from = plan.imported === undefined ? "" : `, imported from ${plan.imported.file}`;
    const part = Array.isArray(combined) ? `; of the parts ${combined.join(", ")} alone` : "";
    about.push(
      `${names[i]}: study ${plan.study} of ${plan.program}${from}; samples ${samples}; selection ${plan.selection}${part}`,
    );
  }
  return { pages, about, names };
}
