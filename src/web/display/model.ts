/** The page's data: what is open, what the chain says about it, what went wrong. Knows no picture. */
import embedded from "virtual:embedded";
import { batch, createEffect, createMemo, createSignal, on } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import { type Catalog } from "../../server/api.js";
import { DataWorker } from "../data/client.js";
import {
  type ChainView,
  type EventView,
  type LayerOutline,
  type Remedy,
  type SourceInfo,
  type SourceSpec,
} from "../data/protocol.js";
import { defaultEventsOf, type SampleKind } from "./default-events.js";
import { nameOfFiles } from "./dropped.js";
import { createSides, dataUrl, type Side } from "./sides.js";
import { createSurveyModel } from "./survey-model.js";
import { decodeView, encodeView, type ViewState } from "./view-state.js";

/** What pictures and tables are drawn from: the data of the page, seen from one side of a comparison. */
export type Model = ReturnType<typeof createModels>["a"];

/** `prefetch` loads what the page needs later, so that it works without the server. */
export function createModels(prefetch: () => Promise<void>) {
  const [view, setStore] = createStore<ViewState>(decodeView(location.hash));
  const setView = (change: Partial<ViewState>): void => setStore(reconcile({ ...view, ...change }));
  const worker = new DataWorker();

  const [catalog, setCatalog] = createSignal<Catalog | null>(null);
  const [source, setSource] = createSignal<SourceInfo | null>(null);
  const [event, setEvent] = createSignal<EventView | null>(null);
  const [chains, setChains] = createSignal<{ readonly a: ChainView | null; readonly b: ChainView | null }>({
    a: null,
    b: null,
  });
  /** Event, chain and settings that `chains` are the result of. */
  const [settled, setSettled] = createSignal({ A: "", B: "" });
  const [remedy, setRemedy] = createSignal<Remedy | null>(null);
  const [outline, setOutline] = createSignal<LayerOutline | null>(null);
  const [busy, setBusy] = createSignal("");
  const [problem, setProblem] = createSignal("");
  const [offline, setOffline] = createSignal<"loading" | "ready" | "failed">("loading");

  const index = createMemo(() => {
    const info = source();
    if (info === null || view.event === null) return -1;
    const same = info.event.findIndex((number, i) => number === view.event && info.zside[i] === view.endcap);
    return same >= 0 ? same : info.event.indexOf(view.event);
  });

  const fail = (what: string, error: unknown): void => {
    const message = error instanceof Error ? error.message : String(error);
    setProblem(`${what}: ${message}`);
  };

  const sides = createSides({ view, setView, event, chains, settled: (side) => settled()[side] });
  const { a, b } = sides;
  const sorted = (settings: object): string =>
    JSON.stringify(Object.entries(settings).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const asked = (): { readonly A: string; readonly B: string } => ({
    A: `${view.event} ${view.chain} ${sorted(view.settings)}`,
    B: `${view.event} ${view.compare} ${view.bChain} ${sorted(view.bSettings)}`,
  });

  const survey = createSurveyModel(() => {
    const setting = a.setting();
    return source() === null || setting === null
      ? null
      : { a: setting, b: b.setting(), limit: view.n, name: `${asked().A} | ${asked().B}` };
  }, fail);

  /** Both sides on the event of the worker. */
  async function clusterBoth(): Promise<{ readonly a: ChainView | null; readonly b: ChainView | null }> {
    const [ofA, ofB] = [a.setting(), b.setting()];
    return {
      a: ofA && (await worker.call("chain", ofA)),
      b:
        ofB &&
        (await worker.call("chain", ofB).catch((error: unknown) => {
          fail("There is nothing to compare with", error);
          return null;
        })),
    };
  }

  const kindOf = (sample: string): SampleKind =>
    sample === "embedded" ? embedded : (catalog()?.samples.find(({ id }) => id === sample) ?? {});
  /** Events of the sample that the configuration names. */
  const defaultEvents = createMemo(() =>
    defaultEventsOf(catalog()?.defaultEvents ?? [], kindOf(view.sample), source()?.event ?? new Float64Array()),
  );

  let opening = 0;
  /** To be surveyed as soon as its first event is shown: before that the processor has better things to do. */
  let waiting: SourceSpec | undefined;
  async function open(spec: SourceSpec, wanted: number | null): Promise<void> {
    const own = ++opening;
    const name = spec.kind === "embedded" ? "the embedded sample" : spec.kind === "sample" ? spec.id : spec.name;
    setBusy(`Opening ${name} …`);
    try {
      await catalogRead;
      const hasGeometry = (catalog()?.geometry ?? null) !== null;
      const info = await worker.call("open", spec, hasGeometry ? new URL("api/geometry", document.baseURI).href : null);
      if (own !== opening) return;
      if (info.event.length === 0) throw new Error("it has no events");
      setSource(info);
      setProblem("");
      survey.close();
      waiting = spec;
      const first = defaultEvents().at(0) ?? (spec.kind === "embedded" ? embedded.prepared : info.event[0]);
      const has = wanted !== null && info.event.includes(wanted);
      if (wanted !== null && !has) setProblem(`${info.name} has no event ${wanted}: this is event ${first}`);
      const entry = Math.max(0, info.event.indexOf(has ? wanted : first));
      const endcap =
        has && info.zside[entry] !== view.endcap && hasBoth(info, wanted) ? view.endcap : info.zside[entry];
      setView({ event: has ? wanted : first, endcap: endcap === -1 ? -1 : 1 });
    } catch (error) {
      if (own === opening) fail(`Cannot open ${name}`, error);
    } finally {
      if (own === opening) setBusy("");
    }
  }

  function openFiles(files: readonly File[], name = nameOfFiles(files)): void {
    setView({ sample: `dropped: ${name}`, camera: "", pick: "" });
    void open({ kind: "files", name, files }, null);
  }

  /** Opens a sample of the catalog at an event; nothing else of the view changes. */
  function openSample(id: string, wanted: number | null): void {
    setView({ sample: id, event: wanted });
    const known = id === "embedded" || id.startsWith("dropped: ");
    // A link to dropped files cannot bring them along.
    if (id.startsWith("dropped: ")) {
      setProblem(`This link was made from files dropped on the page (${id.slice(9)}): drop them again`);
      setView({ sample: "embedded", event: null });
    }
    void open(
      known ? { kind: "embedded" } : { kind: "sample", id, url: dataUrl(id) },
      known && id !== "embedded" ? null : wanted,
    );
  }

  let loading = 0;
  createEffect(
    on([source, index], async ([info, at]) => {
      if (info === null || at < 0) return;
      const own = ++loading;
      // Words only when it takes long enough to be noticed.
      const slow = setTimeout(() => own === loading && setBusy(`Reading event ${info.event[at]} …`), 300);
      try {
        const next = await worker.call("event", at);
        if (own !== loading) return;
        const what = asked();
        const results = await clusterBoth();
        if (own !== loading) return;
        batch(() => {
          setEvent(next);
          setChains(results);
          setSettled(what);
        });
        const now = asked();
        if (what.A !== now.A || what.B !== now.B) void runChain();
        setProblem((text) => (text.includes("has no event") || text.startsWith("This link") ? text : ""));
        if (waiting !== undefined) survey.open(waiting).catch(() => undefined);
        waiting = undefined;
        afterFirstPaint();
      } catch (error) {
        if (own === loading) fail(`Event ${info.event[at]} cannot be shown`, error);
      } finally {
        clearTimeout(slow);
        if (own === loading) setBusy("");
      }
    }),
  );

  // The chain: one run at a time, the last values win.
  let running = false;
  let again = false;
  async function runChain(): Promise<void> {
    if (running) {
      again = true;
      return;
    }
    running = true;
    try {
      do {
        again = false;
        const own = loading;
        const what = asked();
        const results = await clusterBoth();
        if (own === loading && !again) {
          batch(() => {
            setChains(results);
            setSettled(what);
          });
        }
      } while (again);
    } catch (error) {
      fail("The chain failed", error);
    } finally {
      running = false;
    }
  }
  createEffect(on([a.setting, b.setting], () => event() !== null && void runChain(), { defer: true }));

  createEffect(
    on(a.chain, async (result) => {
      setRemedy(null);
      if (result?.record?.isSplit !== true) return;
      const found = await worker.call("remedy", result.chain, result.params).catch(() => null);
      if (a.chain() === result) setRemedy(found);
    }),
  );

  createEffect(
    on([() => view.layer, event], ([layer, current]) => {
      if (layer === 0 || current === null) setOutline(null);
      else if (outline()?.layer !== layer) {
        worker.call("outline", layer).then(
          (result) => view.layer === layer && setOutline(result),
          (error: unknown) => fail(`Layer ${layer} cannot be drawn`, error),
        );
      }
    }),
  );

  // The address follows the state; the first view keeps its own.
  let written = location.hash;
  let writing: ReturnType<typeof setTimeout> | undefined;
  createEffect(() => {
    const text = encodeView(view);
    clearTimeout(writing);
    writing = setTimeout(() => {
      const hash = text === "" ? "" : `#${text}`;
      // An address that changed from outside is about to be read: it wins.
      if (hash === written || location.hash !== written) return;
      history.replaceState(null, "", hash === "" ? location.pathname : hash);
      written = location.hash;
    }, 150);
  });
  addEventListener("hashchange", () => {
    if (location.hash === written) return;
    written = location.hash;
    const next = decodeView(location.hash);
    const other = next.sample !== view.sample;
    setStore(reconcile({ ...next, event: other ? null : (next.event ?? view.event) }));
    if (other) openSample(next.sample, next.event);
  });

  let prefetched = false;
  function afterFirstPaint(): void {
    if (prefetched) return;
    prefetched = true;
    setTimeout(() => {
      Promise.all([worker.call("prefetch"), survey.prefetch(), prefetch()]).then(
        () => setOffline("ready"),
        () => setOffline("failed"),
      );
    }, 300);
  }

  async function readCatalog(): Promise<void> {
    try {
      const response = await fetch("api/catalog");
      if (!response.ok) throw new Error(`the server answers ${response.status}`);
      setCatalog((await response.json()) as Catalog);
    } catch (error) {
      fail("The list of samples cannot be read", error);
    }
  }

  /** Shows the event with a number; says so when there is none. */
  function goTo(number: number): void {
    const info = source();
    if (info === null) return;
    if (!info.event.includes(number)) {
      setProblem(
        `${info.name} has no event ${number}; it has ${info.event.length} events from ${info.event[0]} to ${info.event[info.event.length - 1]}`,
      );
      return;
    }
    setProblem("");
    goToEntry(info.event.indexOf(number));
  }

  function goToEntry(at: number): void {
    const info = source();
    if (info === null || at < 0 || at >= info.event.length) return;
    setProblem("");
    setView({ event: info.event[at], endcap: info.zside[at] === -1 ? -1 : 1, camera: "", pick: "" });
  }

  const { sample, event: wanted } = decodeView(location.hash);
  const catalogRead = readCatalog();
  openSample(sample, wanted);

  const shared = {
    view,
    setView,
    catalog,
    source,
    event,
    defaultEvents,
    difference: sides.difference,
    remedy,
    outline,
    layerOutline: (layer: number) => worker.call("outline", layer),
    busy,
    problem,
    setProblem,
    offline,
    rows: survey.rows,
    statistics: survey.statistics,
    surveying: survey.surveying,
    surveyed: survey.surveyed,
    index,
    openFiles,
    openSample,
    goTo,
    goToEntry,
  };
  const join = (side: Side) => ({ ...shared, ...side });
  return { a: join(a), b: join(b) };
}

function hasBoth(info: SourceInfo, number: number): boolean {
  return info.event.indexOf(number) !== info.event.lastIndexOf(number);
}
