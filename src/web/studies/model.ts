/** The data of the pages of studies: what is open, what it shows, what went wrong. */
import { createEffect, createSignal, on, onCleanup } from "solid-js";
import { CallError } from "../data/client.js";
import { StudyWorker } from "./client.js";
import {
  type LiveSource,
  type PageAnswer,
  type Scanned,
  type StudyInfo,
  type StudySource,
  type Zooms,
} from "./protocol.js";
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

const idsOf = (source: LiveSource): string => JSON.stringify(source.lanes.map(({ id }) => id));

function nameOf(source: StudySource): string {
  if (source.kind === "live") return source.lanes.map(({ name }) => name).join(", ");
  if (source.kind === "kept") return "the points that were kept";
  return source.kind === "study" ? source.id : source.name;
}

/** `source`: what is to be open, null for nothing yet. `state`: what is to be shown. */
export function createStudiesModel(source: () => StudySource | null, state: () => StudyState) {
  let worker = new StudyWorker(onScanned);
  const [info, setInfo] = createSignal<StudyInfo | null>(null);
  const [answer, setAnswer] = createSignal<PageAnswer | null>(null);
  const [busy, setBusy] = createSignal("");
  const [problem, setProblem] = createSignal("");
  /** Of a live study: how far it is. */
  const [scanned, setScanned] = createSignal<Scanned | null>(null);
  const narrow = matchMedia(NARROW);
  const [isNarrow, setNarrow] = createSignal(narrow.matches);
  const onNarrow = (): void => void setNarrow(narrow.matches);
  narrow.addEventListener("change", onNarrow);
  const [zooms, setZooms] = createSignal<Zooms>({});
  /** Counts what was opened, so that answers about others are dropped. */
  let opens = 0;
  let isAsking = false;
  let isOld = false;
  let isOpening = false;
  let exactTook = Infinity;
  let rest: ReturnType<typeof setTimeout> | undefined;

  const isScanning = (): boolean => source()?.kind === "live" && scanned()?.isDone !== true;

  const say = (error: unknown): void => {
    const isExpected = error instanceof CallError && error.expected;
    const text = error instanceof Error ? error.message : String(error);
    setProblem(isExpected ? text : `Something went wrong: ${text}`);
  };

  function onScanned(found: Scanned): void {
    // Of one that is no longer wanted there may still be a word on the way.
    if (source()?.kind !== "live" || isOpening) return;
    setScanned(found);
    if (found.problem !== "") setProblem(found.problem);
    if (JSON.stringify(info()) !== JSON.stringify(found.info)) setInfo(found.info);
    void ask();
  }

  async function open(wanted: StudySource | null, before?: StudySource | null): Promise<void> {
    const own = ++opens;
    clearTimeout(rest);
    setProblem("");
    setScanned(null);
    // Other settings of the same samples: their page stays until the new one is there.
    const isSame = wanted?.kind === "live" && before?.kind === "live" && idsOf(wanted) === idsOf(before);
    if (!isSame) {
      setInfo(null);
      setAnswer(null);
      setZooms({});
    }
    isOpening = wanted !== null;
    if (wanted === null) return;
    // What another study still computes would keep this one waiting.
    if (isAsking && !isSame) {
      worker.stop();
      worker = new StudyWorker(onScanned);
    }
    isAsking = false;
    setBusy(`Reading ${nameOf(wanted)} …`);
    try {
      const found = await worker.call("open", wanted);
      if (own !== opens) return;
      isOpening = false;
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
        // What is not all there yet has no intervals: they would be others a moment later.
        const patience = exactTook < FAST && !isScanning() ? Infinity : 0;
        const found = await worker.call("page", state(), zooms(), patience, isNarrow());
        if (own !== opens) return;
        setAnswer(found);
        setProblem(scanned()?.problem ?? "");
      } while (isOld);
    } catch (error) {
      if (own === opens) say(error);
      return;
    } finally {
      if (own === opens) isAsking = false;
    }
    if (answer()?.exact === false && !isScanning()) rest = setTimeout(() => void askExactly(), REST);
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

  let pause: ReturnType<typeof setTimeout> | undefined;
  createEffect(
    on(source, (wanted, before) => {
      clearTimeout(pause);
      // A parameter that is dragged is waited for.
      if (wanted?.kind === "live" && before?.kind === "live") pause = setTimeout(() => void open(wanted, before), REST);
      else void open(wanted);
    }),
  );
  createEffect(on([() => JSON.stringify(state()), zooms, isNarrow], () => void ask(), { defer: true }));
  onCleanup(() => {
    opens++;
    clearTimeout(rest);
    clearTimeout(pause);
    narrow.removeEventListener("change", onNarrow);
    worker.stop();
  });

  /** Nothing is open, and nothing is on its way. */
  const isEmpty = (): boolean => info() === null && busy() === "";

  return {
    info,
    answer,
    isEmpty,
    busy,
    scanned,
    problem,
    setProblem,
    zooms,
    setZooms,
    again: () => void open(source()),
  };
}
