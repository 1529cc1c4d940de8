/** `study NAME [init|run|combine|report]`: the verbs are the same for all studies, see pipeline/studies/spec.ts. */
import { Argument, Command, Option } from "commander";
import { ConfigError, counted, noun } from "../core/index.js";
import { chainReader, loadConfig } from "./config.js";
import { addEntryOptions, chainTask, SEL_ABOUT } from "./chain-options.js";
import { report } from "./globals.js";
import { type Io } from "./io.js";
import { collect, presetOption, setOption, wholeNumber, workersOption } from "./options.js";
import { createProgress, type Progress } from "./progress.js";
import { STUDY_COMMANDS } from "./studies/rows.js";
import { type StudyCommand, type StudyOptions } from "./studies/study-command.js";
import { VERSION } from "./version.js";

const VERBS = ["init", "run", "combine", "report"] as const;
type Verb = (typeof VERBS)[number] | "all";

const VERB_HELP = `
Verbs; without one, all but report in one go:
  init     begin a study: --in, --out, its options; writes study.json with its numbered parts
  run      compute parts: --study, --part I[,J...]; in any order, on any machine, again if need be
  combine  the tables of the study from its parts: --study
  report   its figures and tables as an HTML file: --study, --out`;

/** Options that belong to one verb, or two; all others are of `init`. */
const VERBS_OF: Readonly<Record<string, readonly Verb[]>> = {
  study: ["run", "combine", "report"],
  part: ["run"],
  file: ["combine"],
  out: ["init", "all", "report"],
  workers: ["run", "combine", "all"],
  extend: ["init"],
};

export function studyCommand(io: Io): Command {
  const command = new Command("study").description("studies: scans of parameters, and the cluster radius").addHelpText(
    "after",
    `${VERB_HELP}\n\nExamples:\n${STUDY_COMMANDS.flatMap(({ examples }) => examples[0])
      .map((line) => `  ${line}`)
      .join("\n")}`,
  );
  for (const row of STUDY_COMMANDS) command.addCommand(oneStudy(io, row));
  return command;
}

function oneStudy(io: Io, row: StudyCommand): Command {
  const command = new Command(row.name)
    .description(row.about)
    .addArgument(new Argument("[verb]", "a part of the work").choices(VERBS))
    .option("--in <sample...>", "sample folders")
    .option("--out <study>", "study folder to write; with report: the HTML file");
  row.addOptions(command);
  command
    .addOption(
      new Option("--by <bins>", "figures also in bins, as in gen_pt=0,10,20,50,100 (repeatable)")
        .argParser(collect)
        .default([], "none"),
    )
    .option("--study <study>", "run, combine, report: the study folder")
    .addOption(new Option("--part <list>", "run: numbers of parts, as in 0,3").argParser(partList))
    .option("--file <part>", "combine: only this part, a folder part-... of the study");
  row.addPicks?.(command);
  command.option("--sel <selection>", SEL_ABOUT, "all");
  addEntryOptions(command, row.name !== "scan").addOption(presetOption());
  command.addOption(setOption()).addOption(workersOption(io));
  return command
    .addHelpText("after", `${VERB_HELP}\n\nExamples:\n${row.examples.map((line) => `  ${line}`.trimEnd()).join("\n")}`)
    .action(async (verb: Verb | undefined, options: StudyOptions) => {
      checkVerb(command, row, verb ?? "all");
      const progress = createProgress(io, `study ${row.name}`, "entries", options.quiet);
      try {
        await WORK[verb ?? "all"]({ io, row, options, progress });
      } finally {
        progress.stop();
      }
    });
}

/** ConfigError for options of another verb, and for those that are missing. */
function checkVerb(command: Command, { name, picks = [] }: StudyCommand, verb: Verb): void {
  const globals = ["config", "force", "json", "quiet", "debug"];
  for (const option of command.options) {
    const key = option.attributeName();
    const source = command.getOptionValueSource(key);
    if (source !== "cli" || globals.includes(key)) continue;
    const verbs = picks.includes(key) ? ["run"] : (VERBS_OF[key] ?? ["init", "all"]);
    if (verbs.includes(verb)) continue;
    const of = verbs.map((each) => (each === "all" ? "the study in one go" : each)).join(" and ");
    throw new ConfigError(
      `${option.long} is an option of ${of}, not of ${verb === "all" ? "the study in one go" : verb}: see bye-splits study ${name} --help`,
    );
  }
  const needed = verb === "init" || verb === "all" ? ["in", "out"] : verb === "report" ? ["study", "out"] : ["study"];
  const missing = needed.find((key) => command.getOptionValue(key) === undefined);
  if (missing !== undefined)
    throw new ConfigError(`study ${name}${verb === "all" ? "" : ` ${verb}`} needs --${missing}`);
}

interface Work {
  readonly io: Io;
  readonly row: StudyCommand;
  readonly options: StudyOptions;
  readonly progress: Progress;
}

const WORK: Readonly<Record<Verb, (work: Work) => Promise<void>>> = {
  async init(work) {
    const { initStudy } = await import("../pipeline/studies/verbs.js");
    const { io, options, progress } = work;
    const plan = await initStudy({ ...(await initJob(work)), extend: options.extend === true });
    progress.stop();
    const out = options.out ?? "";
    report(io, options, { out, points: plan.points.length, parts: plan.parts.length }, [
      `${counted(plan.points.length, "point")} of ${plan.samples.map(({ name }) => name).join(", ")}: ${plan.parts.length === 1 ? "part 0" : `parts 0 to ${plan.parts.length - 1}`}`,
      `written to ${out}`,
    ]);
  },
  async run(work) {
    const [{ runParts }, { openStudy, partName }] = await Promise.all([
      import("../pipeline/studies/verbs.js"),
      import("../pipeline/studies/study-folder.js"),
    ]);
    const { io, row, options, progress } = work;
    const study = options.study ?? "";
    const { plan } = await openStudy(study);
    checkName(row, plan.study, study);
    const isPicked = (row.picks ?? []).some((name) => options[name] !== undefined);
    if (options.part !== undefined && isPicked) {
      throw new ConfigError(
        `--part names parts already: give it, or ${(row.picks ?? []).map((name) => `--${name}`).join(", ")}`,
      );
    }
    if (options.part === undefined && !isPicked) {
      const others = (row.picks ?? []).map((name) => `--${name}`).join(", ");
      throw new ConfigError(
        `study ${row.name} run needs --part${others === "" ? "" : `, or ${others}`}: there are the parts 0 to ${plan.parts.length - 1}`,
      );
    }
    const parts = [...new Set(options.part?.map(Number) ?? row.pick?.(plan, options))];
    await runParts({ ...shared(work), study, parts, workers: options.workers });
    progress.stop();
    report(io, options, { study, parts, folders: parts.map((part) => partName(plan, part)) }, [
      `parts ${parts.join(", ")}: ${parts.map((part) => plan.parts[part].label).join("; ")}`,
      `written to ${study}`,
    ]);
  },
  async combine(work) {
    const [{ combineStudy, partOf }, { openStudy }] = await Promise.all([
      import("../pipeline/studies/verbs.js"),
      import("../pipeline/studies/study-folder.js"),
    ]);
    const { row, options } = work;
    const study = options.study ?? "";
    checkName(row, (await openStudy(study)).plan.study, study);
    const only = options.file === undefined ? {} : { parts: [await partOf(study, options.file)] };
    await tell(work, await combineStudy({ ...shared(work), study, workers: options.workers, ...only }));
  },
  async report({ io, options, progress }) {
    const { writeReport } = await import("../pipeline/report.js");
    const { study = "", out = "", force = false } = options;
    const result = await writeReport({ runs: [study], out, force, signal: io.interrupt.signal(), version: VERSION });
    progress.stop();
    report(io, options, result, [
      `pages with figures: ${result.pages.map(({ id, figures }) => `${id} (${figures})`).join(", ")}`,
      `${(result.bytes / 1e6).toFixed(1)} MB written to ${out}`,
    ]);
  },
  async all(work) {
    const { runStudy } = await import("../pipeline/studies/verbs.js");
    await tell(work, await runStudy({ ...(await initJob(work)), workers: work.options.workers }));
  },
};

function shared({ io, progress }: Work) {
  return {
    signal: io.interrupt.signal(),
    version: VERSION,
    onProgress: (what: string, done: number, total: number) => progress.update(done, total, ` (${what})`),
  };
}

async function initJob(work: Work) {
  const { io, row, options } = work;
  const chains = row.chains(options);
  // A grid is no setting of the configuration that is scanned.
  const { events, set, ...rest } = options;
  const own = {
    ...rest,
    set: row.takesGrid === true ? [] : set,
    ...(typeof events === "string" ? { events } : {}),
  };
  const { params, ...task } = await chainTask(io, own, chains);
  const { config } = loadConfig({ ...io, stderr: { write: () => true } }, own, chainReader(chains));
  const read = await row.read(io, options, config);
  return {
    ...shared(work),
    study: row.name,
    task: { ...task, params, chains, ...read },
    samples: options.in ?? [],
    out: options.out ?? "",
    force: options.force ?? false,
  };
}

type Told = Awaited<ReturnType<(typeof import("../pipeline/studies/verbs.js"))["combineStudy"]>>;

/** With `--json` also the rows of the table of points. */
async function tell({ io, options, progress }: Work, result: Told): Promise<void> {
  progress.stop();
  const { points, parts, rows, out, lines } = result;
  const tables = Object.entries(rows).map(([name, n]) => `${name} ${n.toLocaleString("en-US")} ${noun(n, "row")}`);
  const { lines: _, ...json } = result;
  if (options.json === true) {
    const { readPoints } = await import("../pipeline/studies/verbs.js");
    Object.assign(json, { figures: await readPoints(out) });
  }
  report(io, options, json, [
    ...lines,
    "",
    `${counted(points, "point")}, ${counted(parts, "part")}: ${tables.join(", ")}`,
    `written to ${out}`,
  ]);
}

function checkName({ name }: StudyCommand, study: string, path: string): void {
  if (study !== name) throw new ConfigError(`${path} is a study ${study}: say bye-splits study ${study}`);
}

function partList(text: string, before: string[] = []): string[] {
  const number = wholeNumber(0);
  return [...before, ...text.split(",").map((part) => String(number(part.trim())))];
}
