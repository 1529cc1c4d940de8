// Builds dist/: the bundled ROOT metadata reader, the program of report pages, then ours. `node scripts/build.mjs`
import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, readdirSync, rmSync } from "node:fs";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const run = (...args) => execFileSync(process.execPath, args, { cwd: root, stdio: "inherit" });

if (existsSync(`${root}scripts/build-jsroot.mjs`)) run("scripts/build-jsroot.mjs");
run("scripts/build-report.mjs");
run("node_modules/typescript/bin/tsc", "-b", "tsconfig.node.json");
// What the compiler made of sources that are no longer there.
for (const file of readdirSync(`${root}dist`, { recursive: true })) {
  const source = /^(?!vendor|bundled|web)(.*?)(\.d\.ts|\.js)(\.map)?$/.exec(file)?.[1];
  if (source !== undefined && !existsSync(`${root}src/${source}.ts`)) rmSync(`${root}dist/${file}`);
}
if (existsSync(`${root}scripts/build-web.mjs`)) run("scripts/build-web.mjs");
run("scripts/build-docs.mjs");
chmodSync(`${root}dist/cli/main.js`, 0o755);
