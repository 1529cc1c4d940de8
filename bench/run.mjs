// `npm run bench -- NAME...` runs bench/NAME.ts (default: all) in 5 fresh processes each and prints best, median and spread of
// every figure. `--compare REV` runs this tree and a commit in turn, 11 times, and prints the ratios of the pairs.
import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, symlinkSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { build } from "vite";

const RUNS = 5;
const PAIRS = 11;
/** Decoding is measured as the threads of the skim do it (pipeline/pool.ts). */
const OPTIONS = { "root.ts": ["--initial-heap-size=100"] };
const root = fileURLToPath(new URL("..", import.meta.url));
const { values, positionals: names } = parseArgs({ options: { compare: { type: "string" } }, allowPositionals: true });
const all = readdirSync(`${root}bench`).filter((file) => file.endsWith(".ts"));
const files = names.length === 0 ? all : names.map((name) => `${name}.ts`);

/** A copy has no data beside it. */
const env = { BYE_SPLITS_REFERENCE: join(root, "../shared/reference"), ...process.env };

/** Makes the program of a benchmark of a tree; returns how to run it once. */
async function prepare(tree, file) {
  await build({
    root: tree,
    configFile: false,
    logLevel: "warn",
    build: { ssr: `bench/${file}`, outDir: "out/bench", emptyOutDir: false, minify: false },
  });
  return () => {
    const args = [...(OPTIONS[file] ?? []), `out/bench/${file.replace(".ts", ".js")}`];
    const text = execFileSync(process.execPath, args, { cwd: tree, encoding: "utf8", env });
    return JSON.parse(text.trim().split("\n").at(-1));
  };
}

/** A built copy of a commit; it stays for the next comparison. */
function checkout(revision) {
  const git = (...args) => execFileSync("git", args, { cwd: root, encoding: "utf8" }).trim();
  const commit = git("rev-parse", "--short", `${revision}^{commit}`);
  const tree = join(root, "out", `compare-${commit}`);
  if (!existsSync(tree)) {
    git("worktree", "prune");
    git("worktree", "add", "--detach", tree, commit);
    symlinkSync(join(root, "node_modules"), join(tree, "node_modules"));
    execFileSync(process.execPath, ["scripts/build.mjs"], { cwd: tree, stdio: "ignore" });
  }
  return { commit, tree };
}

const sorted = (numbers) => numbers.toSorted((a, b) => a - b);
const at = (numbers, share) => sorted(numbers)[Math.round(share * (numbers.length - 1))];
/** Rates (per second) are best when large, times when small. */
const isRate = (key) => key.includes("/s");

const machine = `${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
if (values.compare === undefined) {
  console.log(`${machine}; ${RUNS} processes`);
  for (const file of files) {
    const run = await prepare(root, file);
    const runs = Array.from({ length: RUNS }, run);
    console.log(`\n${file}`);
    for (const key of Object.keys(runs[0])) {
      const found = sorted(runs.map((each) => each[key]));
      const best = isRate(key) ? found.at(-1) : found[0];
      const spread = (100 * (found.at(-1) - found[0])) / at(found, 0.5);
      console.log(
        `  ${key.padEnd(48)} best ${best.toPrecision(4).padStart(9)}   median ${at(found, 0.5).toPrecision(4).padStart(9)}   spread ${spread.toFixed(0)} %`,
      );
    }
  }
} else {
  const { commit, tree } = checkout(values.compare);
  console.log(`${machine}; this tree against ${commit}: how much faster, median of ${PAIRS} pairs and middle half`);
  for (const file of files.filter((each) => existsSync(join(tree, "bench", each)))) {
    const [mine, theirs] = [await prepare(root, file), await prepare(tree, file)];
    // Who comes first changes from pair to pair.
    const pairs = Array.from({ length: PAIRS }, (_, i) => {
      if (i % 2 === 0) return [mine(), theirs()];
      const second = theirs();
      return [mine(), second];
    });
    console.log(`\n${file}`);
    for (const key of Object.keys(pairs[0][0]).filter((each) => each in pairs[0][1])) {
      const ratios = pairs.map(([a, b]) => (isRate(key) ? a[key] / b[key] : b[key] / a[key]));
      const [low, middle, high] = [0.25, 0.5, 0.75].map((share) => at(ratios, share).toFixed(3));
      console.log(`  ${key.padEnd(48)} ${middle} [${low}, ${high}]`);
    }
  }
}
