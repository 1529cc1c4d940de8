import { Command } from "commander";
import { CHAIN_NAMES, CHAIN_STEPS, type StepName } from "../chain/index.js";
import { type StepReport } from "../pipeline/steps.js";
import { addChainOptions, type ChainOptions, chainTask } from "./chain-options.js";
import { chainSummaryText } from "./chain-summary.js";
import { type Globals, report } from "./globals.js";
import { interruptSignal } from "./interrupt.js";
import { createProgress } from "./progress.js";
import { VERSION } from "./version.js";

interface FirstStepOptions extends ChainOptions {
  in: string;
  out: string;
}

interface NextStepOptions extends Globals {
  in: string;
  sample?: string;
}

const DESCRIPTIONS: Readonly<Record<StepName, string>> = {
  fill: "trigger cells to the (R/z, phi) histogram; makes the run folder of a default chain",
  smooth: "spread the energies of the histogram",
  seed: "local maxima of the smoothed histogram",
  "coarse-seed": "wafers with much energy; makes the run folder of a cs chain",
  "seed-cs": "seeds in (u, v) in the wafers that are coarse seeds",
  cluster: "trigger cells to seeds",
  validate: "records of the clusters beside the generated particles",
};

export function stepCommand(): Command {
  const command = new Command("step")
    .description("one step of a chain alone; all of them one after another give the tables of `run --save-steps`")
    .addHelpText(
      "after",
      `\nThe chains, step by step:\n${CHAIN_NAMES.map((chain) => `  ${chain}: ${CHAIN_STEPS[chain].join(", ")}`).join("\n")}` +
        "\n\nExamples:\n  bye-splits step fill --in sample --out run --seed-window 2\n  bye-splits step smooth --in run\n  bye-splits step seed --in run",
    );
  for (const name of Object.keys(DESCRIPTIONS) as StepName[]) {
    const chain = CHAIN_NAMES.find((each) => CHAIN_STEPS[each][0] === name);
    const step = new Command(name).description(DESCRIPTIONS[name]);
    command.addCommand(
      chain === undefined
        ? nextStep(step, name)
        : addChainOptions(
            step
              .requiredOption("--in <sample>", "sample folder")
              .requiredOption("--out <run>", "run folder to make; it remembers the options for the other steps"),
          ).action(async (options: FirstStepOptions) => {
            const task = { ...(await chainTask(options)), chains: [chain] };
            const { runFirstStep } = await import("../pipeline/steps.js");
            await take(name, options, (shared) =>
              runFirstStep({ ...shared, run: options.out, sample: options.in, task }),
            );
          }),
    );
  }
  return command;
}

function nextStep(step: Command, name: StepName): Command {
  return step
    .requiredOption("--in <run>", "run folder with the tables of the steps before")
    .option("--sample <folder>", "where the sample is, when it is not where run.json says")
    .action(async (options: NextStepOptions) => {
      const { runNextStep } = await import("../pipeline/steps.js");
      const { sample } = options;
      await take(name, options, (shared) =>
        runNextStep({ ...shared, run: options.in, ...(sample === undefined ? {} : { sample }) }),
      );
    });
}

interface Shared {
  step: StepName;
  force: boolean;
  version: string;
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

/** Runs a step with what all of them share, and reports what it did. */
async function take(step: StepName, options: Globals, run: (shared: Shared) => Promise<StepReport>): Promise<void> {
  const progress = createProgress(`step ${step}`, "events", options.quiet);
  let result: StepReport;
  try {
    result = await run({
      step,
      force: options.force ?? false,
      version: VERSION,
      signal: interruptSignal(),
      onProgress: (done, total) => progress.update(done, total),
    });
  } finally {
    progress.stop();
  }
  const tables = Object.entries(result.rows).map(([name, rows]) => `${name} ${rows.toLocaleString("en-US")} rows`);
  const { entries, selected } = result.counts;
  report(
    options,
    result,
    (result.summary === undefined
      ? `${selected} of ${entries} entries: ${tables.join(", ")}`
      : chainSummaryText(result.summary)) + `\nwritten to ${result.run}`,
  );
}
