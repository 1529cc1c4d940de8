/** What a job runs: a user's script, a command of ours, or a script of the reference, whose place a command of ours takes. */
import { existsSync } from "node:fs";
import { basename, join, resolve } from "node:path";
import { type Argument, isJob, type JobInput, openJob, type StageInput, type Task } from "../../batch/index.js";
import { ConfigError, noun, quote } from "../../core/index.js";
import { say } from "../io.js";
import {
  commandStage,
  type Context,
  home,
  isMapping,
  jobBase,
  nameOfScript,
  readSection,
  scriptStage,
  type Section,
} from "./job-input.js";
import { type JobSection } from "./job-file.js";

/** Scripts of the reference: the command, and arguments of another name. */
const REFERENCE: Readonly<
  Record<string, { readonly words: readonly string[]; readonly names?: Readonly<Record<string, string>> }>
> = {
  "run_cluster.py": { words: ["study", "radius", "run"] },
  "run_init_tasks.py": { words: ["study", "radius", "init"] },
  "run_combine.py": { words: ["study", "radius", "combine"] },
  "produce.py": { words: ["skim"], names: { nevents: "events" } },
  "run_chain.py": { words: ["run", "default"], names: { nevents: "first" } },
};

/** Whether the tasks of a section are commands of ours. */
export function runsCommands({ keys }: JobSection): boolean {
  return keys.text("command") !== undefined || Object.hasOwn(REFERENCE, basename(keys.text("script") ?? ""));
}

/** The job of a section. ConfigError or InputError for what cannot be meant; writes nothing. */
export function jobOf(context: Context, given: JobSection): JobInput {
  const section = readSection(context, given);
  const { keys, where } = section;
  const script = keys.text("script");
  const command = keys.text("command");
  if ((script === undefined) === (command === undefined)) {
    throw new ConfigError(
      `${where}: ${script === undefined ? "script is missing" : "both script and command are given"}: \`script:\` names a script, \`command:\` a command of ours such as study radius run`,
    );
  }
  if (command !== undefined) {
    const words = command.trim().split(/\s+/);
    return withStages(context, section, words.join("_"), words);
  }
  const path = script as string;
  const known = Object.hasOwn(REFERENCE, basename(path)) ? REFERENCE[basename(path)] : undefined;
  if (known === undefined) {
    return { ...jobBase(context, section, nameOfScript(path)), stages: scriptStage(context, section, path) };
  }
  const renamed = rename(section, known.names ?? {});
  const changes = Object.entries(known.names ?? {}).filter(([name]) => argumentOf(section, name));
  const told = changes.map(([from, to]) => `, ${from} is --${to}`).join("");
  say(context.io, `${where}: ${basename(path)} is bye-splits ${known.words.join(" ")} here${told}`);
  const produced = basename(path) === "produce.py" ? withConfig(context, renamed) : renamed;
  return withStages(context, produced, nameOfScript(path), known.words);
}

function argumentOf({ axes, fixed }: Section, name: string): boolean {
  return axes.some((axis) => axis.name === name) || fixed.some(([each]) => each === name);
}

function rename(section: Section, names: Readonly<Record<string, string>>): Section {
  return {
    ...section,
    axes: section.axes.map((axis) => ({ ...axis, name: names[axis.name] ?? axis.name })),
    fixed: section.fixed.map(([name, words]): Argument => [names[name] ?? name, words]),
  };
}

/** The inputs of a skim are those of the same configuration, as in the reference. */
function withConfig({ file }: Context, section: Section): Section {
  const has = ["input", "inputs", "source", "config"].some((name) => argumentOf(section, name));
  return has ? section : { ...section, fixed: [...section.fixed, ["config", [resolve(file.path)]]] };
}

function withStages(context: Context, section: Section, name: string, words: readonly string[]): JobInput {
  const base = jobBase(context, section, name);
  const [kind, study, verb] = words;
  if (kind === "study" && verb !== undefined && verb !== "init") {
    return { ...base, stages: studyStages(context, section, study, words) };
  }
  return { ...base, stages: [commandStage(context, section, words)] };
}

/** Arguments of `study NAME run` itself; all others are of `init`. */
const RUN_ARGUMENTS = ["study", "part", "radius", "particles", "pileup", "workers", "config", "quiet", "debug"];

/** Computes parts of a STUDY: one that is there, or one that stages before and after this one begin and combine. */
function studyStages(context: Context, section: Section, study: string, words: readonly string[]): StageInput[] {
  const { fixed, axes, folder, where } = section;
  const given = fixed.find(([name]) => name === "study")?.[1][0];
  const place = resolve(given === undefined ? join(folder, "study") : home(given));
  const own = (name: string): boolean => RUN_ARGUMENTS.includes(name);
  const only =
    words[2] === "run"
      ? fixed.filter(([name]) => own(name) && name !== "study")
      : fixed.filter(([name]) => name !== "study");
  const ofInit =
    words[2] === "run" ? fixed.filter(([name]) => !own(name) && name !== "source" && name !== "sources") : [];
  const before = isJob(folder) ? openJob(folder).tasks.filter(({ stage }) => stage === "init") : [];
  const isOurs = before.some(({ output }) => output?.path === place);
  if (words[2] !== "run" || (existsSync(place) && !isOurs)) {
    if (ofInit.length > 0) {
      throw new ConfigError(
        `${where}: arguments.${ofInit[0][0]} is settled when a study begins, and ${place} is there already: leave it out, or name another study`,
      );
    }
    return [commandStage(context, { ...section, fixed: [...only, ["study", [place]]] }, words)];
  }
  const made = samplesOf(context, section, ofInit);
  // Where the tasks name their radii, and not the numbers of parts, the study may get more of them.
  const grows = study === "radius" && !ofInit.some(([name]) => name === "radii");
  const named = grows ? radiiOf(section) : [];
  const settled: readonly Argument[] = [
    ...ofInit.filter(([name]) => name !== "in"),
    ["in", made.samples],
    ...(grows ? ([["extend", []]] as const) : []),
  ];
  const path = freePlace(place, before, settled);
  if (path !== place)
    say(context.io, `${where}: ${place} was begun with other arguments: the study begins again as ${path}`);
  say(context.io, `${where}: the study ${path} is made by a stage of its own${made.told}, and combined by another`);
  const radii = withEarlier(
    named,
    before.find(({ output }) => output?.path === path),
  );
  const stage = (name: string, args: readonly Argument[], verb: string): StageInput => ({
    ...commandStage(context, { ...section, axes: [], fixed: args, name: undefined, perBatch: 1 }, [
      "study",
      study,
      verb,
    ]),
    name,
  });
  const initArgs: readonly Argument[] = grows ? [["radii", [radii.join()]], ...settled] : settled;
  const begun = stage("init", [...initArgs, ["out", [path]]], "init");
  // Which other radii there are is nothing to the tasks of one.
  const init = { ...begun, tasks: begun.tasks.map((task) => ({ ...task, open: grows ? GROWS : [] })) };
  const picks = made.isChosen ? only.filter(([name]) => name !== "particles" && name !== "pileup") : only;
  const run = commandStage(
    context,
    {
      ...section,
      axes: grows ? [...axes.filter(({ name }) => name !== "radius"), { name: "radius", values: radii }] : axes,
      fixed: [...picks.filter(([name]) => !grows || name !== "radius"), ["study", [path]]],
      name: made.isChosen ? undefined : section.name,
    },
    words,
  );
  const combine = stage("combine", [["study", [path]]], "combine");
  return [...made.stages, init, run, combine];
}

/** The radii as written; those of an earlier submission stay, as its tasks do. */
function withEarlier(given: readonly string[], init: Task | undefined): readonly string[] {
  const earlier = init?.arguments.find(([name]) => name === "radii")?.[1][0]?.split(",") ?? [];
  // By their numbers: 0.05 and 0.050 are one radius.
  const texts = new Map<number, string>();
  for (const text of [...earlier, ...given]) if (!texts.has(Number(text))) texts.set(Number(text), text);
  return [...texts.values()];
}

/** Arguments of `study radius init` that may change after the study has begun. */
const GROWS = ["radii"];

/** The first name that no other beginning of a study has. */
function freePlace(place: string, before: readonly Task[], args: readonly Argument[]): string {
  const settled = (all: readonly Argument[]): string =>
    JSON.stringify(
      all.filter(([name]) => name !== "out" && (!all.some(([each]) => each === "extend") || !GROWS.includes(name))),
    );
  const same = settled(args);
  for (let number = 1; ; number++) {
    const path = number === 1 ? place : `${place}-${number}`;
    const there = before.filter(({ output }) => output?.path === path);
    if (there.length === 0 || there.some((task) => settled(task.arguments) === same)) return path;
  }
}

/** The radii that the tasks of the section name. */
function radiiOf({ axes, fixed, where }: Section): readonly string[] {
  const values = axes.find(({ name }) => name === "radius")?.values ?? fixed.find(([name]) => name === "radius")?.[1];
  if (values === undefined)
    throw new ConfigError(
      `${where}: the study begins with this job: name its radii, arguments.radius with iterOver: radius, or arguments.radii`,
    );
  return values;
}

interface Samples {
  readonly stages: readonly StageInput[];
  readonly samples: readonly string[];
  /** The samples are those of the particles and the pile-up already. */
  readonly isChosen: boolean;
  readonly told: string;
}

/** What a study begins with: the samples of `arguments.in`, or those that `sources:` names for these particles. */
function samplesOf(context: Context, section: Section, ofInit: readonly Argument[]): Samples {
  const { where, fixed, name } = section;
  const own = ofInit.find(([each]) => each === "in")?.[1];
  if (own !== undefined)
    return { stages: [], samples: own.map((path) => resolve(home(path))), isChosen: false, told: "" };
  const { sources, path } = context.file;
  const text = (key: string): string | undefined => fixed.find(([each]) => each === key)?.[1][0];
  const particles = text("particles") ?? name;
  const pileup = text("pileup");
  const named = fixed.find(([each]) => each === "source" || each === "sources")?.[1];
  const names = named ?? Object.keys(sources).filter((each) => fits(each, sources[each], particles, pileup));
  if (names.length === 0) {
    throw new ConfigError(
      `${where}: there is no study, and no source ${particles === undefined ? "" : `with particles: ${particles} `}to begin one: give arguments.study, arguments.in (samples), or name one in \`sources:\` of ${path}`,
    );
  }
  const samples: string[] = [];
  const skims: StageInput["tasks"][number][] = [];
  for (const each of names) {
    const source = sources[each];
    if (!isMapping(source))
      throw new ConfigError(
        `${where}: arguments.source: ${quote(each)} is no source of ${path}; there are ${Object.keys(sources).join(", ")}`,
      );
    const files = [source["infile"] ?? []].flat().filter((file) => typeof file === "string");
    if (files.length === 0)
      throw new ConfigError(`${path}: sources.${each}.infile is missing: files, or sample folders`);
    if (files.every((file) => isFolderOf(file, "sample.json"))) {
      samples.push(...files.map((file) => resolve(home(file))));
      continue;
    }
    const out = join(section.folder, "samples", each);
    samples.push(out);
    const args: Argument[] = [
      ["input", files.map((file) => (file.startsWith("@") ? file : resolve(home(file))))],
      ...(typeof source["tree"] === "string" ? ([["tree", [source["tree"]]]] as const) : []),
      ...(particles === undefined && typeof source["particles"] !== "string"
        ? []
        : ([["particles", [particles ?? String(source["particles"])]]] as const)),
      ["out", [out]],
    ];
    skims.push(...commandStage(context, { ...section, name: undefined, axes: [], fixed: args }, ["skim"]).tasks);
  }
  const stages: StageInput[] =
    skims.length === 0
      ? []
      : [{ name: "skim", program: { kind: "command", words: ["skim"] }, tasks: skims, perBatch: 1 }];
  return {
    stages,
    samples,
    isChosen: true,
    told: ` from the ${noun(names.length, "source")} ${names.join(", ")}`,
  };
}

/** A source is meant by its particles; its name may say the pile-up. */
function fits(name: string, source: unknown, particles: string | undefined, pileup: string | undefined): boolean {
  if (!isMapping(source as never)) return false;
  const own = (source as { particles?: unknown }).particles;
  const said = /PU\d+/i.exec(name)?.[0].toUpperCase();
  return (
    (own === undefined || particles === undefined || own === particles) &&
    (said === undefined || pileup === undefined || said === pileup.toUpperCase())
  );
}

function isFolderOf(path: string, file: string): boolean {
  const folder = resolve(home(path));
  return existsSync(join(folder, file));
}
