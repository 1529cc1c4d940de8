// `npm run bench -- NAME...` runs bench/NAME.ts (default: all) in 5 fresh processes each and prints the least, median and largest of
// every figure; `--write` puts them on top of bench/results.md too. `--compare REV` runs this tree and a commit in turn, 11 times, and prints the ratios of the pairs.
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
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
const { values, positionals: names } = parseArgs({
  options: { compare: { type: "string" }, write: { type: "boolean" } },
  allowPositionals: true,
});
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
/** Rates (per second) are better when large, times when small. */
const isRate = (key) => key.includes("/s");

const machine = `${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}`;
if (values.compare === undefined) {
  const lines = [];
  const say = (line) => {
    console.log(line);
    lines.push(line);
  };
  const { length } = cpus();
  const commit = execFileSync("git", ["rev-parse", "--short", "HEAD"], { cwd: root, encoding: "utf8" }).trim();
  say(`## ${machine}, ${length} ${length === 1 ? "core" : "cores"}, ${commit}`);
  const number = (value) => (Math.abs(value) >= 1000 ? Math.round(value).toLocaleString("en") : value.toPrecision(3));
  for (const file of files) {
    const run = await prepare(root, file);
    const runs = Array.from({ length: RUNS }, run);
    say(`\n### ${file}\n`);
    say("| figure | least | median | largest |\n| --- | --: | --: | --: |");
    for (const key of Object.keys(runs[0])) {
      const found = sorted(runs.map((each) => each[key]));
      say(`| ${key} | ${[found[0], at(found, 0.5), found.at(-1)].map(number).join(" | ")} |`);
    }
    if (file === "growth.ts" && values.write) {
      copyFileSync(join(root, "out/bench/growth.svg"), join(root, "bench/growth.svg"));
      say("\n![time against trigger cells and seeds](growth.svg)");
    }
  }
  if (values.write) {
    const path = join(root, "bench/results.md");
    const title = `# Speed\n\nWhat \`npm run bench -- --write\` found, newest first: ${RUNS} fresh processes each. Figures that end with [/s of both] are ratios of rates.\n`;
    const before = existsSync(path) ? readFileSync(path, "utf8").replace(/^# [^]*?(?=\n## |$)/, "") : "";
    writeFileSync(path, `${title}\n${lines.join("\n")}\n${before}`);
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
