#!/usr/bin/env node
/** The command line: one file per command, exit codes, and the last word on errors. */
import { Command, CommanderError } from "commander";
import { ExpectedError } from "../core/index.js";
import { configCommand } from "./config-command.js";
import { exportCommand } from "./export.js";
import { geometryCommand } from "./geometry.js";
import { addGlobals } from "./globals.js";
import { importCommand } from "./import.js";
import { inspectCommand } from "./inspect.js";
import { interruptedBy } from "./interrupt.js";
import { reportCommand } from "./report.js";
import { runCommand } from "./run.js";
import { serveCommand } from "./serve.js";
import { simulateCommand } from "./simulate.js";
import { skimCommand } from "./skim.js";
import { stepCommand } from "./step.js";
import { VERSION } from "./version.js";

const EXIT = { ok: 0, bug: 1, input: 2, transient: 75, interrupted: 130, terminated: 143 } as const;

function createProgram(): Command {
  const program = new Command("bye-splits")
    .description("HGCAL Level-1 trigger: trigger cells to clusters, and why a particle splits.")
    .version(VERSION)
    .showHelpAfterError("(--help shows all options and examples)");
  for (const command of [
    simulateCommand(),
    skimCommand(),
    importCommand(),
    inspectCommand(),
    runCommand(),
    stepCommand(),
    reportCommand(),
    exportCommand(),
    serveCommand(),
    geometryCommand(),
    configCommand(),
  ]) {
    program.addCommand(command);
  }
  const settle = (command: Command): void => {
    command.exitOverride();
    for (const child of command.commands) settle(child);
    if (command.commands.length === 0) addGlobals(command);
  };
  settle(program);
  return program;
}

function exitCode(error: unknown, debug: boolean): number {
  const signal = interruptedBy();
  if (signal !== null) {
    process.stderr.write("bye-splits: interrupted; nothing was left behind\n");
    return signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  }
  // Commander has said what is wrong with the options by itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
  if (error instanceof ExpectedError) {
    process.stderr.write(`bye-splits: ${error.message}\n`);
    if (debug) process.stderr.write(`${error.stack}\n`);
    return error.code === "TRANSIENT" ? EXIT.transient : EXIT.input;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`bye-splits: internal error: ${message}\n`);
  process.stderr.write(
    debug && error instanceof Error
      ? `${error.stack}\n`
      : "This is a bug. Run the command again with --debug and report what it prints.\n",
  );
  return EXIT.bug;
}

async function main(argv: readonly string[]): Promise<number> {
  try {
    await createProgram().parseAsync([...argv], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    return exitCode(error, argv.includes("--debug"));
  }
}

// A reader that stops early (`bye-splits inspect ... | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(EXIT.ok);
  throw error;
});

process.exitCode = await main(process.argv.slice(2));
