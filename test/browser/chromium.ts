/** Before all tests: one Chromium for the browser tests of all files, and a folder for the samples that they share. */
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { type TestProject } from "vitest/node";

declare module "vitest" {
  interface ProvidedContext {
    /** Address of the browser; empty: there is none. */
    chromium: string;
    /** Folder of samples, by the command that made them. */
    samples: string;
  }
}

const ARGS = [
  "--no-sandbox",
  "--disable-gpu-sandbox",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  // Pages are put together by Skia, not by the emulated GPU: half the time until a picture is there.
  "--disable-gpu-compositing",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--no-first-run",
];

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const executablePath = [process.env["CHROMIUM"], "/usr/bin/chromium"].find(
    (path) => path !== undefined && existsSync(path),
  );
  const server = executablePath === undefined ? undefined : await chromium.launchServer({ executablePath, args: ARGS });
  const samples = mkdtempSync(join(tmpdir(), "bye-splits-samples-"));
  project.provide("chromium", server?.wsEndpoint() ?? "");
  project.provide("samples", samples);
  return async () => {
    await server?.close();
    rmSync(samples, { recursive: true, force: true });
  };
}
