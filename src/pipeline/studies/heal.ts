/** Which single change of a parameter mends which split. */
import { type Table, TableBuilder } from "../../core/index.js";
import { changesOf, HEAL, PART_EVENTS, type ScanPoint, settingsText } from "../../studies/index.js";
import { eachGroup } from "./points.js";
import { type FinishedPart, type StudyPlan } from "./spec.js";

interface State {
  readonly split: number;
  readonly trueSplit: number;
}

/** Particles by "entry particle". */
type Particles = ReadonlyMap<string, State>;

/**
 * For every particle that is split as configured, and every point that differs from the configuration in one parameter:
 * whether it still is. In the order of samples, chains, entries, particles, changes.
 */
export async function healTable(
  plan: StudyPlan<object, ScanPoint>,
  parts: readonly FinishedPart[],
): Promise<Table<typeof HEAL>> {
  const out = new TableBuilder(HEAL);
  for (const sample of plan.samples.keys()) {
    for (const chain of plan.chains) {
      const ofChain = parts.filter((part) => part.sample === sample && plan.points[part.point].chain === chain);
      const numberOf = (part: FinishedPart): number => changesOf(plan.params, plan.points[part.point]).length;
      const base = ofChain.find((part) => numberOf(part) === 0);
      if (base === undefined) continue;
      const split = [...(await particlesOf(base))].filter(([, state]) => state.split === 1).map(([key]) => key);
      const changes: { setting: string; after: Particles }[] = [];
      for (const part of ofChain.filter((each) => numberOf(each) === 1)) {
        const setting = settingsText(Object.fromEntries(changesOf(plan.params, plan.points[part.point])));
        if (changes.every((each) => each.setting !== setting))
          changes.push({ setting, after: await particlesOf(part, split) });
      }
      for (const key of split) {
        const [entry, particle] = key.split(" ").map(Number);
        for (const { setting, after } of changes) {
          const state = after.get(key);
          // A change of the selection can leave the particle out: then it says nothing about it.
          if (state === undefined) continue;
          const at = out.add(1);
          const to = out.columns;
          to.sample[at] = sample;
          to.chain[at] = chain;
          to.entry[at] = entry;
          to.particle[at] = particle;
          to.setting[at] = setting;
          to.split[at] = state.split;
          to.true_split[at] = state.trueSplit;
        }
      }
    }
  }
  return out.finish();
}

/** The particles of a part: all that are split, or those that are named. */
async function particlesOf(part: FinishedPart, named?: readonly string[]): Promise<Particles> {
  const wanted = named === undefined ? undefined : new Set(named);
  const found = new Map<string, State>();
  await eachGroup(part.run, "events", PART_EVENTS, async ({ rows, columns }) => {
    for (let row = 0; row < rows; row++) {
      const key = `${columns.entry[row]} ${columns.particle[row]}`;
      if (wanted === undefined ? columns.is_split[row] === 0 : !wanted.has(key)) continue;
      found.set(key, { split: columns.is_split[row], trueSplit: columns.true_split[row] });
    }
  });
  return found;
}
