/** The command line as a function: one file per command, exit codes, and the last word on errors. */
import { Command, CommanderError } from "commander";
import { ExpectedError } from "../core/index.js";
import { reasonOf } from "../io/node/disk/index.js";
import { EndWith } from "./end.js";
import { INTERRUPTED } from "./interrupt.js";
import { createIo, type Io, say } from "./io.js";
import { notLoaded } from "./not-loaded.js";
import { versionText } from "./version.js";
import { checkWords, pathOf, refuseRepeated, shareGlobals } from "./words.js";

const EXIT = { ok: 0, bug: 1, input: 2, transient: 75, interrupted: 130, terminated: 143 } as const;

/** `whole`: the program with all commands, for a command that looks at others. */
type Create = (io: Io, whole: () => Promise<Command>) => Command;

/** In the order of `--help`. Each is loaded when it is needed: a worker node starts thousands of them. */
const COMMANDS: Readonly<Record<string, () => Promise<Create>>> = {
  simulate: async () => (await import("./simulate.js")).simulateCommand,
  skim: async () => (await import("./skim.js")).skimCommand,
  import: async () => (await import("./import.js")).importCommand,
  inspect: async () => (await import("./inspect.js")).inspectCommand,
  run: async () => (await import("./run.js")).runCommand,
  step: async () => (await import("./step.js")).stepCommand,
  merge: async () => (await import("./merge.js")).mergeCommand,
  study: async () => (await import("./study.js")).studyCommand,
  report: async () => (await import("./report.js")).reportCommand,
  export: async () => (await import("./export.js")).exportCommand,
  submit: async () => (await import("./submit.js")).submitCommand,
  jobs: async () => (await import("./jobs.js")).jobsCommand,
  bundle: async () => (await import("./bundle.js")).bundleCommand,
  serve: async () => (await import("./serve.js")).serveCommand,
  geometry: async () => (await import("./geometry.js")).geometryCommand,
  config: async () => (await import("./config-command.js")).configCommand,
};

/** The commands that the words of a call need: that of the first word alone, or all where it is none. */
function needed(argv: readonly string[]): Promise<Create[]> {
  const [name = ""] = argv;
  const loads = Object.hasOwn(COMMANDS, name) ? [COMMANDS[name]] : Object.values(COMMANDS);
  return Promise.all(loads.map((load) => load()));
}

const EXAMPLES = `
Examples:
  bye-splits simulate --particles photons --events 1000 --out photons
  bye-splits run default --in photons --out run
  bye-splits report run --out report.html
  bye-splits serve --data .

bye-splits COMMAND --help shows the options and examples of a command.`;

/** What the last error was about: whose `--help` helps. */
interface Blame {
  command: string;
}

async function createProgram(io: Io, blame: Blame, argv: readonly string[] = []): Promise<Command> {
  const program = new Command("bye-splits")
    .description("HGCAL Level-1 trigger: trigger cells to clusters, and why a particle splits.")
    .version(versionText())
    .addHelpText("after", EXAMPLES);
  const whole = (): Promise<Command> => createProgram(io, blame);
  for (const create of await needed(argv)) program.addCommand(create(io, whole));
  shareGlobals(program);
  const settle = (command: Command): void => {
    command.exitOverride().configureOutput({
      writeOut: (text) => io.stdout.write(text),
      writeErr: (text) => io.stderr.write(text),
      // Said by main, in one line.
      outputError: () => {
        blame.command = pathOf(command);
      },
      getOutHelpWidth: () => io.stdout.columns ?? 80,
      getErrHelpWidth: () => io.stderr.columns ?? 80,
    });
    command.configureHelp({ showGlobalOptions: true });
    refuseRepeated(command);
    for (const child of command.commands) settle(child);
  };
  settle(program);
  return program;
}

/** The words of every command, in the order of `--help`, that of the program itself first. */
export async function commandPaths(): Promise<string[][]> {
  const io = createIo({ stdout: { write: () => undefined }, stderr: { write: () => undefined } });
  const paths = (command: Command, above: readonly string[]): string[][] => [
    [...above],
    ...command.commands.flatMap((child) => paths(child, [...above, child.name()])),
  ];
  return paths(await createProgram(io, { command: "bye-splits" }), []);
}

/** What the machine refuses, in words; undefined for what must be a bug. */
function machineReason(error: unknown): string | undefined {
  const { code, syscall, message, name } = error as Partial<NodeJS.ErrnoException>;
  if (code === "ERR_WORKER_OUT_OF_MEMORY" || (name === "RangeError" && /allocation failed/i.test(message ?? ""))) {
    return "out of memory: take fewer --workers, or a machine with more memory";
  }
  if (code === "ERR_MODULE_NOT_FOUND") return notLoaded(error);
  if (typeof code !== "string" || syscall === undefined || !/^E[A-Z0-9]+$/.test(code)) return undefined;
  const path = (error as NodeJS.ErrnoException).path;
  return `${path === undefined ? "" : `${path}: `}${reasonOf(error)}`;
}

function exitCode(io: Io, error: unknown, debug: boolean, blame: Blame): number {
  if (error instanceof EndWith) return error.exit;
  const signal = io.interrupt.received();
  if (signal !== null) {
    say(io, INTERRUPTED);
    return signal === "SIGINT" ? EXIT.interrupted : EXIT.terminated;
  }
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return EXIT.ok;
    // Help instead of a missing command was written already.
    if (error.code !== "commander.help") {
      const message = error.message.replace(/^error: /, "").replaceAll("\n", " ");
      say(io, `bye-splits: ${message} (${blame.command} --help shows all options and examples)`);
    }
    return EXIT.input;
  }
  const expected = error instanceof ExpectedError ? error.message : machineReason(error);
  const message = error instanceof Error ? error.message : String(error);
  say(io, expected === undefined ? `bye-splits: internal error: ${message}` : `bye-splits: ${expected}`);
  if (debug && error instanceof Error) for (const line of (error.stack ?? "").split("\n")) say(io, line);
  else if (expected === undefined) {
    say(io, "This is a bug. Run the command again with --debug and report what it prints.");
  }
  if (expected === undefined) return EXIT.bug;
  return error instanceof ExpectedError && error.code === "TRANSIENT" ? EXIT.transient : EXIT.input;
}

/** Runs the command of these arguments; the exit code. Keeps nothing between two calls, and throws nothing. */
export async function main(argv: readonly string[], io: Io): Promise<number> {
  const blame: Blame = { command: "bye-splits" };
  try {
    const program = await createProgram(io, blame, argv);
    checkWords(program, argv);
    await program.parseAsync([...argv], { from: "user" });
    return EXIT.ok;
  } catch (error) {
    return exitCode(io, error, argv.includes("--debug"), blame);
  }
}

export { processInterrupt } from "./interrupt.js";
export { processIo } from "./io.js";
