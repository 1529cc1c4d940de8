/** The reference's own results as STUDY folders: its HDF5 file of clusters at many radii, its `stats` CSV of the parameter. */
import { basename, relative, resolve } from "node:path";
import { type ChainParams, DEFAULT_PARAMS } from "../chain/index.js";
import { InputError } from "../core/index.js";
import { PARTICLE_NAMES } from "../events/index.js";
import { hexHash } from "../io/index.js";
import { nodeCodecs, openFile, writeRun } from "../io/node/index.js";
import { importRadii } from "./import-radii.js";
import { importStats } from "./import-stats.js";
import { type ImportedContent } from "./imported-content.js";
import { type StudySample } from "../studies/index.js";
import { type StudyPlan } from "./studies/spec.js";
import { planInfo } from "./studies/study-folder.js";
import { resultLines } from "./studies/studies.js";

export interface ImportStudyJob {
  readonly input: string;
  /** STUDY folder to write. */
  readonly out: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
}

export interface ImportStudyReport {
  readonly study: string;
  readonly out: string;
  readonly points: number;
  /** What the study says, and what the file does not. */
  readonly lines: readonly string[];
}

/** Bytes at either end that tell files apart, with the size: they are large. */
const START = 1 << 16;

/** By what it begins with: undefined for what holds events. */
export async function studyFormat(input: string): Promise<"HDF5" | "CSV" | undefined> {
  const source = await openFile(input);
  try {
    const start = await source.read(0, Math.min(1024, source.size));
    const [first] = new TextDecoder().decode(start).split(/\r?\n/, 1);
    if (first.startsWith("\u{fffd}HDF")) return "HDF5";
    const isText = /^[\w.,:" -]+$/.test(first) && first.includes(",");
    return isText || input.toLowerCase().endsWith(".csv") ? "CSV" : undefined;
  } finally {
    await source.close?.();
  }
}

/** InputError or FormatError that names the file, and the key or line in it; nothing is written then. */
export async function importStudy(job: ImportStudyJob): Promise<ImportStudyReport> {
  const { input, out, force, signal } = job;
  const format = await studyFormat(input);
  if (format === undefined) throw new InputError(`${input} is neither an HDF5 file nor a CSV`);
  const source = await openFile(input);
  const { size } = source;
  const start = await source.read(0, Math.min(START, size));
  const end = await source.read(Math.max(0, size - START), size);
  const text = format === "CSV" ? new TextDecoder().decode(await source.read(0, size)) : "";
  await source.close?.();
  const content: ImportedContent = format === "HDF5" ? await importRadii(input) : importStats(input, text);
  try {
    const { study, options, points, schemas, notes } = content;
    const file = basename(input);
    const hash = hexHash(Buffer.concat([Buffer.from(`${size} `), start, end]), await nodeCodecs());
    const stored = { path: relative(resolve(out), resolve(input)), absolute: resolve(input), hash };
    // As the names of its files say it.
    const particles = PARTICLE_NAMES.find((name) => file.toLowerCase().includes(name.slice(0, -1)));
    const pileup = /PU(\d+)/.exec(file)?.[1];
    const samples = content.samples.map((sample): StudySample => ({
      ...stored,
      ...sample,
      hasTruth: false,
      ...(particles === undefined ? {} : { particles }),
      ...(pileup === undefined ? {} : { pileup: Number(pileup) }),
    }));
    const plan: StudyPlan = {
      study,
      program: `bye-splits ${job.version}`,
      chains: ["default"],
      // The rest of the configuration is not known.
      params: { validation: DEFAULT_PARAMS.validation } as ChainParams,
      selection: "unknown",
      skipBadEvents: false,
      options,
      samples,
      points,
      parts: [],
      imported: { file, absolute: resolve(input), size, notes },
    };
    let result: object = {};
    await writeRun(out, schemas, { kind: "study", force, inputs: [input] }, async (writer) => {
      result = await content.fill(async (name, table) => {
        signal.throwIfAborted();
        await writer.append(name, table);
      });
      return { ...(await planInfo(plan)), result, combined: "all" };
    });
    return { study, out, points: points.length, lines: resultLines(plan, result) };
  } finally {
    content.close?.();
  }
}
