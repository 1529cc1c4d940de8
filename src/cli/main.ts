#!/usr/bin/env node
/** The executable: the program with the streams, signals and exit code of this process. */
import { constants } from "node:os";
import { setFlagsFromString } from "node:v8";
import { notLoaded } from "./not-loaded.js";

// Functions are compiled when more is known of their values: a fifth of a run's processor time was compiling them once more.
// Of this thread and those that it starts; V8 14 may not know it any more.
if (Number.parseInt(process.versions.v8, 10) < 14) setFlagsFromString("--interrupt-budget=300000");

// A reader that stops early (`bye-splits inspect ... | head`) is no failure; results that cannot be written are.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  process.stderr.write(`bye-splits: cannot write the result: ${error.message}\n`);
  process.exit(2);
});
// Without a reader of messages the work goes on.
process.stderr.on("error", () => {});

/** A signal before the program is loaded: nothing has begun. */
function onEarly(name: NodeJS.Signals): void {
  process.stderr.write("bye-splits: interrupted; nothing was left behind\n");
  process.exit(128 + constants.signals[name]);
}
for (const name of ["SIGINT", "SIGTERM"] as const) process.on(name, onEarly);

process.exitCode = await start();

async function start(): Promise<number> {
  try {
    // Each batch job asks this first: without loading all commands.
    if (process.argv.length === 3 && process.argv[2] === "--version") {
      const { versionText } = await import("./version.js");
      process.stdout.write(`${versionText()}\n`);
      return 0;
    }
    const bundled = "../program/program.js";
    const { main, processInterrupt, processIo } = (await import(bundled)) as typeof import("./program.js");
    const io = processIo(processInterrupt());
    for (const name of ["SIGINT", "SIGTERM"] as const) process.off(name, onEarly);
    return await main(process.argv.slice(2), io);
  } catch (error) {
    process.stderr.write(`bye-splits: ${notLoaded(error)}\n`);
    return 2;
  }
}
