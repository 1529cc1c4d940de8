/**
 * What is on the screen: one entry of one source, with what the parameters make of it. Everything is committed at once, when
 * all of it is there; what fails changes nothing, so that no picture has the name of another event.
 */
import { batch, createMemo, createSignal } from "solid-js";
import { type DataWorker } from "../data/client.js";
import { type ChainView, type EventView, type Setting, type SourceInfo, type SourceSpec } from "../data/protocol.js";
import { type Found } from "./entries.js";
import { type Problems, WITHOUT_B } from "./problems.js";
import { type ViewState } from "./view-state.js";

export interface Shown {
  readonly source: SourceInfo;
  readonly entry: number;
  readonly event: EventView;
  readonly a: ChainView | null;
  readonly b: ChainView | null;
  /** The settings that the chains are the result of. */
  readonly settings: SidesInWords;
}

export interface SidesInWords {
  readonly A: string;
  readonly B: string;
}

interface Surroundings {
  readonly worker: DataWorker;
  setView(change: Partial<ViewState>): void;
  /** As asked for now. */
  a(): Setting | null;
  b(): Setting | null;
  settings(): SidesInWords;
  geometry(): Promise<string | null>;
  readonly problems: Problems;
  setBusy(text: string): void;
  /** A source is open, and its first picture is there or cannot be. */
  opened(spec: SourceSpec): void;
}

const CHAIN_FAILED = "The chain failed, and the picture is that of the parameters before";

export type Shows = ReturnType<typeof createShown>;

export function createShown(around: Surroundings) {
  const { worker, setView, setBusy } = around;
  const { fail, mended, say } = around.problems;
  const [source, setSource] = createSignal<SourceInfo | null>(null);
  const [shown, setShown] = createSignal<Shown | null>(null);
  /** The entry asked for last, from which the next one is counted: where one cannot be shown, that one. */
  const [cursor, setCursor] = createSignal(-1);
  let loading = 0;
  /** What is on its way. */
  const [reading, setReading] = createSignal<"" | "an event" | "a sample">("");
  const isOpening = (): boolean => reading() === "a sample";

  const numberOf = (info: SourceInfo, entry: number): string => String(info.event[entry]);

  async function cluster({ number }: SourceInfo, entry: number): Promise<Pick<Shown, "a" | "b">> {
    const [ofA, ofB] = [around.a(), around.b()];
    const at = { source: number, entry };
    const a = ofA && (await worker.call("chain", at, ofA));
    try {
      const b = ofB && (await worker.call("chain", at, ofB));
      mended(WITHOUT_B);
      return { a, b };
    } catch (error) {
      fail(WITHOUT_B, error);
      return { a, b: null };
    }
  }

  async function read(info: SourceInfo, entry: number): Promise<Shown> {
    const event = await worker.call("event", { source: info.number, entry });
    const settings = around.settings();
    return { source: info, entry, event, settings, ...(await cluster(info, entry)) };
  }

  function commit(next: Shown, change: Partial<ViewState>): void {
    batch(() => {
      setSource(next.source);
      setShown(next);
      setCursor(next.entry);
      setView({ ...change, entry: next.entry });
    });
    const now = around.settings();
    if (next.settings.A !== now.A || next.settings.B !== now.B) void recluster();
  }

  /** Words only when it takes long enough to be noticed. */
  function announced(own: number, text: string): () => void {
    const slow = setTimeout(() => own === loading && setBusy(text), 300);
    return () => {
      clearTimeout(slow);
      if (own === loading) setBusy("");
    };
  }

  /** Shows an entry of the open source; the view changes with the picture. */
  async function load(entry: number, change: Partial<ViewState>, note = ""): Promise<void> {
    const info = source();
    if (info === null) return;
    if (isOpening()) {
      say("Another sample is being opened: choose the event when it is there");
      return;
    }
    const own = ++loading;
    setReading("an event");
    setCursor(entry);
    const done = announced(own, `Reading event ${numberOf(info, entry)} …`);
    try {
      say(note);
      const next = await read(info, entry);
      if (own === loading) commit(next, change);
    } catch (error) {
      if (own === loading) fail(`Event ${numberOf(info, entry)} cannot be shown`, error);
    } finally {
      done();
      if (own === loading) setReading("");
    }
  }

  /** Opens a source and shows the entry that `find` finds in it. What cannot be opened leaves everything as it is. */
  async function open(
    spec: SourceSpec,
    find: (info: SourceInfo) => Found,
    change: Partial<ViewState>,
  ): Promise<"opened" | "failed" | "overtaken"> {
    const own = ++loading;
    const name = spec.kind === "embedded" ? "the embedded sample" : spec.kind === "sample" ? spec.id : spec.name;
    setBusy(`Opening ${name} …`);
    setReading("a sample");
    // Beside the catalog, which says where geometry is.
    worker.start();
    let info: SourceInfo;
    try {
      info = await worker.call("open", spec, await around.geometry());
      if (own !== loading) return "overtaken";
      if (info.event.length === 0) throw new Error("it has no events");
    } catch (error) {
      if (own !== loading) return "overtaken";
      setReading("");
      setBusy("");
      throw error;
    }
    const { entry, note } = find(info);
    say(note);
    try {
      const next = entry < 0 ? null : await read(info, entry);
      if (own !== loading) return "overtaken";
      if (next !== null) commit(next, change);
      else showNothing(info, -1, change);
    } catch (error) {
      if (own !== loading) return "overtaken";
      showNothing(info, entry, change);
      fail(`Event ${numberOf(info, entry)} cannot be shown`, error);
    } finally {
      if (own === loading) {
        setReading("");
        setBusy("");
        void worker.call("keep", info.number);
        around.opened(spec);
      }
    }
    return "opened";
  }

  /** What is being opened is no longer wanted. */
  function stopOpening(): void {
    if (!isOpening()) return;
    loading++;
    setReading("");
    setBusy("");
  }

  function showNothing(info: SourceInfo, entry: number, change: Partial<ViewState>): void {
    batch(() => {
      setSource(info);
      setShown(null);
      setCursor(entry);
      setView({ ...change, entry: entry < 0 ? null : entry });
    });
  }

  // The chain: one run at a time, the last values win.
  let running = false;
  let again = false;
  async function recluster(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        const before = shown();
        if (before === null) return;
        const settings = around.settings();
        const sides = await cluster(before.source, before.entry);
        mended(CHAIN_FAILED);
        if (shown() === before && !again) setShown({ ...before, ...sides, settings });
      } while (again);
    } catch (error) {
      fail(CHAIN_FAILED, error);
    } finally {
      running = false;
    }
  }

  return {
    source,
    entry: createMemo(() => shown()?.entry ?? cursor()),
    cursor,
    event: createMemo(() => shown()?.event ?? null),
    a: createMemo(() => shown()?.a ?? null),
    b: createMemo(() => shown()?.b ?? null),
    /** Event and settings of the pictures of a side. */
    settled: (side: "A" | "B"): string => {
      const now = shown();
      return now === null ? "" : `${now.event.number} ${now.settings[side]}`;
    },
    isOpening,
    /** No other picture than the one that is shown is on its way. */
    isSettled: (): boolean => reading() === "",
    stopOpening,
    load,
    open,
    recluster,
  };
}
