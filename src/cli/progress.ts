/** Progress on stderr: a bar on a terminal, a line every few seconds elsewhere, nothing with `--quiet`. */
import { Presets, SingleBar } from "cli-progress";
import { type Io } from "./io.js";

export interface Progress {
  /** `done` and `total` in the same unit, events or bytes; `note`: something else to say, as in ", 12 events". */
  update(done: number, total: number, note?: string): void;
  stop(): void;
}

const SILENT: Progress = { update: () => {}, stop: () => {} };

/** The result of work that tells its progress, which is off the screen when it ends or fails. */
export async function withProgress<T>(
  progress: Progress,
  work: (update: Progress["update"]) => Promise<T>,
): Promise<T> {
  try {
    return await work((done, total, note) => progress.update(done, total, note));
  } finally {
    progress.stop();
  }
}

export function createProgress(io: Io, what: string, unit: string, quiet: boolean | undefined): Progress {
  if (quiet === true) return SILENT;
  const bar = new SingleBar(
    {
      format: `${what} {bar} {percentage} % | {value}/{total} ${unit}{note} | {rate} ${unit}/s | {eta} s left`,
      noTTYOutput: true,
      notTTYSchedule: 2000,
      hideCursor: true,
      clearOnComplete: true,
      gracefulExit: false,
      // What it needs of a stream is what an Output has.
      stream: io.stderr as NodeJS.WritableStream,
    },
    Presets.shades_classic,
  );
  const start = performance.now();
  let started = false;
  return {
    update(done, total, note = "") {
      const perSecond = (done / Math.max(1, performance.now() - start)) * 1000;
      const rate = perSecond < 100 ? Math.round(10 * perSecond) / 10 : Math.round(perSecond);
      if (!started) {
        started = true;
        bar.start(total, done, { rate, note });
      } else {
        bar.setTotal(total);
        bar.update(done, { rate, note });
      }
    },
    stop() {
      if (started) bar.stop();
    },
  };
}
