/**
 * The program from file to file, in fresh processes: `run` on 20,000 photons without pile-up and on 300 events with 200,
 * `simulate` and `skim`, with 1 and 2 workers in turn. Events/s by what the program reports; the share of the work that
 * the main thread does by itself. What must be reached stands in brackets. Prints one JSON object.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { writeNtupleLike } from "../src/pipeline/ntuple.test-data.js";

const SKIM_EVENTS = 600;
const TCS = 16_000;

const main = fileURLToPath(new URL("../../dist/cli/main.js", import.meta.url));
const inputs = fileURLToPath(new URL("pipeline-inputs/", import.meta.url));
const out = mkdtempSync(join(tmpdir(), "bye-splits-bench-"));

interface Report {
  readonly seconds: number;
  readonly mainSeconds: number;
}

function run(args: readonly string[]): Report {
  // A sample is not replaced by a run.
  const folder = join(out, args[0]);
  const all = [main, ...args, "--out", folder, "--force", "--json", "--quiet"];
  return JSON.parse(execFileSync(process.execPath, all, { encoding: "utf8" })) as Report;
}

const simulate = (events: number, pileup: number): string[] => [
  ...["simulate", "--particles", "photons", "--events", String(events), "--pileup", String(pileup)],
];

/** Made once for all processes of a benchmark: the next build removes them. */
async function prepare(): Promise<void> {
  if (existsSync(inputs)) return;
  mkdirSync(inputs);
  for (const [events, pileup] of [
    [20_000, 0],
    [300, 200],
  ]) {
    const args = [main, ...simulate(events, pileup), "--out", join(inputs, `pu${pileup}`), "--quiet"];
    execFileSync(process.execPath, args);
  }
  await writeNtupleLike(join(inputs, "ntuple.root"), SKIM_EVENTS, TCS);
}

await prepare();
const sample = (pileup: number): string[] => ["--in", join(inputs, `pu${pileup}`)];
const skim = ["skim", join(inputs, "ntuple.root"), "--particles", "photons", "--no-geometry-check"];
const CASES = [
  { name: "run PU0", events: 20_000, args: ["run", "default", ...sample(0)], rate: " (>= 25000)", gain: "" },
  { name: "run PU200", events: 300, args: ["run", "default", ...sample(200)], rate: " (>= 330)", gain: " (>= 1.75)" },
  { name: "run both --save-steps PU200", events: 300, args: ["run", "both", "--save-steps", ...sample(200)] },
  { name: "simulate PU0", events: 4000, args: simulate(4000, 0), rate: " (>= 10800)", gain: " (>= 1.8)" },
  { name: "simulate PU200", events: 30, args: simulate(30, 200), rate: " (>= 63)", gain: " (>= 1.8)" },
  { name: "skim", events: SKIM_EVENTS, args: skim, rate: " (>= 200)", gain: " (>= 1.7)" },
];
const result: Record<string, number> = {};
for (const { name, events, args, rate = "", gain = "" } of CASES) {
  const [one, two] = [1, 2].map((workers) => run([...args, "--workers", String(workers)]));
  result[`${name}, 1 worker events/s`] = events / one.seconds;
  result[`${name}, 2 workers${rate} events/s`] = events / two.seconds;
  result[`${name}, gain${gain} [/s of both]`] = one.seconds / two.seconds;
  result[`${name}, main thread [% of the work]`] = (100 * two.mainSeconds) / one.seconds;
}
rmSync(out, { recursive: true });
console.log(JSON.stringify(result));
