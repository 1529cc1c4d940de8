/** What `inspect` says of a sample and a run, in words and with `--verify`: by commands of the defaults. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { runCli, scratch } from "./cli.js";

test("who made a sample is said, without pile-up by default; of tables elsewhere nobody is; all is verified", async () => {
  const folder = scratch();
  const says = async (command: string): Promise<string> => {
    const { status, stdout, stderr } = await runCli(command.split(" "), folder);
    expect([command, status, stderr]).toEqual([command, 0, ""]);
    return stdout;
  };
  await says("simulate --particles photons --events 2 --seed 1 --quiet --out made");
  await says("run default --in made --out run --quiet");
  await says("simulate --particles photons --events 2 --seed 1 --pileup 0 --quiet --out again");
  const lines = (await says("inspect made")).split("\n");
  expect(lines[1]).toBe("");
  expect(lines[2]).toMatch(/^made by bye-splits \S+ simulate \{.*"particles":"photons".*"pileup":0/);
  expect((await says("inspect again")).split("\n")[2]).toBe(lines[2]);
  const [sample, run] = [await says("inspect made --verify --json"), await says("inspect run --verify --json")];
  expect(JSON.parse(sample)).toMatchObject({ verified: ["sample.json", "entries", "gen", "cl3d", "tc"], without: [] });
  const tables = ["run.json", "seeds", "clusters", "assignment", "events"];
  expect(JSON.parse(run)).toMatchObject({ verified: tables, without: [] });
  rmSync(join(folder, "made/sample.json"));
  expect(await says("inspect made")).toContain("\nmade elsewhere: there is no sample.json\n");
});
