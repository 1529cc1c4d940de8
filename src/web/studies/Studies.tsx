import { batch, createEffect, createMemo, createSignal, For, onMount, Show } from "solid-js";
import { KEPT } from "../model/kept-points.js";
import { type Model } from "../model/model.js";
import { SELECTION_LINK, selectionOf } from "../model/selection.js";
import { misreadInWords } from "../model/misread.js";
import { listenToDrops } from "../ui/dropped.js";
import { Note } from "../ui/Note.js";
import { absentIn } from "./absent.js";
import { Behind } from "./Behind.js";
import { StudyWorker } from "./client.js";
import { LeftRail } from "./LeftRail.js";
import { LiveBar } from "./LiveBar.js";
import { isSameSource, liveSourceOf, radiiOf, storedSource } from "./live-source.js";
import { KeptBar } from "./KeptBar.js";
import { createStudiesModel } from "./model.js";
import { PlotCard } from "./PlotCard.js";
import { PlotFigure } from "./PlotFigure.js";
import { type DrawnFigure, type PageInfo, type StudySource } from "./protocol.js";
import { SelectionBar } from "./SelectionBar.js";
import { StudiesHeader } from "./StudiesHeader.js";
import { StudyList } from "./StudyList.js";
import { type Sheet, Sheets } from "./Sheets.js";
import { listenToKeys } from "./keys.js";
import { DROPPED, kindOfFiles, lostIn } from "./dropped-files.js";
import { keepPlace } from "./place.js";
import { decodeStudy, encodeStudy, liveSamples, liveStudy, misreadStudy, type StudyState } from "./state.js";
import { DataTable, Numbers } from "./Tables.js";
import { Unfinished } from "./Unfinished.js";
import "./studies.css";

/** Loads what the pages need later, so that they work without the server. */
export async function prefetchStudies(): Promise<void> {
  const worker = new StudyWorker();
  await worker.call("prefetch");
  worker.stop();
}

/** The pages of studies. */
export function Studies(props: { model: Model; other: Model }) {
  const { view, setView, catalog, refreshCatalog, parts, setParts, kept } = props.model;
  const [dropped, setDropped] = createSignal<StudySource | null>(null);
  const [dropping, setDropping] = createSignal(false);
  const [sheet, setSheet] = createSignal<Sheet | "">("");
  const [isWide, setWide] = createSignal({ left: true, right: true });
  const [copied, setCopied] = createSignal("");
  const [card, setCard] = createSignal({ text: "", x: 0, y: 0 });
  const state = createMemo(() => decodeStudy(parts(), selectionOf(view)), undefined, {
    equals: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
  const sampleIds = (): readonly string[] => ["embedded", ...(catalog()?.samples ?? []).map(({ id }) => id)];
  const source = createMemo(
    (): StudySource | null => {
      const { study } = state();
      if (study === "") return null;
      if (study === KEPT) return { kind: "kept", points: kept.points() };
      const samples = liveSamples(study);
      if (samples !== null) return liveSourceOf(props.model, props.other, samples, state().radii);
      if (study.startsWith(DROPPED)) return dropped();
      return storedSource(study);
    },
    undefined,
    { equals: isSameSource },
  );
  const lost = (): string[] => lostIn(state().study, (id) => (isLive() ? props.model.specOf(id) : dropped()) !== null);
  const isLive = (): boolean => liveSamples(state().study) !== null;
  const model = createStudiesModel(source, state);
  const { info, answer } = model;
  // Not before there is something to look at.
  createEffect(() => (state().study === "" || answer() !== null) && props.model.prepareDisplay());
  const page = (): PageInfo | undefined => {
    const pages = info()?.pages ?? [];
    return pages.find(({ id }) => id === state().page) ?? pages[0];
  };
  const set = (change: Partial<StudyState>): void =>
    batch(() => {
      const shared = Object.keys(change).filter((key) => Object.hasOwn(SELECTION_LINK, key));
      if (shared.length > 0) setView(Object.fromEntries(shared.map((key) => [key, change[key as keyof StudyState]])));
      setParts(encodeStudy({ ...state(), ...change }, parts()));
    });
  const open = (study: string): void => set({ study, page: "", radius: null, hide: "", without: "", at: 0, bin: "" });
  const hasNumbers = (): boolean => isWide().right && answer()?.numbers != null;
  const hasSheet = (name: Sheet): boolean =>
    name === "parameters"
      ? isLive()
      : name === "numbers"
        ? answer()?.numbers != null
        : (page()?.controls.length ?? 0) > 0;
  const shownSheet = (): Sheet | "" => {
    const name = sheet();
    return name !== "" && hasSheet(name) ? name : "";
  };
  const misread = () => [
    ...props.model.misread(),
    ...misreadStudy(parts()),
    ...(model.scanned()?.isDone === false ? [] : absentIn(info(), state(), answer())),
  ];
  /** By id, so that a plot stays the same element while its content changes. */
  const ids = createMemo(() => answer()?.figures.map(({ id }) => id) ?? [], [], {
    equals: (a, b) => a.join() === b.join(),
  });
  const figure = (id: string): DrawnFigure | undefined => answer()?.figures.find((each) => each.id === id);

  function nearestRadius(value: number): number {
    const radii = info()?.radii ?? [];
    return radii.reduce((best, each) => (Math.abs(each - value) < Math.abs(best - value) ? each : best), radii[0]);
  }
  function zoom(id: string, panel: number, range: readonly [number, number] | null): void {
    const panels = [...(model.zooms()[id] ?? [])];
    panels[panel] = range;
    model.setZooms({ ...model.zooms(), [id]: Array.from(panels, (each) => each ?? null) });
  }
  const copy = async (what: string, text: string): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setCopied(what);
      setTimeout(() => setCopied(""), 2000);
    } catch {
      model.setProblem(`The browser does not let the page copy: ${text}`);
    }
  };
  const copyLink = async (): Promise<void> => {
    // The address follows with a delay: long enough for it to be there.
    await new Promise((resolve) => setTimeout(resolve, 200));
    await copy("link", location.href);
  };
  const step = (by: number): void => {
    const radii = info()?.radii ?? [];
    const at = radii.indexOf(answer()?.radius ?? Number.NaN);
    if (at >= 0) set({ radius: radii[Math.min(radii.length - 1, Math.max(0, at + by))] });
  };
  const turn = (by: number): void => {
    const pages = info()?.pages ?? [];
    const at = pages.findIndex(({ id }) => id === page()?.id) + by;
    if (at >= 0 && at < pages.length) set({ page: pages[at].id, at: 0 });
  };
  const loadPoints = (file: File): void =>
    void kept.load(file).then(
      () => open(KEPT),
      (error: unknown) => model.setProblem(error instanceof Error ? error.message : String(error)),
    );
  const keys: Record<string, () => void> = {
    ArrowLeft: () => step(-1),
    ArrowRight: () => step(1),
    ArrowUp: () => turn(-1),
    ArrowDown: () => turn(1),
    Escape: () => setView({ page: "event" }),
  };

  keepPlace(() => state().study, info, model.isEmpty);

  onMount(() => {
    listenToKeys(keys);
    listenToDrops({
      over: setDropping,
      files(files, name) {
        const kind = kindOfFiles(files);
        if (kind === "points") {
          loadPoints(files[0]);
          return;
        }
        if (kind === "sample") props.model.openFiles(files, name);
        else setDropped({ kind: "files", name, files });
        open(kind === "sample" ? liveStudy([`${DROPPED}${name}`]) : `${DROPPED}${name}`);
      },
      problem: model.setProblem,
    });
  });

  return (
    <div
      class="studies"
      classList={{ dropping: dropping(), live: isLive(), "no-left": !isWide().left, "no-right": !hasNumbers() }}
      data-sheet={shownSheet()}
    >
      <StudiesHeader
        model={props.model}
        study={state().study}
        about={info()?.about ?? ""}
        isWide={{ left: isWide().left, right: hasNumbers() }}
        hasNumbers={answer()?.numbers != null}
        isCopied={copied() === "link"}
        onOpen={open}
        onWide={(side) => setWide({ ...isWide(), [side]: !isWide()[side] })}
        onCopy={() => void copyLink()}
      />
      <LeftRail
        model={props.model}
        other={props.other}
        pages={info()?.pages ?? []}
        shown={page()?.id ?? ""}
        plots={answer()?.figures.length ?? 0}
        isDrawn={answer()?.page === page()?.id}
        isLive={isLive()}
        radii={radiiOf(state().radii)}
        command={answer()?.command}
        onPage={(id) => set({ page: id, at: 0 })}
      />
      <Show when={info()}>
        {(known) => (
          <Show when={page()}>
            {(shown) => (
              <SelectionBar
                info={known()}
                page={shown()}
                state={state()}
                radius={answer()?.radius ?? Number.NaN}
                set={set}
              />
            )}
          </Show>
        )}
      </Show>
      <main
        class="plots"
        aria-busy={model.busy() !== ""}
        data-shown={`${answer()?.page ?? ""} ${answer()?.radius ?? ""} ${answer()?.exact ?? ""}`}
      >
        <Show when={model.problem() !== ""}>
          <div class="problem" role="alert">
            <span>{model.problem()}</span>
            <button type="button" onClick={() => model.again()}>
              try again
            </button>
            <button type="button" onClick={() => model.setProblem("")} aria-label="Dismiss this message">
              ×
            </button>
          </div>
        </Show>
        <Show when={isLive()}>
          <LiveBar model={props.model} state={state()} scanned={model.scanned()} note={info()?.note ?? ""} set={set} />
        </Show>
        <Show when={state().study === KEPT}>
          <KeptBar kept={kept} onLoad={loadPoints} />
        </Show>
        <Show when={model.busy() !== ""}>
          <p class="busy" role="status">
            {model.busy()}
          </p>
        </Show>
        <Show when={lost().length > 0}>
          <p role="status">
            This link was made from what was dropped on the page ({lost().join(", ")}): drop it again.
          </p>
        </Show>
        <Note text={misreadInWords(misread())} />
        <Show when={model.isEmpty()}>
          <StudyList
            catalog={catalog()}
            problem={catalog() === null ? props.model.problem() : ""}
            samples={sampleIds()}
            kept={kept.points().length}
            onOpen={open}
            onRefresh={refreshCatalog}
          />
        </Show>
        <Show when={info()?.parts}>
          {(parts) => (
            <Unfinished
              {...parts()}
              now={catalog()?.studies.find(({ id }) => id === state().study)}
              onRefresh={refreshCatalog}
              onAgain={model.again}
            />
          )}
        </Show>
        <Show when={answer()}>
          {(shown) => (
            <>
              <p class="definition">{shown().sentence}</p>
              <div class="plot-grid">
                <For each={ids()}>
                  {(id) => (
                    <Show when={figure(id)}>
                      {(drawn) => (
                        <PlotFigure
                          figure={drawn()}
                          isZoomed={(model.zooms()[id] ?? []).some((range) => range !== null)}
                          onRadius={(value) => set({ radius: nearestRadius(value) })}
                          onPick={(bin) => set({ bin: state().bin === bin ? "" : bin })}
                          onZoom={(panel, range) => zoom(id, panel, range)}
                          onHover={(text, x, y) => setCard({ text, x, y })}
                          onProblem={model.setProblem}
                        />
                      )}
                    </Show>
                  )}
                </For>
              </div>
              <For each={shown().tables}>{(table) => <DataTable table={table} />}</For>
              <Show when={info()}>
                {(known) => (
                  <Show when={shown().behind}>
                    {(behind) => (
                      <Behind
                        behind={behind()}
                        info={known()}
                        study={state().study}
                        radius={shown().radius}
                        catalog={catalog()}
                        theme={view.theme}
                        n={view.n}
                        bin={state().bin}
                        onBin={(bin) => set({ bin })}
                        parts={parts()}
                      />
                    )}
                  </Show>
                )}
              </Show>
              <details class="command">
                <summary>The same on the command line</summary>
                <code>{shown().command}</code>
                <button type="button" onClick={() => void copy("command", shown().command)}>
                  {copied() === "command" ? "copied" : "copy"}
                </button>
              </details>
            </>
          )}
        </Show>
      </main>
      <aside class="numbers-rail" aria-label="Numbers">
        <Show when={answer()?.numbers} fallback={<p class="soft">This page has no numbers at a point.</p>}>
          {(table) => <Numbers table={table()} />}
        </Show>
      </aside>
      <Sheets shown={shownSheet()} has={hasSheet} onSheet={setSheet} />
      <PlotCard {...card()} />
    </div>
  );
}
