// The second half of `npm test`: format, lint, types, tests. `--full` adds the long tests. A skipped test names what it
// needs, as in "[needs reference]"; one whose need is met, or that names none, fails the run.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statfsSync } from "node:fs";
import { freemem } from "node:os";
import { fileURLToPath } from "node:url";
import { chromium, provideChromium } from "./chromium.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const full = process.argv.includes("--full");
const python = process.env.BYE_SPLITS_PYTHON ?? "python3";
const imports = (modules) => spawnSync(python, ["-c", `import ${modules}`], { stdio: "ignore" }).status === 0;

/** A scheduler of one node, of the long tests; it stays up. */
const starts = (tool) =>
  full &&
  spawnSync(`${process.env.BYE_SPLITS_SHARED ?? `${root}../shared`}/tools/${tool}`, ["up"], { stdio: "ignore" })
    .status === 0;

/** What tests may need beyond the repository, and whether it is here. */
const NEEDS = {
  reference: () => existsSync(process.env.BYE_SPLITS_REFERENCE ?? `${root}../shared/reference`),
  "shared data": () => existsSync(`${process.env.BYE_SPLITS_SHARED ?? `${root}../shared`}/data`),
  slurm: () => starts("slurm-up.sh"),
  htcondor: () => starts("condor-up.sh"),
  setpriv: () => process.getuid?.() === 0 && spawnSync("setpriv", ["--version"]).status === 0,
  pdflatex: () => ["pdflatex", "pdf2svg"].every((tool) => spawnSync(tool, ["--version"]).error === undefined),
  buildah: () => process.getuid?.() === 0 && spawnSync("buildah", ["--version"]).status === 0,
  chromium: () => chromium() !== undefined,
  "python htcondor": () => imports("htcondor"),
  "python uproot": () => imports("uproot, awkward"),
  "python ROOT": () => imports("ROOT"),
  "python pyarrow": () => imports("pyarrow"),
  "python pandas": () => imports("pandas, h5py, tables"),
  nbclient: () => imports("nbclient, ipykernel, pandas, matplotlib"),
};

function report(name, status, start) {
  console.log(`${name}: ${status === 0 ? "ok" : "FAILED"} (${((Date.now() - start) / 1000).toFixed(1)} s)`);
  if (status !== 0) process.exitCode = 1;
}

/** Runs a program beside others; what it says is printed as a whole. */
function check(name, args) {
  const start = Date.now();
  return new Promise((resolve) => {
    const child = spawn(process.execPath, args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] });
    const said = [];
    for (const stream of [child.stdout, child.stderr]) stream.on("data", (data) => said.push(data));
    child.on("close", (status) => {
      process.stdout.write(Buffer.concat(said));
      report(name, status, start);
      resolve();
    });
  });
}

// Each leaves a core idle now and then: side by side they take half the time.
await Promise.all([
  check("format", ["node_modules/oxfmt/bin/oxfmt", "--check", "."]),
  check("lint", ["node_modules/oxlint/bin/oxlint", "--type-aware", "."]),
  check("types", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.test.json"]),
  check("types of the pages", ["node_modules/typescript/bin/tsc", "-p", "tsconfig.web.json"]),
]);
provideChromium(process.argv.includes("--install"));

mkdirSync(`${root}out`, { recursive: true });
const temporary = full ? undefined : inMemory();

/**
 * A folder in memory, removed at the end: tests write, and wait for, thousands of small files. Undefined where there is no room. What
 * those before left that were killed is removed.
 */
function inMemory() {
  const memory = "/dev/shm";
  if (!existsSync(memory)) return undefined;
  for (const name of readdirSync(memory)) {
    const pid = /^bye-splits-tests-(\d+)$/.exec(name)?.[1];
    if (pid !== undefined && !existsSync(`/proc/${pid}`)) rmSync(`${memory}/${name}`, { recursive: true, force: true });
  }
  const { bavail, bsize } = statfsSync(memory);
  if (bavail * bsize < 4e9 || freemem() < 4e9) return undefined;
  const folder = `${memory}/bye-splits-tests-${process.pid}`;
  mkdirSync(folder);
  process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Runs tests; the outcome of each. */
function test(name, ...args) {
  const results = `${root}out/${name.replaceAll(" ", "-")}.json`;
  rmSync(results, { force: true });
  // The long ones say what failed as soon as its file has ended.
  const reporters = [`--reporter=${full ? "default" : "dot"}`, "--reporter=json", `--outputFile.json=${results}`];
  const start = Date.now();
  const tests = spawnSync(process.execPath, ["node_modules/vitest/vitest.mjs", "run", ...reporters, ...args], {
    cwd: root,
    stdio: "inherit",
    env: {
      ...process.env,
      ...(full ? { BYE_SPLITS_FULL: "1" } : {}),
      ...(temporary === undefined ? {} : { TMPDIR: temporary }),
    },
  });
  report(name, tests.status, start);
  return existsSync(results) ? JSON.parse(readFileSync(results, "utf8")).testResults : [];
}

const TIMED = "test/full/timed";
const testResults = full
  ? // Those that measure times come one after the other, with nothing beside them.
    [...test("tests", "--exclude", `${TIMED}/**`), ...test("timed tests", TIMED, "--no-file-parallelism")]
  : test("tests");
const count = (status) =>
  testResults.flatMap((file) => file.assertionResults).filter((each) => each.status === status).length;
const skipped = testResults.flatMap((file) =>
  file.assertionResults.filter((test) => test.status === "skipped" || test.status === "pending"),
);
for (const { fullName } of skipped) {
  const need = /\[needs ([\w ]+)\]/.exec(fullName)?.[1];
  const met = need === undefined || NEEDS[need] === undefined || NEEDS[need]();
  console.log(`skipped: ${fullName}${met ? "  <- what it needs is here: it must run" : ""}`);
  if (met) process.exitCode = 1;
}
console.log(`${count("passed")} passed, ${count("failed")} failed, ${skipped.length} skipped`);
