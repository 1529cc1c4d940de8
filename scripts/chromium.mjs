// Where the browser of the tests is, and how to get it.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";

export const chromium = () =>
  [process.env.CHROMIUM, "/usr/bin/chromium"].find((path) => path !== undefined && existsSync(path));

/** Installs Debian's chromium when allowed: as root, in CI or when asked to. Else says how. */
export function provideChromium(asked) {
  if (chromium() !== undefined) return;
  const isRoot = process.getuid?.() === 0;
  if (!isRoot || !(asked || process.env.CI === "1")) {
    console.log(
      "No chromium: the browser tests are skipped. `npm test -- --install` as root installs Debian's, or set $CHROMIUM.",
    );
    return;
  }
  const apt = (...args) =>
    spawnSync("apt-get", args, { stdio: ["ignore", 2, 2], env: { ...process.env, DEBIAN_FRONTEND: "noninteractive" } });
  apt("update");
  const { status } = apt("install", "-y", "--no-install-recommends", "chromium");
  if (status !== 0) console.log("Installing chromium failed: the browser tests are skipped.");
}
