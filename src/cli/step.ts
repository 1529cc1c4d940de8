import { counted, noun } from "../core/index.js";
import { Command, Option } from "commander";
import { type ChainName, CHAINS } from "../chain/index.js";
import { type StepReport } from "../pipeline/index.js";
import { addChainOptions, type ChainOptions, chainTask } from "./chain-options.js";
import { chainSummaryText } from "./chain-summary.js";
import { type Globals, report } from "./globals.js";
import { type Io, warn } from "./io.js";
import { createProgress, withProgress } from "./progress.js";
import { VERSION } from "./version.js";

interface FirstStepOptions extends ChainOptions {
  chain?: ChainName;
  in: string;
  out: string;
}

interface NextStepOptions extends Globals {
  in: string;
  sample?: string;
}

export function stepCommand(io: Io): Command {
  const command = new Command("step")
    .description("one step of a chain alone; all of them one after another give the tables of `run --save-steps`")
    .addHelpText(
      "after",
      `\nThe chains, step by step:\n${CHAINS.map(({ name, steps }) => `  ${name}: ${steps.map((step) => step.name).join(", ")}`).join("\n")}` +
        "\n\nExamples:\n  bye-splits step fill --in sample --out run --seed-window 2\n  bye-splits step smooth --in run\n  bye-splits step seed --in run",
    );
  const steps = new Map(CHAINS.flatMap((chain) => chain.steps.map((step) => [step.name, step.about])));
  for (const [name, about] of steps) {
    const makers = CHAINS.filter((chain) => chain.steps[0].name === name).map((chain) => chain.name);
    command.addCommand(makers.length === 0 ? nextStep(io, name, about) : firstStep(io, name, about, makers));
  }
  return command;
}

/** A step that begins one chain, or several: then `--chain` says which. */
function firstStep(io: Io, name: string, about: string, makers: readonly ChainName[]): Command {
  const step = new Command(name)
    .description(`${about}; makes the run folder of a ${makers.join(" or ")} chain`)
    .requiredOption("--in <sample>", "sample folder")
    .requiredOption("--out <run>", "run folder to make; it remembers the options for the other steps");
  if (makers.length > 1) {
    step.addOption(new Option("--chain <name>", "whose first step").choices(makers).default(makers[0]));
  }
  step.addHelpText("after", `\nExample:\n  bye-splits step ${name} --in sample --out run`);
  return addChainOptions(step).action(async (options: FirstStepOptions) => {
    const chains = [options.chain ?? makers[0]];
    const task = { ...(await chainTask(io, options, chains)), chains };
    const { runFirstStep } = await import("../pipeline/steps.js");
    await take(io, name, options, (shared) => runFirstStep({ ...shared, run: options.out, sample: options.in, task }));
  });
}

function nextStep(io: Io, name: string, about: string): Command {
  return new Command(name)
    .description(about)
    .requiredOption("--in <run>", "run folder with the tables of the steps before")
    .option("--sample <folder>", "where the sample is, when it is not where run.json says")
    .addHelpText("after", `\nExample:\n  bye-splits step ${name} --in run`)
    .action(async (options: NextStepOptions) => {
      const { runNextStep } = await import("../pipeline/steps.js");
      const { sample } = options;
      await take(io, name, options, (shared) =>
        runNextStep({ ...shared, run: options.in, ...(sample === undefined ? {} : { sample }) }),
      );
    });
}

interface Shared {
  step: string;
  force: boolean;
  version: string;
  signal: AbortSignal;
  onProgress: (done: number, total: number) => void;
}

/** Runs a step with what all of them share, and reports what it did. */
async function take(
  io: Io,
  step: string,
  options: Globals,
  run: (shared: Shared) => Promise<StepReport>,
): Promise<void> {
  const result = await withProgress(createProgress(io, `step ${step}`, "events", options.quiet), (onProgress) =>
    run({ step, force: options.force ?? false, version: VERSION, signal: io.interrupt.signal(), onProgress }),
  );
  for (const note of result.notes) warn(io, note);
  const tables = Object.entries(result.rows).map(
    ([name, rows]) => `${name} ${rows.toLocaleString("en-US")} ${noun(rows, "row")}`,
  );
  const { entries, selected } = result.counts;
  report(io, options, result, [
    ...(result.summary === undefined
      ? [`${selected} of ${counted(entries, "entry", "entries")}: ${tables.join(", ")}`]
      : chainSummaryText(result.summary, result.acceptance)),
    `written to ${result.run}`,
  ]);
}
