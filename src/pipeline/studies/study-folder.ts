/** What study.json and part.json say, and what belongs together. */
import { join } from "node:path";
import {
  concurrently,
  counted,
  ExpectedError,
  type Fields,
  FormatError,
  InputError,
  isText,
  readFields,
} from "../../core/index.js";
import { PARTICLE_NAMES, type ParticleName } from "../../events/index.js";
import { hexHash, type Run, type SampleReader } from "../../io/index.js";
import { nodeCodecs, openRunFolder } from "../../io/node/index.js";
import { parseStudyInfo, type StudyInfo, type StudySample } from "../../studies/index.js";
import { storeSample } from "../sample-of-run.js";
import { type FinishedPart, type StudyPlan } from "./spec.js";
import { specOf } from "./studies.js";

/** The name of the folder of a part, in its STUDY. */
export function partName(plan: StudyPlan, number: number): string {
  return `part-${specOf(plan.study).grows?.partName(plan, number) ?? String(number).padStart(4, "0")}`;
}

/** Its path. `study`: that of the STUDY. */
export function partFolder(study: string, plan: StudyPlan, number: number): string {
  return join(study, partName(plan, number));
}

/** The same for equal content, whatever the order of its members: a plan that was read has another one. */
async function keyOf(content: object): Promise<string> {
  const text = JSON.stringify(content, (_, value: unknown) =>
    typeof value !== "object" || value === null || Array.isArray(value)
      ? value
      : Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))),
  );
  return hexHash(new TextEncoder().encode(text), await nodeCodecs());
}

/** Tells plans apart. What it holds is what the results depend on, and no paths. */
export async function planKey({ samples, ...rest }: StudyPlan): Promise<string> {
  const { imported: _, ...plan } = rest;
  const hashes = samples.map(({ hash }) => hash);
  return keyOf({ ...plan, hashes });
}

/** What does not change when a study is extended. */
export async function coreKey(plan: StudyPlan): Promise<string> {
  const { grows } = specOf(plan.study);
  if (grows === undefined) return planKey(plan);
  const { [grows.option]: _, ...options } = plan.options as Readonly<Record<string, unknown>>;
  return planKey({ ...plan, options, points: [], parts: [] });
}

/** Tells parts apart: one of another key is refused. */
export async function partKey(plan: StudyPlan, number: number): Promise<string> {
  const { point, sample } = plan.parts[number];
  const isFree = specOf(plan.study).grows !== undefined;
  return keyOf([await coreKey(plan), isFree ? [plan.points[point], sample] : number]);
}

/** The content of study.json as `init` writes it. */
export async function planInfo(plan: StudyPlan): Promise<object> {
  const { params, ...rest } = plan;
  return { ...rest, config: params, key: await planKey(plan) };
}

export interface OpenStudy extends Pick<StudyInfo, "shared" | "result" | "combined"> {
  readonly study: Run;
  readonly plan: StudyPlan;
  readonly key: string;
}

/** Opens a STUDY, as its study says what a result is. InputError or FormatError when it is none, of an unknown study, or does not say what it is. */
export async function openStudy(path: string): Promise<OpenStudy> {
  const study = await openRunFolder(path, "study");
  const { key, shared, result, combined, ...plan } = parseStudyInfo({ name: path, info: study.info });
  const spec = specOf(plan.study);
  const file = `${path}/study.json`;
  for (const [i, point] of plan.points.entries()) readFields(`${file}: point ${i}`, "what it is", point, spec.point);
  const outside = plan.parts.findIndex(
    ({ point, sample }) => point >= plan.points.length || sample >= plan.samples.length,
  );
  if (outside >= 0) throw new FormatError(`${file}: part ${outside} is of a point or a sample that is not there`);
  if (result !== undefined) readFields(file, "what came of the study", result, spec.result);
  return { study, plan, key, ...(shared && { shared }), ...(result && { result }), ...(combined && { combined }) };
}

/** What a sample is, for a plan. `study`: folder of the STUDY. */
export function describeSample(study: string, path: string, sample: SampleReader, name: string): StudySample {
  const { options: { particles, pileup } = {}, geometry } = sample.made ?? {};
  const isName = (value: unknown): value is ParticleName => (PARTICLE_NAMES as readonly unknown[]).includes(value);
  return {
    ...storeSample(study, path, sample.hash),
    name,
    entries: sample.nEntries,
    gen: sample.entries.columns.gen_rows.reduce((sum, n) => sum + n, 0),
    hasTruth: sample.hasTruth,
    ...(isName(particles) ? { particles } : {}),
    ...(typeof pileup === "number" ? { pileup } : {}),
    ...(geometry === undefined ? {} : { geometry }),
  };
}

/** InputError for samples of two geometries: radii and layers would mean different things in one table. */
export function checkGeometries(samples: readonly StudySample[]): void {
  const [first, other] = samples.flatMap((sample, i) =>
    i === 0 || sample.geometry !== samples[0].geometry ? [sample] : [],
  );
  if (other?.geometry === undefined || first.geometry === undefined) return;
  throw new InputError(
    `${first.name} has the geometry ${first.geometry}, ${other.name} ${other.geometry}: a study takes samples of one geometry`,
  );
}

/**
 * Opens finished parts and compares everything in them with its checksums. InputError that names all that are missing,
 * damaged, or of another study, and the command that makes them.
 */
export async function openParts({ study, plan }: OpenStudy, numbers: readonly number[]): Promise<FinishedPart[]> {
  const problems: { number: number; text: string }[] = [];
  const parts = await concurrently(numbers, FILES_TOGETHER, (number) =>
    openPart(study, plan, number).catch((error: unknown) => {
      if (!(error instanceof ExpectedError)) throw error;
      problems.push({ number, text: error.message });
      return undefined;
    }),
  );
  if (problems.length === 0) return parts.filter((part) => part !== undefined);
  problems.sort((a, b) => a.number - b.number);
  const told = problems
    .slice(0, TOLD)
    .map(({ number, text }) => `part ${number} (${plan.parts[number].label}): ${text}`);
  const more = problems.length > TOLD ? [`and ${problems.length - TOLD} more`] : [];
  const again = problems.map(({ number }) => number).join();
  throw new InputError(
    `${problems.length} of ${counted(plan.parts.length, "part")} of ${study.name} cannot be used: ${[...told, ...more].join("; ")}; ` +
      `run bye-splits study ${plan.study} run --study ${study.name} --part ${again}`,
  );
}

/** Parts whose files are read or written at the same time. */
export const FILES_TOGETHER = 8;

/** Parts that an error tells one by one. */
const TOLD = 5;

const PART: Fields<{ readonly key: string }> = { key: ["a text", isText, true] };

async function openPart(study: Run, plan: StudyPlan, number: number): Promise<FinishedPart> {
  const path = partFolder(study.name, plan, number);
  const run = await openRunFolder(path, "part").catch((cause: unknown) => {
    if (!(cause instanceof InputError)) throw cause;
    throw new InputError("it is missing", { cause });
  });
  const { key } = readFields(`${path}/part.json`, "which part it is", run.info, PART);
  if (key !== (await partKey(plan, number))) {
    throw new InputError("it is of another study, of other options, or of another version of the program");
  }
  for (const name of Object.keys(run.info.tables)) {
    const file = await run.openTable(name);
    try {
      await file.verify();
    } finally {
      await file.close();
    }
  }
  return { ...plan.parts[number], number, run };
}
