#!/usr/bin/env node
/** The executable: the program with the streams, signals and exit code of this process. */
import { processInterrupt } from "./interrupt.js";
import { processIo } from "./io.js";
import { main } from "./program.js";

// A reader that stops early (`bye-splits inspect ... | head`) is no failure.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

process.exitCode = await main(process.argv.slice(2), processIo(processInterrupt()));
