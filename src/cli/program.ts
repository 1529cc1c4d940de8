/** The command line as a function: one file per command, exit codes, and the last word on errors. */
import { Command, CommanderError } from "commander";
import { ExpectedError } from "../core/index.js";
import { configCommand } from "./config-command.js";
import { exportCommand } from "./export.js";
import { geometryCommand } from "./geometry.js";
import { addGlobals } from "./globals.js";
import { importCommand } from "./import.js";
import { inspectCommand } from "./inspect.js";
import { type Io, say } from "./io.js";
import { mergeCommand } from "./merge.js";
import { reportCommand } from "./report.js";
import { runCommand } from "./run.js";
import { serveCommand } from "./serve.js";
import { simulateCommand } from "./simulate.js";
import { skimCommand } from "./skim.js";
import { stepCommand } from "./step.js";
import { VERSION } from "./version.js";

const EXIT = { ok: 0, bug: 1, input: 2, transient: 75, interrupted: 130, terminated: 143 } as const;

/** In the order of `--help`. */
const COMMANDS: readonly ((io: Io) => Command)[] = [
  simulateCommand,
  skimCommand,
  importCommand,
  inspectCommand,
  runCommand,
  stepCommand,
  mergeCommand,
  reportCommand,
  exportCommand,
  serveCommand,
  geometryCommand,
  configCommand,
];

function createProgram(io: Io): Command {
  const program = new Command("bye-splits")
    .description("HGCAL Level-1 trigger: trigger cells to clusters, and why a particle splits.")
    .version(VERSION)
    .showHelpAfterError("(--help shows all options and examples)");
  for (const create of COMMANDS) program.addCommand(create(io));
  const settle = (command: Command): void => {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    });
    for (const child of command.commands) settle(child);
    if (command.commands.length === 0) addGlobals(command);
  };
  settle(program);
  return program;
}

function exitCode(io: Io, error: unknown, debug: boolean): number {
  const signal = io.interrupt.received();
  if (signal !== null) {
    say(io, "bye-splits: interrupted; nothing was left behind");
    return signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  }
  // Commander has said what is wrong with the options by itself.
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.ok : EXIT.input;
  const expected = error instanceof ExpectedError;
  const message = error instanceof Error ? error.message : String(error);
  say(io, `bye-splits: ${expected ? "" : "internal error: "}${message}`);
  if (debug && error instanceof Error) for (const line of (error.stack ?? "").split("\n")) say(io, line);
  else if (!expected) say(io, "This is a bug. Run the command again with --debug and report what it prints.");
  if (!expected) return EXIT.bug;
  return error.code === "TRANSIENT" ? EXIT.transient : EXIT.input;
}

/** Runs the command of these arguments; the exit code. Keeps nothing between two calls, and throws nothing. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  try {
    await createProgram(io).parseAsync([...argv], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    return exitCode(io, error, argv.includes("--debug"));
  }
}
