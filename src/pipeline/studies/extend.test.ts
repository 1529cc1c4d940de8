/** Which studies can get other points: each reason against it, from plans without samples. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { DEFAULT_PARAMS } from "../../chain/index.js";
import { writeRun } from "../../io/node/index.js";
import { extendStudy } from "./extend.js";
import { type StudyPlan } from "./spec.js";
import { openStudy, planInfo } from "./study-folder.js";

const planOf = (study: string, options: object, rest: Partial<StudyPlan> = {}): StudyPlan =>
  ({
    ...{ study, program: "p 1", samples: [], chains: ["default"], params: DEFAULT_PARAMS, selection: "all" },
    ...{ skipBadEvents: false, options, points: [], parts: [], ...rest },
  }) as unknown as StudyPlan;

/** A STUDY that has begun with this plan and computed nothing. */
async function begun(plan: StudyPlan): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "bye-splits-extend-"));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const path = join(folder, "STUDY");
  await writeRun(path, {}, { kind: "study", force: false }, async () => planInfo(plan));
  return path;
}

const RADIUS = { radii: [0.01], bins: [], least: 1 };

test.each([
  { name: "of another kind", from: planOf("radius", RADIUS), to: planOf("scan", {}), says: "is a study radius, not a study scan" },
  { name: "whose points are fixed", from: planOf("scan", {}), to: planOf("scan", {}), says: "is a study scan, which cannot be extended" },
  { name: "of another program", from: planOf("radius", RADIUS), to: planOf("radius", RADIUS, { program: "p 2" }), says: "was begun by p 1, this is p 2" },
  { name: "with another option", from: planOf("radius", RADIUS), to: planOf("radius", { ...RADIUS, least: 2 }), says: "--extend changes its radii alone" },
  { name: "with another selection", from: planOf("radius", RADIUS), to: planOf("radius", RADIUS, { selection: "no_splits" }), says: "--extend changes its radii alone" },
])("a study $name is not extended, and stays as it is", async ({ from, to, says }) => {
  const path = await begun(from);
  const before = await readFile(join(path, "study.json"), "utf8");
  await expect(extendStudy(path, to)).rejects.toThrow(says);
  expect(await readFile(join(path, "study.json"), "utf8")).toBe(before);
}); // prettier-ignore

test("a study gets other radii; with the same ones it stays as it is, byte for byte", async () => {
  const path = await begun(planOf("radius", RADIUS));
  const before = await readFile(join(path, "study.json"), "utf8");
  await extendStudy(path, planOf("radius", RADIUS));
  expect(await readFile(join(path, "study.json"), "utf8")).toBe(before);
  const more = planOf("radius", { ...RADIUS, radii: [0.01, 0.02] }, { points: [{ radius: 0.01 }, { radius: 0.02 }] });
  await extendStudy(path, more);
  expect((await openStudy(path)).plan).toEqual(JSON.parse(JSON.stringify(more)));
});
