/** A folder with samples for the tests of studies in a file, and commands in it. */
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect } from "vitest";
import { type Schema } from "../src/core/index.js";
import { openRunFolder } from "../src/io/node/index.js";
import { simulateSample } from "../src/pipeline/simulate.js";
import { runCli, tableHashes } from "./cli.js";

export const shared = { force: false, version: "test", signal: new AbortController().signal };

/** Samples `photons` and `pions` of so many events. */
export function studyFolder(events = 40) {
  let folder = "";
  const at = (name: string): string => join(folder, name);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "bye-splits-study-"));
    const simulated = { events, ...shared } as const;
    await simulateSample({
      ...simulated,
      particles: "photons",
      pileup: 0,
      endcap: "both",
      seed: 5,
      out: at("photons"),
    });
    // Where the bins are wide, so that some are split.
    const wide = { particles: "pions", pileup: 3, endcap: "positive", eta: [2.6, 2.8], seed: 3 } as const;
    await simulateSample({ ...simulated, ...wide, out: at("pions") });
  }, 180_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  return {
    at,
    /** Runs a command of studies in the folder of the samples; its standard output. */
    async study(...args: string[]): Promise<string> {
      const { status, stdout, stderr } = await runCli(["study", ...args, "--quiet"], folder);
      expect(stderr).toBe("");
      expect(status).toBe(0);
      return stdout;
    },
    /** The line of an error. */
    async failure(...args: string[]): Promise<string> {
      const { status, stdout, stderr } = await runCli([...args, "--quiet"], folder);
      expect([status, stdout]).toEqual([2, ""]);
      return stderr;
    },
    async table<S extends Schema>(name: string, of: string, schema: S) {
      return (await openRunFolder(at(name), "study")).readTable(of, schema);
    },
    allHashes: (name: string): object => ({
      ...tableHashes(at(name)),
      ...Object.fromEntries(
        readdirSync(at(name))
          .filter((each) => each.startsWith("part-"))
          .map((part) => [part, tableHashes(join(at(name), part))]),
      ),
    }),
  };
}

export function pick<S extends Schema, K extends keyof S & string>(schema: S, ...names: K[]): Pick<S, K> {
  return Object.fromEntries(names.map((name) => [name, schema[name]])) as Pick<S, K>;
}

export function rowsWhere({ rows }: { readonly rows: number }, keeps: (row: number) => boolean): number[] {
  return Array.from({ length: rows }, (_, row) => row).filter(keeps);
}
