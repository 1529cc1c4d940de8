import { createMemo, createSignal, For, Show } from "solid-js";
import { type SurveyRow } from "../data/protocol.js";
import { type Model } from "./model.js";
import { fixed, short } from "./numbers.js";

const ROW = 24;

interface Column {
  readonly key: string;
  readonly label: string;
  value(row: SurveyRow, event: number): number;
  text(row: SurveyRow, event: number): string;
}

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
  { key: "seeds", label: "seeds", value: (row) => row.seeds, text: (row) => String(row.seeds) },
  { key: "clusters", label: "clusters", value: (row) => row.clusters, text: (row) => String(row.clusters) },
  { key: "response", label: "E/Egen", value: (row) => row.response, text: (row) => fixed(row.response, 2) },
  { key: "split", label: "split", value: (row) => (row.isSplit ? 1 : 0), text: (row) => (row.isSplit ? "split" : "") },
];

const FILTERS = {
  split: (row: SurveyRow) => row.isSplit,
  "no seed": (row: SurveyRow) => row.seeds === 0,
  "E/Egen off by > 20 %": (row: SurveyRow) => !(Math.abs(row.response - 1) <= 0.2),
} as const;

type Filter = keyof typeof FILTERS;

/** "pt>40 eta<2": every word must hold; a bare number is an event number. */
function parseQuery(text: string): ((row: SurveyRow, event: number) => boolean) | string {
  const tests: ((row: SurveyRow, event: number) => boolean)[] = [];
  for (const word of text.split(/\s+/).filter((each) => each !== "")) {
    const match = /^([a-z]+)(<=|>=|=|<|>)(-?[\d.]+)$/.exec(word);
    const column = COLUMNS.find(({ key }) => key === match?.[1]);
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

  const parsed = createMemo(() => parseQuery(query()));
  const shown = createMemo(() => {
    const test = parsed();
    const column = COLUMNS.find(({ key }) => key === sort().key);
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
  const splits = (): number => model.rows().filter((row) => row.isSplit).length;
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
        <For each={Object.keys(FILTERS) as Filter[]}>
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
        <Sparkline rows={model.rows()} />
      </div>
      <div class="grid" role="grid" aria-label="Events" aria-rowcount={shown().length + 1}>
        <div class="grid-row head" role="row">
          <For each={COLUMNS}>
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
                  <For each={COLUMNS}>{({ text }) => <span role="gridcell">{text(row, eventOf(row))}</span>}</For>
                </div>
              )}
            </For>
          </div>
        </div>
        <Show when={shown().length === 0 && !model.surveying()}>
          <p class="empty">No event passes the filters.</p>
        </Show>
      </div>
    </section>
  );
}

const BINS = 40;

/** E/Egen of all events, 0 to 1.5. */
function Sparkline(props: { rows: readonly SurveyRow[] }) {
  const path = createMemo(() => {
    const counts = new Int32Array(BINS);
    for (const { response } of props.rows) {
      const bin = Math.floor((response / 1.5) * BINS);
      if (bin >= 0 && bin < BINS) counts[bin]++;
    }
    const most = Math.max(1, ...counts);
    return `M0 20${[...counts].map((count, k) => `V${20 - (18 * count) / most}H${(k + 1) * 3}`).join("")}V20Z`;
  });
  const mean = (): number => {
    const known = props.rows.filter(({ response }) => Number.isFinite(response));
    return known.reduce((sum, { response }) => sum + response, 0) / known.length;
  };
  return (
    <svg
      class="sparkline"
      width="126"
      height="22"
      role="img"
      aria-label={`E/Egen of ${props.rows.length} events, mean ${short(mean())}, axis 0 to 1.5`}
    >
      <title>E/Egen, 0 to 1.5 (mean {short(mean())})</title>
      <path d={path()} />
      <path class="one" d={`M${BINS * 2} 0V20`} />
    </svg>
  );
}
