// Runs the commands of docs/studies.md at their full size and draws its figures: `node scripts/make-study-figures.mjs`
// (about 20 minutes on two cores). What is in out/studies already is taken as it is.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { studyPages } from "../dist/pipeline/studies/study-report.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const figures = join(root, "docs/figures/studies");

/** Study, page, figure, and the name of its file. */
const DRAWN = [
  ["radius", "radius", "radius-response", "radius-response"],
  ["radius", "radius", "radius-resolution", "radius-resolution"],
  ["scan", "scan-0", "scan-0-seed-window", "window-photons"],
  ["scan", "scan-0", "scan-0-price", "price-photons"],
  ["threshold", "scan-0", "scan-0-seed-histoThreshold", "threshold-photons"],
  ["bins", "scan-0", "scan-0-base-NbinsPhi", "bins-photons"],
];

const page = readFileSync(join(root, "docs/studies.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, text]) => text).join("");
for (const line of blocks.split("\n").filter((each) => /^\.\/bye-splits .*out\/studies\//.test(each))) {
  const args = line.replace(/#.*$/, "").trim().split(/\s+/).slice(1);
  const out = args[args.indexOf("--out") + 1];
  if (args.includes("--out") && existsSync(join(root, out))) continue;
  console.log(line);
  const { status } = spawnSync(process.execPath, [join(root, "dist/cli/main.js"), ...args, "--quiet"], {
    cwd: root,
    stdio: "inherit",
  });
  if (status !== 0) process.exit(1);
}

mkdirSync(figures, { recursive: true });
for (const [study, pageId, figureId, name] of DRAWN) {
  const { pages } = await studyPages([join(root, "out/studies", study)], [study]);
  const figure = pages.find(({ id }) => id === pageId).figures.find(({ id }) => id === figureId);
  writeFileSync(join(figures, `${name}.svg`), figure.svg);
}
