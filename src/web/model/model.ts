/** The page's data: what is open, what the chain says about it, what went wrong. Knows no picture. */
import embedded from "virtual:embedded";
import { batch, createEffect, createMemo, createSignal, on, untrack } from "solid-js";
import { createStore, reconcile } from "solid-js/store";
import { CallError, DataWorker } from "../data/client.js";
import {
  type CurveRequest,
  type LayerOutline,
  type Remedy,
  type SourceInfo,
  type SourceSpec,
} from "../data/protocol.js";
import { createAddress } from "./address.js";
import { createAhead } from "./ahead.js";
import { createCatalog } from "./catalog.js";
import { defaultEventsOf, type SampleKind } from "./default-events.js";
import { nameOfFiles } from "../ui/dropped.js";
import { findEntry, type Target } from "./entries.js";
import { createKeptPoints } from "./kept-store.js";
import { createProblems } from "./problems.js";
import { selectionOf } from "./selection.js";
import { createShown, type SidesInWords } from "./shown.js";
import { createSides, dataUrl, type Side } from "./sides.js";
import { createSurveyModel } from "./survey-model.js";
import {
  decodeParts,
  decodeTarget,
  decodeView,
  encodeView,
  misreadView,
  type PageParts,
  stillMisread,
  type ViewState,
} from "./view-state.js";

/** What pictures and tables are drawn from: the data of the page, seen from one side of a comparison. */
export type Model = ReturnType<typeof createModels>["a"];

/** Of files that were dropped, the trees that they could be read from. */
export interface TreesToChoose {
  readonly text: string;
  readonly trees: readonly string[];
  choose(tree: string): void;
}

type Awaiting = Readonly<{ target: Target | null }>;

const DROPPED = "dropped: ";

/** `prefetch` loads what the page needs later, so that it works without the server. */
export function createModels(prefetch: () => Promise<void>) {
  const [view, setStore] = createStore<ViewState>(decodeView(location.hash));
  const setView = (change: Partial<ViewState>): void => setStore(reconcile({ ...view, ...change }));
  /** What the link says of pages that read and write their part of it themselves. */
  const [parts, setParts] = createSignal<PageParts>(decodeParts(location.hash));
  const [misread, setMisread] = createSignal(misreadView(location.hash));
  const worker = new DataWorker();

  const [remedy, setRemedy] = createSignal<Remedy | null>(null);
  const [outline, setOutline] = createSignal<LayerOutline | null>(null);
  const [busy, setBusy] = createSignal("");
  const problems = createProblems();
  const { problem, setProblem, fail } = problems;
  const { catalog, catalogRead, refreshCatalog } = createCatalog(problems);
  const kept = createKeptPoints(setProblem);
  const [choice, setChoice] = createSignal<TreesToChoose | null>(null);
  /** What the display is to show when one comes to it; null from then on. Its sample is not read for other pages. */
  const [awaited, setAwaited] = createSignal<Awaiting | null>({ target: decodeTarget(location.hash) });

  const sorted = (settings: object): string =>
    JSON.stringify(Object.entries(settings).toSorted(([one], [other]) => (one < other ? -1 : 1)));
  const settings = (): SidesInWords => ({
    A: `${view.chain} ${sorted(view.settings)}`,
    B: `${view.compare} ${view.bChain} ${sorted(view.bSettings)}`,
  });

  const shown = createShown({
    worker,
    setView,
    a: () => a.setting(),
    b: () => b.setting(),
    settings,
    async geometry() {
      await catalogRead;
      const hasGeometry = (catalog()?.geometry ?? null) !== null;
      return hasGeometry ? new URL("api/geometry", document.baseURI).href : null;
    },
    problems,
    setBusy,
    opened(spec) {
      // Only now: before the first picture the processor has better things to do.
      survey.open(spec).catch(() => undefined);
      afterFirstPaint();
    },
  });
  const { source, event } = shown;

  const sides = createSides({
    ...shown,
    layers: () => source()?.layers,
    view,
    setView,
    chains: () => ({ a: shown.a(), b: shown.b() }),
  });
  const { a, b } = sides;
  createEffect(on([a.setting, b.setting], () => event() !== null && void shown.recluster(), { defer: true }));

  const survey = createSurveyModel(
    () => {
      const setting = a.setting();
      const { A, B } = settings();
      return source() === null || setting === null
        ? null
        : { a: setting, b: b.setting(), acceptance: a.params().base, limit: view.n, name: `${A} | ${B}` };
    },
    problems,
    () => selectionOf(view),
  );
  const { offline, afterFirstPaint, prepareDisplay } = createAhead(
    () => Promise.all([worker.call("prefetch"), survey.prefetch()]),
    prefetch,
  );
  // Rows of another source are never beside this one's.
  createEffect(on(source, () => survey.close()));

  const kindOf = (sample: string): SampleKind =>
    sample === "embedded" ? embedded : (catalog()?.samples.find(({ id }) => id === sample) ?? {});
  const defaultsIn = (sample: string, { event: numbers }: SourceInfo): bigint[] =>
    defaultEventsOf(catalog()?.defaultEvents ?? [], kindOf(sample), numbers);
  /** Events of the sample that the configuration names. */
  const defaultEvents = createMemo(() => {
    const info = source();
    return info === null ? [] : defaultsIn(view.sample, info);
  });

  /** Where one is not told where to begin. */
  function firstOf(sample: string, info: SourceInfo): Target {
    const first = defaultsIn(sample, info).at(0) ?? (sample === "embedded" ? embedded.prepared : undefined);
    return first === undefined ? { by: "entry", text: "0" } : { by: "event", text: String(first), endcap: null };
  }

  async function open(
    spec: SourceSpec,
    target: Target | null,
    change: Partial<ViewState> & { readonly sample: string },
  ): Promise<void> {
    setChoice(null);
    setAwaited(null);
    const find = (info: SourceInfo) => findEntry(info, target ?? firstOf(change.sample, info));
    try {
      await shown.open(spec, find, change);
    } catch (error) {
      if (spec.kind === "files" && error instanceof CallError && error.trees.length > 0) {
        const { name, files } = spec;
        setProblem("");
        setChoice({ text: error.message, trees: error.trees, choose: (tree) => openFiles(files, name, tree) });
        return;
      }
      const name = spec.kind === "embedded" ? "the embedded sample" : spec.kind === "sample" ? spec.id : spec.name;
      fail(`Cannot open ${name}`, error);
      // Other files can still be dropped, also without the server.
      if (source() === null) afterFirstPaint();
    }
  }

  const [dropped, setDropped] = createSignal<(SourceSpec & { readonly kind: "files" }) | null>(null);
  /** Where the events of a sample are; null for files that are not there any more. */
  function specOf(id: string): SourceSpec | null {
    if (id === "embedded") return { kind: "embedded" };
    if (id.startsWith(DROPPED)) return id.slice(DROPPED.length) === dropped()?.name ? dropped() : null;
    return { kind: "sample", id, url: dataUrl(id) };
  }

  function openFiles(files: readonly File[], name = nameOfFiles(files), tree?: string): void {
    const spec = { kind: "files", name, files, ...(tree === undefined ? {} : { tree }) } as const;
    setDropped(spec);
    void open(spec, null, { sample: `${DROPPED}${name}`, camera: "", pick: "" });
  }

  /** Opens a sample of the catalog; `change` is what else of the view changes then. */
  function openSample(id: string, target: Target | null, change: Partial<ViewState> = {}): void {
    if (id.startsWith(DROPPED)) {
      // A link to dropped files cannot bring them along.
      void open({ kind: "embedded" }, null, { ...change, sample: "embedded", pick: "" }).then(() =>
        setProblem(`This link was made from files dropped on the page (${id.slice(DROPPED.length)}): drop them again`),
      );
    } else if (id === "embedded") void open({ kind: "embedded" }, target, { ...change, sample: id });
    else void open({ kind: "sample", id, url: dataUrl(id) }, target, { ...change, sample: id });
  }

  /** Shows what a link or a step of the tour says. */
  function show(next: ViewState, target: Target | null): void {
    const { entry: _, sample, ...change } = next;
    if (source() === null) {
      shown.stopOpening();
      // The page at once: what cannot be opened is told there.
      return batch(() => (setView({ ...change, sample }), void setAwaited({ target })));
    }
    if (sample !== view.sample) {
      openSample(sample, target, change);
      return;
    }
    // One goes back to what is still shown before another sample was open.
    shown.stopOpening();
    setView(change);
    if (target !== null) goTo(target, {});
  }

  createEffect(
    on(a.chain, async (result) => {
      setRemedy(null);
      const at = { source: source()?.number ?? -1, entry: shown.entry() };
      if (result?.record?.isSplit !== true) return;
      const found = await worker.call("remedy", at, result.chain, result.params).catch(() => null);
      if (a.chain() === result) setRemedy(found);
    }),
  );

  createEffect(
    on([() => view.layer, event], ([layer, current]) => {
      if (layer === 0 || current === null) setOutline(null);
      else if (outline()?.layer !== layer) {
        worker.call("outline", source()?.number ?? -1, layer).then(
          (result) => view.layer === layer && setOutline(result),
          (error: unknown) => fail(`Layer ${layer} cannot be drawn`, error),
        );
      }
    }),
  );

  createAddress(
    () => encodeView(view, parts(), awaited()?.target),
    // A link to an event that could not be opened stays; other pages go on without one.
    () => shown.isSettled() && (source() !== null || view.page !== "event"),
    (hash) => {
      setMisread(misreadView(hash));
      setParts(decodeParts(hash));
      show(decodeView(hash), decodeTarget(hash));
    },
  );

  // What a link picks and its event does not have is no pick. Only when an event comes: before it, the pick is another's.
  createEffect(
    on(event, (current) =>
      untrack(() => {
        if (current !== null && a.chain() !== null && view.pick !== "" && a.picked() === null && b.picked() === null) {
          setView({ pick: "" });
        }
      }),
    ),
  );

  /** Shows the entry that is meant, or says that there is none. */
  function goTo(target: Target, change: Partial<ViewState> = { camera: "", pick: "" }): void {
    const info = source();
    if (info === null) return;
    const { entry, note } = findEntry(info, target, shown.cursor());
    if (entry < 0) setProblem(note);
    else if (entry === shown.cursor() && event()?.entry === entry) setProblem(note);
    else void shown.load(entry, change, note);
  }

  function goToEntry(at: number): void {
    if (at >= 0 && at < (source()?.event.length ?? 0)) goTo({ by: "entry", text: String(at) });
  }

  createEffect(
    on([() => view.page, awaited], ([page, wanted]) => {
      if (page === "event" && wanted !== null) openSample(view.sample, wanted.target);
    }),
  );

  const shared = {
    view,
    setView,
    parts,
    setParts,
    /** Of the address. */
    misread: () => stillMisread(misread(), view),
    catalog,
    refreshCatalog,
    source,
    event,
    /** The number of the event that is shown, or that cannot be. */
    number: createMemo(() => event()?.number ?? String(source()?.event[shown.entry()] ?? "")),
    /** How many the geometry of the open sample has. */
    layers: (): number => source()?.layers ?? 1,
    entry: shown.entry,
    cursor: shown.cursor,
    defaultEvents,
    difference: sides.difference,
    remedy,
    outline,
    layerOutline: (layer: number) => worker.call("outline", source()?.number ?? -1, layer),
    curve: (request: CurveRequest) => worker.call("curve", source()?.number ?? -1, request),
    busy,
    problem,
    setProblem,
    fail,
    choice,
    setChoice,
    offline,
    prepareDisplay,
    rows: survey.rows,
    statistics: survey.statistics,
    surveying: survey.surveying,
    surveyed: survey.surveyed,
    surveyFailed: survey.failed,
    withoutB: survey.withoutB,
    isOpening: shown.isOpening,
    kept,
    openFiles,
    specOf,
    openSample,
    show,
    goTo,
    goToEntry,
  };
  const join = (side: Side) => ({ ...shared, ...side });
  return { a: join(a), b: join(b) };
}
