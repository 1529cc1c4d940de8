/** docs/studies.md is true: its commands run, on small samples. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { root, runCli, scratch } from "./cli.js";
import { isLong, some } from "./long.js";

const page = readFileSync(join(root, "docs/studies.md"), "utf8");

/** By section: what a reader would type, with fewer events, collisions and points. */
const sections = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    title: text.slice(0, text.indexOf("\n")),
    commands: [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
      .flatMap(([, block]) => block.split("\n"))
      .filter((line) => line.startsWith("./bye-splits"))
      .map((line) =>
        line
          .replace(/#.*$/, "")
          .replace(/--events (\d+)/, (_, n) => `--events ${Number(n) <= 1000 ? 4 : isLong ? 150 : 60}`)
          .replace(/--pileup \d+/, "--pileup 2")
          .replace("0.001:0.05:50", "0.01:0.05:3")
          .replace("--region ECAL --parameters 0:1:6", "--region MaxShower --parameters 0.4,1"),
      ),
  }))
  .filter(({ commands }) => commands.length > 0);

test.each(some(sections, 1))("the commands of $title run, one after another", async ({ commands }) => {
  const cwd = scratch();
  expect(commands.length).toBeGreaterThan(1);
  for (const command of commands) {
    const args = command.trim().split(/\s+/).slice(1);
    for (const [i, arg] of args.entries()) if (arg === "--out") expect(args[i + 1]).toMatch(/^out\//);
    const { status, stderr } = await runCli([...args, "--quiet"], cwd);
    expect(status, `${command}\n${stderr}`).toBe(0);
  }
});
