// Takes the pictures of docs/display.md with the built program and Chromium: `node scripts/make-display-figures.mjs`
import { spawn } from "node:child_process";
import { mkdirSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { chromium as playwright } from "playwright-core";
import { chromium } from "./chromium.mjs";

const folder = fileURLToPath(new URL("../docs/figures/display/", import.meta.url));
const main = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));

/** File, state of the page, colours. */
const PICTURES = [
  ["split", "", "light"],
  ["compare", "compare=settings&b.seed.window=2", "light"],
  ["histogram", "view=histogram", "dark"],
  ["detector", "view=detector", "dark"],
  ["coarse-seeds", "view=coarse&chain=cs", "light"],
];

mkdirSync(folder, { recursive: true });
const server = spawn(process.execPath, [main, "serve", "--port", "0", "--json", "--data", folder], {
  stdio: ["ignore", "pipe", "inherit"],
});
let browser;
try {
  const url = await new Promise((resolve) => {
    let text = "";
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const found = /"url": "([^"]+)"/.exec(text);
      if (found !== null) resolve(found[1]);
    });
  });
  browser = await playwright.launch({
    executablePath: chromium(),
    args: ["--no-sandbox", "--disable-gpu-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader"],
  });
  for (const [name, hash, colorScheme] of PICTURES) {
    const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme });
    await page.goto(`${url}#${hash}`);
    await page.waitForSelector(".statistics[data-surveying=false]:not([data-events='0'])", { timeout: 60_000 });
    await page.waitForSelector("[data-offline=ready]");
    await page.screenshot({ path: `${folder}${name}.png` });
    await page.close();
  }
} finally {
  // Also after a failure: the server would go on.
  await browser?.close();
  server.kill();
}
