/** What the page says went wrong, until it is no longer so. */
import { createSignal } from "solid-js";

/** Without what only the command line can do. */
export function inPageWords(message: string): string {
  return message.replace(
    "use --skip-bad-events to leave such events out",
    "no chain can be run on it: choose another event",
  );
}

/** What was to be done, and why it was not; a name that ends the one and begins the other stands once. */
export function problemInWords(what: string, error: unknown): string {
  const message = inPageWords(error instanceof Error ? error.message : String(error));
  const end = message.indexOf(": ");
  const isRepeated = end > 0 && what.endsWith(` ${message.slice(0, end)}`);
  return `${what}: ${isRepeated ? message.slice(end + 2) : message}`;
}

/** Side B cannot be had. */
export const WITHOUT_B = "There is nothing to compare with";

export type Problems = ReturnType<typeof createProblems>;

export function createProblems() {
  const [problem, setProblem] = createSignal("");
  /** That what is looked at next does not change. */
  let lasting = "";
  const fail = (what: string, error: unknown): void => void setProblem(problemInWords(what, error));
  return {
    problem,
    setProblem,
    fail,
    /** Until it is mended or dismissed. */
    failLasting(what: string, error: unknown): void {
      fail(what, error);
      lasting = problem();
    },
    /** What there is to say of what is looked at now, in place of what was said of another; "": nothing. */
    say(note: string): void {
      if (note !== "" || problem() !== lasting) setProblem(note);
    },
    /** What failed works now: a message about it that still stands is out of date. */
    mended(what: string): void {
      if (problem().startsWith(`${what}: `)) setProblem("");
    },
  };
}
