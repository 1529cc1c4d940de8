import { createMemo, createSignal, For, Show } from "solid-js";
import { type SurveyRow, type SurveySide } from "../data/protocol.js";
import { type Model } from "./model.js";
import { fixed, short } from "./numbers.js";

const ROW = 24;

interface Column {
  readonly key: string;
  readonly label: string;
  value(row: SurveyRow, event: number): number;
  text(row: SurveyRow, event: number): string;
}

/** Of the first particle. */
const responseOf = ({ responses }: SurveySide): number => responses.at(0) ?? Number.NaN;

const COLUMNS: readonly Column[] = [
  { key: "event", label: "event", value: (_, event) => event, text: (_, event) => String(event) },
  {
    key: "pt",
    label: "pT [GeV]",
    value: (row) => row.particle?.pt ?? 0,
    text: (row) => fixed(row.particle?.pt ?? Number.NaN, 1),
  },
  {
    key: "eta",
    label: "η",
    value: (row) => row.particle?.eta ?? 0,
    text: (row) => fixed(row.particle?.eta ?? Number.NaN, 2),
  },
  {
    key: "phi",
    label: "φ",
    value: (row) => row.particle?.phi ?? 0,
    text: (row) => fixed(row.particle?.phi ?? Number.NaN, 2),
  },
  { key: "tcs", label: "TCs", value: (row) => row.nTc, text: (row) => String(row.nTc) },
  { key: "seeds", label: "seeds", value: (row) => row.a.seeds, text: (row) => String(row.a.seeds) },
  { key: "clusters", label: "clusters", value: (row) => row.a.clusters, text: (row) => String(row.a.clusters) },
  { key: "response", label: "E/Egen", value: (row) => responseOf(row.a), text: (row) => fixed(responseOf(row.a), 2) },
  { key: "split", label: "split", value: (row) => row.a.split, text: (row) => (row.a.split > 0 ? "split" : "") },
];

/** Beside those with a comparison. */
const COMPARED: readonly Column[] = [
  {
    key: "bclusters",
    label: "B clusters",
    value: (row) => row.b?.clusters ?? Number.NaN,
    text: (row) => (row.b === null ? "" : String(row.b.clusters)),
  },
  {
    key: "bresponse",
    label: "B E/Egen",
    value: (row) => (row.b === null ? Number.NaN : responseOf(row.b)),
    text: (row) => (row.b === null ? "" : fixed(responseOf(row.b), 2)),
  },
  {
    key: "bsplit",
    label: "B split",
    value: (row) => row.b?.split ?? Number.NaN,
    text: (row) => ((row.b?.split ?? 0) > 0 ? "split" : ""),
  },
  {
    key: "differ",
    label: "differ [%]",
    value: (row) => row.share,
    text: (row) => (row.differing === 0 ? "" : short(100 * row.share)),
  },
];

const FILTERS = {
  split: (row: SurveyRow) => row.a.split > 0,
  "no seed": (row: SurveyRow) => row.a.seeds === 0,
  "E/Egen off by > 20 %": (row: SurveyRow) => !(Math.abs(responseOf(row.a) - 1) <= 0.2),
  differs: (row: SurveyRow) => row.differing > 0,
} as const;

type Filter = keyof typeof FILTERS;

/** "pt>40 eta<2": every word must hold; a bare number is an event number. */
function parseQuery(text: string): ((row: SurveyRow, event: number) => boolean) | string {
  const tests: ((row: SurveyRow, event: number) => boolean)[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const match = /^([a-z]+)(<=|>=|=|<|>)(-?[\d.]+)$/.exec(word);
    const column = [...COLUMNS, ...COMPARED].find(({ key }) => key === match?.[1]);
    const limit = Number(match?.[3] ?? word);
    if (Number.isNaN(limit) || (match !== null && column === undefined) || (match === null && !/^\d+$/.test(word))) {
      return `"${word}" is no condition: write one of ${COLUMNS.map(({ key }) => key).join(", ")} with < > <= >= =, as in pt>40`;
    }
    const sign = match?.[2] ?? "=";
    tests.push((row, event) => {
      const value = (column ?? COLUMNS[0]).value(row, event);
      if (sign === "=") return value === limit;
      if (sign === "<") return value < limit;
      if (sign === ">") return value > limit;
      return sign === "<=" ? value <= limit : value >= limit;
    });
  }
  return (row, event) => tests.every((test) => test(row, event));
}

/** All events: sorted, filtered; only the rows in sight are in the page. */
export function EventTable(props: { model: Model }) {
  const { model } = props;
  const [sort, setSort] = createSignal<{ readonly key: string; readonly down: boolean }>({ key: "", down: false });
  const [filters, setFilters] = createSignal<readonly Filter[]>([]);
  const [query, setQuery] = createSignal("");
  const [top, setTop] = createSignal(0);
  const [height, setHeight] = createSignal(200);
  const eventOf = (row: SurveyRow): number => model.source()?.event[row.index] ?? -1;

  const columns = createMemo(() => (model.view.compare === "" ? COLUMNS : [...COLUMNS, ...COMPARED]));
  const filterNames = (): Filter[] =>
    (Object.keys(FILTERS) as Filter[]).filter((name) => name !== "differs" || model.view.compare !== "");
  const parsed = createMemo(() => parseQuery(query()));
  const shown = createMemo(() => {
    const test = parsed();
    const column = columns().find(({ key }) => key === sort().key);
    const rows = model
      .rows()
      .filter(
        (row) => filters().every((name) => FILTERS[name](row)) && (typeof test === "string" || test(row, eventOf(row))),
      );
    if (column === undefined) return rows;
    const sign = sort().down ? -1 : 1;
    const value = (row: SurveyRow): number => {
      const number = column.value(row, eventOf(row));
      return Number.isNaN(number) ? -Infinity : number;
    };
    return rows.toSorted((a, b) => sign * (value(a) - value(b)) || a.index - b.index);
  });
  const first = (): number => Math.max(0, Math.floor(top() / ROW) - 4);
  const visible = createMemo(() => shown().slice(first(), first() + Math.ceil(height() / ROW) + 8));
  const toggleSort = (key: string): void => {
    const { key: old, down } = sort();
    setSort(
      old !== key
        ? { key, down: key !== "event" }
        : down === (key !== "event")
          ? { key, down: !down }
          : { key: "", down: false },
    );
  };
  const toggleFilter = (name: Filter): void => {
    setFilters(filters().includes(name) ? filters().filter((each) => each !== name) : [...filters(), name]);
  };
  const splits = (): number => model.rows().filter((row) => row.a.split > 0).length;
  const observe = (element: HTMLDivElement): void => {
    new ResizeObserver(() => setHeight(element.clientHeight)).observe(element);
  };
  const onKey = (event: KeyboardEvent): void => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step === 0) return;
    event.preventDefault();
    const at = shown().findIndex(({ index }) => index === model.index());
    const next = shown().at(Math.max(0, at + step));
    if (next !== undefined) model.goToEntry(next.index);
  };

  return (
    <section class="events" aria-label="Events">
      <div class="events-head">
        <h2>Events</h2>
        <span class="count" role="status">
          {shown().length} of {model.source()?.event.length ?? 0}
          {model.surveying() ? ", reading …" : `, ${splits()} split`}
        </span>
        <For each={filterNames()}>
          {(name) => (
            <button
              type="button"
              class="chip"
              aria-pressed={filters().includes(name)}
              onClick={() => toggleFilter(name)}
            >
              {name}
            </button>
          )}
        </For>
        <Show when={model.defaultEvents().length > 0}>
          <span class="group" role="group" aria-label="Default events">
            default
            <For each={model.defaultEvents()}>
              {(event) => (
                <button
                  type="button"
                  class="chip"
                  aria-pressed={model.view.event === event}
                  onClick={() => model.goTo(event)}
                >
                  {event}
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
          onInput={({ currentTarget }) => setQuery(currentTarget.value)}
        />
        <Show when={typeof parsed() === "string"}>
          <span class="field-error" role="alert">
            {parsed() as string}
          </span>
        </Show>
      </div>
      <div class="grid" role="grid" aria-label="Events" aria-rowcount={shown().length + 1}>
        <div class="grid-row head" role="row">
          <For each={columns()}>
            {({ key, label }) => (
              <span
                role="columnheader"
                aria-sort={sort().key !== key ? "none" : sort().down ? "descending" : "ascending"}
              >
                <button type="button" tabindex="-1" onClick={() => toggleSort(key)}>
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
                  aria-selected={row.index === model.index()}
                  style={{ top: `${(first() + i()) * ROW}px` }}
                  onClick={() => model.goToEntry(row.index)}
                >
                  <For each={columns()}>{({ text }) => <span role="gridcell">{text(row, eventOf(row))}</span>}</For>
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
