/**
 * The skim with 16k TCs kept an event (zlib, baskets of 32 kB): decoding and cutting in 1 and 2 workers, writing alone, and
 * the program end to end with 2 workers; beside what 2 threads gain in a loop of additions. What must be reached stands
 * in brackets; of the gain of 2 workers one of the two. Prints one JSON object.
 */
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Worker } from "node:worker_threads";
import { DEFAULT_SKIM } from "../src/events/index.js";
import { NTUPLE_TREE } from "../src/io/index.js";
import { writeSample } from "../src/io/node/index.js";
import { writeNtupleLike } from "../src/pipeline/ntuple.test-data.js";
import { createSkimProcessor, type SkimmedStep, type SkimStep } from "../src/pipeline/skim-process.js";
import { createWorkerPool, inOrder } from "../src/pipeline/worker-pool.js";

const EVENTS = 600;
const TCS = 16_000;
/** About what the skim takes at once. */
const EVENTS_A_STEP = 7;
/** Events of which the entries are kept, for writing alone. */
const KEPT = 140;

const dist = fileURLToPath(new URL("../../dist/", import.meta.url));
const inputs = fileURLToPath(new URL("skim-inputs/", import.meta.url));
const path = join(inputs, "ntuple.root");
// The other processes find it, and the next build removes it.
if (!existsSync(path)) {
  mkdirSync(inputs);
  await writeNtupleLike(path, EVENTS, TCS);
}

async function rate(events: number, action: () => Promise<unknown>): Promise<number> {
  const start = process.hrtime.bigint();
  await action();
  return events / (Number(process.hrtime.bigint() - start) / 1e9);
}

async function* steps(): AsyncGenerator<SkimStep> {
  for (let start = 0; start < EVENTS; start += EVENTS_A_STEP) {
    yield { path, tree: NTUPLE_TREE, start, end: Math.min(start + EVENTS_A_STEP, EVENTS) };
  }
}

async function decode(threads: number): Promise<number> {
  const task = { ...DEFAULT_SKIM, checkGeometry: false };
  const url = new URL("pipeline/skim-worker.js", `file://${dist}`);
  const pool = createWorkerPool<SkimStep, SkimmedStep>(url, threads, task);
  try {
    // Threads start and the first functions are compiled before the clock does.
    await Promise.all(
      Array.from({ length: 2 * threads }, () => pool.ask({ path, tree: NTUPLE_TREE, start: 0, end: 5 })),
    );
    return await rate(EVENTS, async () => {
      let tcs = 0;
      for await (const [, skimmed] of inOrder(steps(), pool.ask, threads + 2)) {
        tcs += skimmed.batch.tc.rows;
      }
      if (tcs !== EVENTS * TCS) throw new Error(`${tcs} trigger cells, expected ${EVENTS * TCS}`);
    });
  } finally {
    await pool.close();
  }
}

/** Additions a second of `threads` threads, in units that do not matter. */
async function additions(threads: number): Promise<number> {
  const code = `let sum = 0; for (let i = 0; i < 6e8; i++) sum += i ^ sum; require("node:worker_threads").parentPort.postMessage(sum);`;
  const start = process.hrtime.bigint();
  await Promise.all(
    Array.from(
      { length: threads },
      () => new Promise((resolve) => new Worker(code, { eval: true }).on("message", resolve)),
    ),
  );
  return threads / Number(process.hrtime.bigint() - start);
}

const folder = mkdtempSync(join(tmpdir(), "bye-splits-bench-"));
// The best of both rounds, so that what else the machine does falls on all alike.
let [one, single, two, double] = [0, 0, 0, 0];
for (let round = 0; round < 2; round++) {
  one = Math.max(one, await decode(1));
  single = Math.max(single, await additions(1));
  two = Math.max(two, await decode(2));
  double = Math.max(double, await additions(2));
}
const batches: SkimmedStep["batch"][] = [];
const processor = createSkimProcessor({ ...DEFAULT_SKIM, checkGeometry: false });
for await (const step of steps()) {
  if (step.end <= KEPT) batches.push((await processor.process(step)).batch);
}
await processor.close();
const write = await rate(KEPT, () =>
  writeSample(join(folder, "sample"), {}, async (sample) => {
    for (const batch of batches) await sample.append(batch);
    return {};
  }),
);

function endToEnd(workers: number): number {
  const args = ["skim", path, "--out", join(folder, `skim${workers}`), "--workers", String(workers)];
  const stdout = execFileSync(
    process.execPath,
    [join(dist, "cli/main.js"), ...args, "--no-geometry-check", "--json", "--quiet"],
    { encoding: "utf8" },
  );
  const { cutFlow, seconds } = JSON.parse(stdout) as { cutFlow: { tcsKept: number }; seconds: number };
  if (cutFlow.tcsKept !== EVENTS * TCS) throw new Error(`${cutFlow.tcsKept} trigger cells, expected ${EVENTS * TCS}`);
  return EVENTS / seconds;
}

const whole = endToEnd(2);
const sum = 1 / (1 / one + 1 / write);
const result = {
  "decode only, 1 worker events/s": one,
  "decode only, 2 workers events/s": two,
  "gain of 2 workers (>= 1.5) [/s of both]": two / one,
  "gain of 2 threads adding [/s]": double / single,
  "of what adding gains (>= 0.85) [/s]": two / one / (double / single),
  "write only events/s": write,
  "end to end, 1 thread events/s": endToEnd(1),
  "end to end, 2 workers (>= 100) events/s": whole,
  "of the harmonic sum (>= 0.7) [/s]": whole / sum,
};
rmSync(folder, { recursive: true });
console.log(JSON.stringify(result));
