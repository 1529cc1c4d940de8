// Runs bench/NAME.ts (default: all) in 5 fresh processes each and prints best, median and spread of every figure.
import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { cpus } from "node:os";
import { fileURLToPath } from "node:url";
import { build } from "vite";

const RUNS = 5;
/** Decoding is measured as the threads of the skim do it (pipeline/pool.ts). */
const OPTIONS = { "root.ts": ["--initial-heap-size=100"] };
const root = fileURLToPath(new URL("..", import.meta.url));
const names = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const all = readdirSync(`${root}bench`).filter((file) => file.endsWith(".ts"));
const files = names.length === 0 ? all : names.map((name) => `${name}.ts`);

console.log(
  `${cpus()[0].model}, Node ${process.version}, ${new Date().toISOString().slice(0, 10)}; best of ${RUNS} processes`,
);
for (const file of files) {
  await build({
    root,
    configFile: false,
    logLevel: "warn",
    build: { ssr: `bench/${file}`, outDir: "out/bench", emptyOutDir: false, minify: false },
  });
  const runs = [];
  for (let i = 0; i < RUNS; i++) {
    const text = execFileSync(process.execPath, [...(OPTIONS[file] ?? []), `out/bench/${file.replace(".ts", ".js")}`], {
      cwd: root,
      encoding: "utf8",
    });
    runs.push(JSON.parse(text.trim().split("\n").at(-1)));
  }
  console.log(`\n${file}`);
  for (const key of Object.keys(runs[0])) {
    const values = runs.map((run) => run[key]).toSorted((a, b) => a - b);
    // Rates (per second) are best when large, times when small.
    const best = key.includes("/s") ? values.at(-1) : values[0];
    const spread = (100 * (values.at(-1) - values[0])) / values[2];
    console.log(
      `  ${key.padEnd(28)} best ${best.toPrecision(4).padStart(9)}   median ${values[2].toPrecision(4).padStart(9)}   spread ${spread.toFixed(0)} %`,
    );
  }
}
