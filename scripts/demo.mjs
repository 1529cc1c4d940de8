// The second half of `npm start`: simulates the embedded sample, runs the chains on it, prints the summary and
// writes a report. All in out/demo, which git ignores.
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));

function byeSplits(...args) {
  console.log(`$ ./bye-splits ${args.join(" ")}`);
  const { status, signal } = spawnSync(process.execPath, ["dist/cli/main.js", ...args], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(status ?? (signal === "SIGINT" ? 130 : 143));
  console.log();
}

byeSplits(
  "simulate",
  "--particles",
  "photons",
  "--pileup",
  "0",
  "--events",
  "500",
  "--seed",
  "1",
  "--out",
  "out/demo/sample",
  "--force",
);
byeSplits("run", "both", "--in", "out/demo/sample", "--out", "out/demo/run", "--force");
byeSplits("report", "out/demo/run", "--out", "out/demo/report.html", "--force");
