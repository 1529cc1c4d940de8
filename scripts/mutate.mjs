// Do the tests bite? `node scripts/mutate.mjs [NUMBER [SEED [FOLDER...]]]` (200, 1, all of src) changes single lines of the
// sources, one at a time and in a copy, runs the nearest tests, and lists the changes that none of them noticed.
// Not changed: sources of pages (.tsx) and the text in template strings (shaders, styles, markup): browser tests alone see them.
// Not run: test/full and test/browser, and tests of what was built (the copy has no other build).
import { fork, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { distancesOf } from "./mutate-nearest.mjs";
import { placesOf } from "./mutate-places.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const [number = "200", seed = "1", ...folders] = process.argv.slice(2);
/**
 * The tests of a change: as many files, of as many that are nearest, while they take this long together [s] without a change.
 * An import more is as far as so many seconds. Then how long a run may take [ms]: who waits for ever has noticed it.
 */
const NEAREST = { files: 8, of: 12, seconds: 25 };
const SLOW = 999;
const SECONDS_PER_IMPORT = 2;
const TIMEOUT = 90_000;
/** How long vitest may take to start [ms]. */
const START_TIMEOUT = 120_000;

/** mulberry32, in [0, 1). */
function randomOf(state) {
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const listed = spawnSync("git", ["ls-files", "-co", "--exclude-standard", "src", "test"], {
  cwd: root,
  encoding: "utf8",
})
  .stdout.trim()
  .split("\n");
const texts = new Map(
  listed.filter((file) => /\.tsx?$/.test(file)).map((file) => [file, readFileSync(join(root, file), "utf8")]),
);
const { reach, mentions } = distancesOf(
  texts,
  [...texts.keys()].filter((file) => file.endsWith(".test.ts") && !/^test\/(full|browser|docs\.test)\b/.test(file)),
);

const places = [...texts]
  .filter(([file]) => file.startsWith("src/") && /(?<!\.(test|test-data|d))\.ts$/.test(file))
  .filter(([file]) => folders.length === 0 || folders.some((folder) => file.startsWith(folder)))
  .flatMap(([file, text]) => placesOf(text).map((place) => ({ file, ...place })));

/** One vitest for all changes, in a copy of the repository. See `mutate-runner.mjs`. */
class Tests {
  #folder;
  #process;
  #changed = new Set();

  constructor(folder) {
    this.#folder = folder;
  }

  /** The file, from the root, is another than at the last run. */
  change(file) {
    this.#changed.add(file);
  }

  /** What failed in these files of tests, "" for nothing; undefined when they did not end. */
  async run(files, timeout = TIMEOUT) {
    if (this.#process === undefined) await this.#start();
    const answer = this.#answer(timeout);
    this.#process.send({ files, changed: [...this.#changed] });
    this.#changed.clear();
    const failed = await answer;
    if (failed === undefined) this.stop();
    return failed;
  }

  async #start() {
    const shared = process.env.BYE_SPLITS_SHARED ?? join(root, "../shared");
    const reference = process.env.BYE_SPLITS_REFERENCE ?? join(root, "../shared/reference");
    this.#process = fork("scripts/mutate-runner.mjs", {
      cwd: this.#folder,
      env: { ...process.env, BYE_SPLITS_SHARED: shared, BYE_SPLITS_REFERENCE: reference },
      stdio: ["ignore", "ignore", "inherit", "ipc"],
      // A group of its own: the workers of one that was killed would go on for ever.
      detached: true,
    });
    if ((await this.#answer(START_TIMEOUT)) !== "") throw new Error("vitest does not start");
  }

  /** The next message, or what else it says by ending; undefined when there is nothing in time. */
  #answer(timeout) {
    const child = this.#process;
    return new Promise((resolve) => {
      const settle = (answer) => {
        clearTimeout(timer);
        child.off("message", settle).off("exit", onExit);
        resolve(answer);
      };
      const timer = setTimeout(settle, timeout);
      const onExit = () => {
        this.#process = undefined;
        settle("the process of the tests ended");
      };
      child.on("message", settle).on("exit", onExit);
    });
  }

  stop() {
    if (this.#process === undefined) return;
    try {
      process.kill(-this.#process.pid, "SIGKILL");
    } catch {
      // It has ended.
    }
    this.#process = undefined;
  }
}

const random = randomOf(Number(seed));
const chosen = [];
while (chosen.length < Number(number) && places.length > 0)
  chosen.push(...places.splice(Math.floor(random() * places.length), 1));

const files = spawnSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: root, encoding: "utf8" })
  .stdout.trim()
  .split("\n");
/** Each thread changes a copy of its own. `BYE_SPLITS_WORKERS` of them, by default one a core. */
const workers = Array.from({ length: Number(process.env.BYE_SPLITS_WORKERS ?? availableParallelism()) }, () => {
  const copy = mkdtempSync(join(tmpdir(), "bye-splits-mutate-"));
  return { copy, tests: new Tests(copy) };
});
process.on("SIGTERM", () => process.exit(1));
process.on("SIGINT", () => process.exit(1));
process.on("exit", () => {
  for (const { copy, tests } of workers) {
    tests.stop();
    rmSync(copy, { recursive: true, force: true });
  }
});
for (const { copy } of workers) {
  for (const file of files) {
    mkdirSync(dirname(join(copy, file)), { recursive: true });
    cpSync(join(root, file), join(copy, file));
  }
  for (const name of ["node_modules", "dist"]) symlinkSync(join(root, name), join(copy, name));
}

/**
 * How long each file of tests takes without a change [s], SLOW for one that takes too long to be of use; infinite for one that
 * fails, which shows nothing. Kept for the next time: it changes little, and the control at the end is of today.
 */
const kept = join(root, "node_modules/.cache/mutate-times.json");
const known = () => (existsSync(kept) ? Object.entries(JSON.parse(readFileSync(kept, "utf8"))) : []);
const times = new Map(known());
async function timeOf(tests, test) {
  if (!times.has(test)) {
    const start = Date.now();
    const failed = await tests.run([test], 2000 * NEAREST.seconds);
    times.set(test, failed === undefined ? SLOW : failed === "" ? (Date.now() - start) / 1000 : Infinity);
    if (times.get(test) === Infinity) console.error(`${test} fails without a change: ${failed}`);
    else {
      mkdirSync(dirname(kept), { recursive: true });
      writeFileSync(kept, JSON.stringify({ ...Object.fromEntries(known()), [test]: times.get(test) }));
    }
  }
  return times.get(test);
}

/** Tests of the same name first; then the shortest way and time, nearer the more they speak of it; then the smallest surroundings. */
async function testsOf(tests, file) {
  const own = file.replace(/\.ts$/, ".test.ts");
  const near = [...reach]
    .filter(([, distances]) => distances.has(file))
    .map(([test, distances]) => {
      const distance = test === own ? -99 : distances.get(file) - Math.log2(1 + mentions(test, file));
      return { test, distance, size: distances.size };
    })
    .toSorted((a, b) => a.distance - b.distance || a.size - b.size)
    .slice(0, NEAREST.of);
  for (const each of near) each.seconds = await timeOf(tests, each.test);
  let seconds = 0;
  return near
    .filter((each) => each.seconds < SLOW)
    .map((each) => ({ ...each, cost: each.distance + each.seconds / SECONDS_PER_IMPORT }))
    .toSorted((a, b) => a.cost - b.cost || a.size - b.size)
    .filter((each, i) => i === 0 || (i < NEAREST.files && (seconds += each.seconds) <= NEAREST.seconds))
    .map(({ test }) => test);
}

/** Tests that noticed a change, or may have. */
const noticed = new Set();
const survivors = [];
const tally = {};
let done = 0;
let timeouts = 0;

async function tryOut({ copy, tests }, { file, at, index, from, to }) {
  const path = join(copy, file);
  const text = readFileSync(path, "utf8");
  const lines = text.split("\n");
  const changed = lines[at].slice(0, index) + to + lines[at].slice(index + from.length);
  const nearest = await testsOf(tests, file);
  const start = Date.now();
  let failed = "";
  if (nearest.length > 0) {
    writeFileSync(path, lines.with(at, changed).join("\n"));
    tests.change(file);
    failed = await tests.run(nearest);
    writeFileSync(path, text);
    tests.change(file);
  }
  const room = relative("src", file).split("/")[0];
  tally[room] ??= { changes: 0, survived: 0, "by time": 0 };
  tally[room].changes++;
  done++;
  if (failed === "") {
    tally[room].survived++;
    survivors.push(`${file}:${at + 1}\n  - ${lines[at].trim()}\n  + ${changed.trim()}`);
  } else if (failed === undefined) {
    tally[room]["by time"]++;
    timeouts++;
  } else {
    for (const test of nearest) noticed.add(test);
  }
  const seconds = ((Date.now() - start) / 1000).toFixed(1);
  const verdict = failed === "" ? "SURVIVED" : failed === undefined ? "noticed by its time" : `noticed by ${failed}`;
  console.error(`${done} of ${number}: ${verdict} ${file}:${at + 1} (${seconds} s)`);
  if (failed === "") console.error(`  - ${lines[at].trim()}\n  + ${changed.trim()}`);
}

const left = chosen.values();
await Promise.all(
  workers.map(async (worker) => {
    for (const change of left) await tryOut(worker, change);
  }),
);
console.table(tally);
console.log(survivors.join("\n"));
console.log(
  `${survivors.length} of ${done} changes survived the nearest tests, ${timeouts} were noticed by time alone (seed ${seed})`,
);
// The control: without a change they pass.
const wrong = noticed.size === 0 ? "" : await workers[0].tests.run([...noticed], TIMEOUT * noticed.size);
if (wrong !== "") console.error(`the tests fail without a change: ${wrong ?? "they do not end"}`);
process.exit(wrong === "" && ![...times.values()].includes(Infinity) ? 0 : 1);
