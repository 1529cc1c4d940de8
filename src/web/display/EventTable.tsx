import { createEffect, createMemo, createSignal, For, on, Show } from "solid-js";
import { type SurveyRow } from "../data/protocol.js";
import {
  type Column,
  COLUMNS,
  COMPARED,
  FILTERS,
  filtersOf,
  isSplit,
  nextSort,
  parseQuery,
  parseSort,
  rowsInSelection,
  shownRows,
} from "./event-rows.js";
import { type Model } from "../model/model.js";
import { selectionInWords } from "../model/selection.js";
import { inPageWords } from "../model/problems.js";
import { splitsInWords } from "../chain/statistics-lines.js";

const ROW = 24;

/** All events: sorted, filtered; only the rows in sight are in the page. */
export function EventTable(props: { model: Model }) {
  const { model } = props;
  const { view, setView } = model;
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(200);
  let body!: HTMLDivElement;
  const numbers = (): BigInt64Array => model.source()?.event ?? new BigInt64Array();
  const eventOf = (row: SurveyRow): bigint => numbers()[row.index] ?? -1n;

  const isCompared = (): boolean => view.compare !== "";
  const columns = createMemo(() => (isCompared() ? [...COLUMNS, ...COMPARED] : COLUMNS));
  const filterNames = (): string[] =>
    Object.keys(FILTERS).filter(
      (name) =>
        filters().includes(name) ||
        (name === "differs" ? isCompared() : name !== "bad" || model.rows().some(({ bad }) => bad !== "")),
    );
  const filters = createMemo(() => filtersOf(view.filter));
  const sort = createMemo(() => parseSort(view.sort));
  const parsed = createMemo(() => parseQuery(view.find));
  const selected = createMemo(() => rowsInSelection(model.rows(), view));
  const shown = createMemo(() => {
    const { sort: by, filter, find } = view;
    return shownRows(selected(), numbers(), { sort: by, filter, find, isCompared: isCompared() });
  });
  const first = (): number => Math.max(0, Math.floor(top() / ROW) - 4);
  const visible = createMemo(() => shown().slice(first(), first() + Math.ceil(height() / ROW) + 8));
  const toggleFilter = (name: string): void => {
    const next = filters().includes(name) ? filters().filter((each) => each !== name) : [...filters(), name];
    setView({ filter: next.join(",") });
  };
  /** The row of the event that is shown is in sight, wherever the event was chosen. */
  createEffect(
    on([model.entry, () => view.sort, () => shown().length > 0], ([entry]) => {
      const at = shown().findIndex(({ index }) => index === entry);
      if (at < 0) return;
      const [low, high] = [at * ROW, (at + 1) * ROW];
      if (low < body.scrollTop || high > body.scrollTop + body.clientHeight) {
        body.scrollTop = Math.max(0, low - (body.clientHeight - ROW) / 2);
      }
    }),
  );
  const splits = (): number => selected().filter(isSplit).length;
  const count = (): string => {
    const info = model.source();
    if (info === null) return model.isOpening() ? "opening …" : "no sample";
    if (model.rows().length === 0) return model.surveyFailed() ? "cannot be read" : "reading …";
    const text = `${shown().length} of ${info.event.length}`;
    const side = model.statistics()?.a ?? { splitControl: 0 };
    return model.surveying() ? `${text}, reading …` : `${text}, ${splitsInWords(splits(), side)}`;
  };
  /** Where the run of B cannot be read, no event is in it. */
  const textOf = ({ key, text }: Column, row: SurveyRow): string =>
    key === "bsplit" && row.b === null && model.withoutB() !== "" ? "B unreadable" : text(row, eventOf(row));
  const observe = (element: HTMLDivElement): void => {
    body = element;
    new ResizeObserver(() => setHeight(element.clientHeight)).observe(element);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = shown().findIndex(({ index }) => index === model.cursor());
    const next = shown().at(Math.max(0, at + step));
    if (next !== undefined) model.goToEntry(next.index);
  };

  return (
    <section class="events" aria-label="Events">
      <div class="events-head">
        <h2>Events</h2>
        <span class="count" role="status">
          {count()}
        </span>
        <For each={filterNames()}>
          {(name) => (
            <button
              type="button"
              class="chip"
              aria-pressed={filters().includes(name)}
              onClick={() => toggleFilter(name)}
            >
              {FILTERS[name].label}
            </button>
          )}
        </For>
        <Show when={selectionInWords(view) !== ""}>
          <button
            type="button"
            class="chip"
            aria-pressed="true"
            title="The selection of the statistics and the studies: all particles again"
            onClick={() => setView({ eta: "", pt: "", only: "all" })}
          >
            {selectionInWords(view)} ×
          </button>
        </Show>
        <Show when={model.defaultEvents().length > 0}>
          <span class="group" role="group" aria-label="Default events">
            default
            <For each={model.defaultEvents()}>
              {(event) => (
                <button
                  type="button"
                  class="chip"
                  aria-pressed={model.number() === String(event)}
                  onClick={() => model.goTo({ by: "event", text: String(event), endcap: null })}
                >
                  {String(event)}
                </button>
              )}
            </For>
          </span>
        </Show>
        <input
          class="query"
          type="search"
          placeholder="filter: pt>40 eta<2"
          aria-label="Filter events"
          value={view.find}
          onInput={({ currentTarget }) => setView({ find: currentTarget.value })}
        />
        <Show when={typeof parsed() === "string"}>
          <span class="field-error" role="alert">
            {parsed() as string}
          </span>
        </Show>
      </div>
      <div
        class="grid"
        role="grid"
        aria-label="Events"
        aria-rowcount={shown().length + 1}
        style={{ "--columns": columns().length }}
      >
        <div class="grid-row head" role="row">
          <For each={columns()}>
            {({ key, label }) => (
              <span
                role="columnheader"
                aria-sort={sort().key !== key ? "none" : sort().down ? "descending" : "ascending"}
              >
                <button type="button" tabindex="-1" onClick={() => setView({ sort: nextSort(view.sort, key) })}>
                  {label}
                  {sort().key === key ? (sort().down ? " ▾" : " ▴") : ""}
                </button>
              </span>
            )}
          </For>
        </div>
        <div
          class="grid-body"
          role="rowgroup"
          tabindex="0"
          onKeyDown={onKey}
          ref={observe}
          onScroll={({ currentTarget }) => setTop(currentTarget.scrollTop)}
        >
          <div role="presentation" style={{ height: `${shown().length * ROW}px`, position: "relative" }}>
            <For each={visible()}>
              {(row, i) => (
                <div
                  class="grid-row"
                  role="row"
                  aria-rowindex={first() + i() + 2}
                  title={inPageWords(row.bad)}
                  aria-selected={row.index === model.entry()}
                  style={{ top: `${(first() + i()) * ROW}px` }}
                  onClick={() => model.goToEntry(row.index)}
                >
                  <For each={columns()}>{(column) => <span role="gridcell">{textOf(column, row)}</span>}</For>
                </div>
              )}
            </For>
          </div>
        </div>
        <Show when={shown().length === 0 && model.rows().length > 0}>
          <p class="empty">No event passes the filters.</p>
        </Show>
      </div>
    </section>
  );
}
