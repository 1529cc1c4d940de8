/** Slurm: an array of jobs a stage; a stage begins when all jobs of the stage before have ended, and looks at the markers. */
import { TransientError } from "../core/index.js";
import { call, callOk, oneLine, type Scheduler, type World } from "./engine.js";
import { type OpenJob, paths } from "./folder.js";
import { parseSacct, parseScontrol, parseSqueue, type SlurmJob, type SlurmRecord, SQUEUE_FORMAT } from "./parse.js";
import { userName } from "./processes.js";
import { shellLine } from "./shell.js";
import { LARGEST_ARRAY, slurmText } from "./slurm-text.js";
import { type Run, type Word } from "./spec.js";
import { batchesOf } from "./tasks.js";

interface Piece {
  readonly file: string;
  readonly stage: number;
  /** Number of its first batch in the submission. */
  readonly first: number;
}

export const SLURM: Scheduler = {
  name: "slurm",
  needs: ["sbatch", "Slurm"],

  plan({ job, exec, versions, stages }) {
    const { jobs } = paths(job.folder);
    const pieces: Piece[] = [];
    let first = 0;
    for (const [stage, batches] of stages.entries()) {
      const numbers = batches.map((_, i) => i);
      for (const some of batchesOf(numbers, LARGEST_ARRAY)) {
        const file = {
          job: job.info,
          folder: job.folder,
          exec,
          tasks: job.tasks,
          batches: some.map((i) => batches[i]),
        };
        pieces.push({ file: versions.place(jobs, job.info.name, ".sbatch", slurmText(file)), stage, first });
        first += some.length;
      }
    }
    const words = ({ file, stage }: Piece, after: readonly string[], comment: string): string[] => [
      "sbatch",
      "--parsable",
      ...(stage === 0 ? [] : [`--dependency=afterany:${after.join(":")}`]),
      `--comment=${comment}`,
      file,
    ];
    return {
      files: pieces.map(({ file }) => file),
      commands: pieces.map((piece) =>
        shellLine(words(piece, [`STAGE${piece.stage - 1}`], commentOf(job, "RUN", piece.first))),
      ),
      async start(world, run, onId) {
        const ids: string[][] = stages.map(() => []);
        for (const piece of pieces) {
          const after = ids[piece.stage - 1] ?? [];
          const said = await callOk(words(piece, after, commentOf(job, run, piece.first)), world, job.info.options.cwd);
          const id = said.trim().split(";")[0];
          ids[piece.stage].push(id);
          onId(`${id}@${piece.first}`);
        }
      },
    };
  },

  async ask(job, runs, world) {
    const tasks = new Map<number, Word>();
    for (const each of await query(job, runs, world)) {
      const { state, reason } = each;
      const word: Word | undefined = /^(RUNNING|COMPLETING|CONFIGURING|STAGE_OUT|SUSPENDED|STOPPED|SIGNALING)$/.test(
        state,
      )
        ? { state: "running" }
        : /^(PENDING|REQUEUED|REQUEUE_FED|SPECIAL_EXIT|RESV_DEL_HOLD|REQUEUE_HOLD)$/.test(state)
          ? {
              state: /[Hh]eld|HOLD/.test(`${reason} ${state}`) ? "held" : "waiting",
              ...(reason === "None" ? {} : { reason }),
            }
          : undefined;
      if (word !== undefined) for (const index of each.tasks) tasks.set(index, word);
    }
    return { tasks, ended: await endings(job, runs, tasks, world) };
  },

  async cancel(job, runs, world) {
    const ids = new Set((await query(job, runs, world)).map((each) => each.job));
    if (ids.size > 0) await callOk(["scancel", ...ids], world);
  },
};

function commentOf({ info }: OpenJob, run: number | string, first: number): string {
  return `bye-splits:${info.id}:${run}:${first}`;
}

type Ours = SlurmJob & { readonly tasks: readonly number[] };

/** Jobs in the queue that are ours, by their comment: also of a submission that was killed before it had read their numbers. */
async function query(job: OpenJob, runs: readonly Run[], world: World): Promise<Ours[]> {
  const words = ["squeue", "-h", "-r", "-u", userName(), "-o", SQUEUE_FORMAT];
  let said = await call(words, world);
  if (said.exit !== 0) said = await call(["squeue", "--json"], world);
  if (said.exit !== 0) throw new TransientError(`squeue ended with ${said.exit}: ${oneLine(said.stderr)}`);
  const byId = new Map(
    runs.flatMap(({ ids, run }) => ids.map((id) => [id.split("@")[0], `${run}:${id.split("@")[1] ?? 0}`] as const)),
  );
  const mine = `bye-splits:${job.info.id}:`;
  return parseSqueue(said.stdout).flatMap((each) => {
    const place = each.comment.startsWith(mine) ? each.comment.slice(mine.length) : byId.get(each.job);
    if (place === undefined) return [];
    const [run, first] = place.split(":").map(Number);
    const batches = runs.find((known) => known.run === run)?.batches;
    return [{ ...each, tasks: batches?.[first + each.element] ?? [] }];
  });
}

/** How jobs that left the queue ended, where the site keeps that. */
async function endings(
  _job: OpenJob,
  runs: readonly Run[],
  known: ReadonlyMap<number, Word>,
  world: World,
): Promise<Map<number, string>> {
  const ended = new Map<number, string>();
  const pieces = runs.flatMap(({ ids, batches }) =>
    ids.map((id) => ({ id: id.split("@")[0], first: Number(id.split("@")[1] ?? 0), batches })),
  );
  if (pieces.length === 0) return ended;
  const jobs = pieces.map(({ id }) => id);
  for (const record of await records(jobs, world)) {
    if (/^(COMPLETED|PENDING|RUNNING)/.test(record.state)) continue;
    const piece = pieces.find(({ id }) => id === record.job);
    for (const index of piece?.batches[piece.first + record.element] ?? []) {
      if (!known.has(index)) ended.set(index, `${record.state}, exit code ${record.exit}, signal ${record.signal}`);
    }
  }
  return ended;
}

async function records(jobs: readonly string[], world: World): Promise<SlurmRecord[]> {
  const sacct = ["sacct", "-n", "-P", "-X", "-j", jobs.join(), "-o", "JobID,State,ExitCode"];
  const said = await call(sacct, world).catch(() => undefined);
  if (said?.exit === 0 && said.stdout.trim() !== "") return parseSacct(said.stdout);
  const all: SlurmRecord[] = [];
  for (const job of jobs) {
    const shown = await call(["scontrol", "-o", "show", "job", job], world).catch(() => undefined);
    if (shown?.exit === 0) all.push(...parseScontrol(shown.stdout));
  }
  return all;
}
