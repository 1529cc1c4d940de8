/** The data of the pages of studies: what is open, what it shows, what went wrong. */
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { CallError } from "../data/client.js";
import { StudyWorker } from "./client.js";
import { type PageAnswer, type StudyInfo, type StudySource, type Zooms } from "./protocol.js";
import { type StudyState } from "./state.js";

export type StudiesModel = ReturnType<typeof createStudiesModel>;

/** While something is dragged intervals are left out, unless they take less than this [ms]; they come when it rests. */
const FAST = 60;
const REST = 180;
/** Intervals are computed for so long at a time, and shown as they come after so long [ms]. */
const SLICE = 50;
const SHOW = 1000;
/** Where panels stand below each other: as in studies.css. */
const NARROW = "(max-width: 1000px)";

/** `source`: what is to be open, null for nothing yet. `state`: what is to be shown. */
export function createStudiesModel(source: () => StudySource | null, state: () => StudyState) {
  let worker = new StudyWorker();
  const [info, setInfo] = createSignal<StudyInfo | null>(null);
  const [answer, setAnswer] = createSignal<PageAnswer | null>(null);
  const [busy, setBusy] = createSignal("");
  const [problem, setProblem] = createSignal("");
  const narrow = matchMedia(NARROW);
  const [isNarrow, setNarrow] = createSignal(narrow.matches);
  const onNarrow = (): void => void setNarrow(narrow.matches);
  narrow.addEventListener("change", onNarrow);
  const [zooms, setZooms] = createSignal<Zooms>({});
  /** Counts what was opened, so that answers about others are dropped. */
  let opens = 0;
  let isAsking = false;
  let isOld = false;
  let exactTook = Infinity;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const say = (error: unknown): void => {
    const isExpected = error instanceof CallError && error.expected;
    const text = error instanceof Error ? error.message : String(error);
    setProblem(isExpected ? text : `Something went wrong: ${text}`);
  };

  async function open(wanted: StudySource | null): Promise<void> {
    const own = ++opens;
    clearTimeout(rest);
    setInfo(null);
    setAnswer(null);
    setProblem("");
    setZooms({});
    if (wanted === null) return;
    // What another study still computes would keep this one waiting.
    if (isAsking) {
      worker.stop();
      worker = new StudyWorker();
      isAsking = false;
    }
    setBusy(`Reading ${wanted.kind === "study" ? wanted.id : wanted.name} …`);
    try {
      const found = await worker.call("open", wanted);
      if (own !== opens) return;
      setInfo(found);
      void ask();
    } catch (error) {
      if (own === opens) say(error);
    } finally {
      if (own === opens) setBusy("");
    }
  }

  /** Asks for what is to be shown until that is what is shown: of many wishes the last one counts. */
  async function ask(): Promise<void> {
    clearTimeout(rest);
    if (info() === null) return;
    if (isAsking) {
      isOld = true;
      return;
    }
    const own = opens;
    isAsking = true;
    try {
      do {
        isOld = false;
        const found = await worker.call("page", state(), zooms(), exactTook < FAST ? Infinity : 0, isNarrow());
        if (own !== opens) return;
        setAnswer(found);
        setProblem("");
      } while (isOld);
    } catch (error) {
      if (own === opens) say(error);
      return;
    } finally {
      if (own === opens) isAsking = false;
    }
    if (answer()?.exact === false) rest = setTimeout(() => void askExactly(), REST);
  }

  /** In slices: what is moved in the meantime does not wait for all intervals. `start`: of the first one; `drawn`: when it was last shown. */
  async function askExactly(start = performance.now(), drawn = start): Promise<void> {
    if (isAsking) return;
    const own = opens;
    isAsking = true;
    isOld = false;
    let isDone = true;
    let last = drawn;
    try {
      const found = await worker.call("page", state(), zooms(), SLICE, isNarrow());
      if (own !== opens) return;
      isDone = found.exact;
      const now = performance.now();
      if (!isOld && (isDone || now - drawn > SHOW)) {
        setAnswer(found);
        last = now;
      }
    } catch (error) {
      if (own === opens) say(error);
    } finally {
      if (own === opens) {
        isAsking = false;
        if (isOld) void ask();
        else if (isDone) exactTook = performance.now() - start;
        else rest = setTimeout(() => void askExactly(start, last), 0);
      }
    }
  }

  createEffect(on(source, (wanted) => void open(wanted)));
  createEffect(on([() => JSON.stringify(state()), zooms, isNarrow], () => void ask(), { defer: true }));
  onCleanup(() => {
    opens++;
    clearTimeout(rest);
    narrow.removeEventListener("change", onNarrow);
    worker.stop();
  });

  return { info, answer, busy, problem, setProblem, zooms, setZooms, again: () => void open(source()) };
}
