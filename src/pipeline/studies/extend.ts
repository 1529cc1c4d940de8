/** A study that has begun gets other points; what is computed of them stays, and so does what all parts share. */
import { join } from "node:path";
import { InputError } from "../../core/index.js";
import { extendRun, realEffects } from "../../io/node/index.js";
import { type StudyPlan } from "./spec.js";
import { specOf } from "./studies.js";
import { coreKey, openStudy, planInfo, planKey } from "./study-folder.js";

/**
 * Writes the plan to the study.json of a study that differs in its points alone. Results of the points before go: they are
 * to be combined again. InputError for a study that differs in more.
 */
export async function extendStudy(path: string, plan: StudyPlan): Promise<void> {
  const { study, plan: before, shared: told } = await openStudy(path);
  const { grows, shared } = specOf(plan.study);
  if (before.study !== plan.study)
    throw new InputError(`${path} is a study ${before.study}, not a study ${plan.study}`);
  if (grows === undefined) throw new InputError(`${path} is a study ${plan.study}, which cannot be extended`);
  if (before.program !== plan.program) {
    throw new InputError(
      `${path} was begun by ${before.program}, this is ${plan.program}: begin it again with --force and without --extend`,
    );
  }
  if ((await coreKey(before)) !== (await coreKey(plan))) {
    throw new InputError(
      `${path} was begun with other samples, parameters or options: --extend changes its ${grows.option} alone; choose another folder, or begin it again with --force and without --extend`,
    );
  }
  if ((await planKey(before)) === (await planKey(plan))) return;
  const kept = Object.keys(shared?.schemas(plan) ?? {});
  const { tables, files = [] } = study.info;
  await extendRun(
    study,
    {},
    { force: true },
    async () => ({ ...(await planInfo(plan)), ...(told === undefined ? {} : { shared: told }) }),
    (name) => kept.includes(name),
  );
  const gone = Object.keys(tables).filter((name) => !kept.includes(name));
  for (const file of [...gone.map((name) => `${name}.parquet`), ...files]) await realEffects.rm(join(path, file));
}
