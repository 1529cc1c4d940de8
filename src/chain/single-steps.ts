/** One step of a chain alone: from the tables of the steps before it to its own, exactly those of the whole chain. */
import { InputError } from "../core/index.js";
import { checkEntry, type StepBody, type StepTable } from "./chain-spec.js";
import { chainOf } from "./chains.js";
import { type ChainTables, createOutput, type EntryOf } from "./output.js";
import { type ChainParams } from "./params.js";
import { SharedStages } from "./stages.js";

export interface SingleStep extends StepBody {
  readonly writes: readonly StepTable[];
  /** Its tables so far; they are empty afterwards. */
  finish(): Partial<ChainTables>;
}

/** Prepares one step of a chain. Throws an InputError for a step that the chain does not have. */
export function createSingleStep(name: string, chain: string, params: ChainParams): SingleStep {
  const { steps } = chainOf(chain);
  const spec = steps.find((step) => step.name === name);
  if (spec === undefined) {
    throw new InputError(`the ${chain} chain has no step ${name}; it has ${steps.map((step) => step.name).join(", ")}`);
  }
  const out = createOutput();
  const body = spec.create(params, out, chain);
  const writes = body.writes ?? spec.writes;
  return { ...body, writes, finish: () => Object.fromEntries(writes.map((table) => [table, out[table].finish()])) };
}

/** Whether a chain can use row `i` of the entries: all its steps, so that what one of them refuses is in no table. */
export function createEntryTest(chain: string, params: ChainParams): (at: EntryOf) => boolean {
  const steps = chainOf(chain).create(params, new SharedStages());
  return (at) => {
    try {
      checkEntry(at);
      steps.run(at);
      return true;
    } catch (error) {
      if (error instanceof InputError) return false;
      throw error;
    }
  };
}
