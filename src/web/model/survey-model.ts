/** What the current parameters make of the whole sample: the event table and the statistics. */
import { createEffect, createMemo, createSignal, on } from "solid-js";
import { SurveyPool } from "../data/client.js";
import { type Setting, type SourceSpec, type SurveyRow } from "../data/protocol.js";
import { type Problems, WITHOUT_B } from "./problems.js";
import { NO_SELECTION, type Selection } from "./selection.js";
import { type Acceptance, type SampleStatistics, statisticsOf } from "./statistics.js";

/** A survey that takes less follows every move of a slider; a longer one waits for it to rest [ms]. */
const LIVE = 250;
const REST = 500;
/** Between two looks at what has come in [ms]. */
const REFRESH = 120;

const INCOMPLETE = "The event table is incomplete";

export interface Surveyed {
  readonly a: Setting;
  readonly b: Setting | null;
  /** Of generated particles, for both sides: that of A. */
  readonly acceptance: Acceptance;
  readonly limit: number;
  /** What it is a survey of, for those who wait for it. */
  readonly name: string;
}

/** `request`: what is to be surveyed, null while nothing is open. `selection`: which of its particles count. */
export function createSurveyModel(
  request: () => Surveyed | null,
  { fail, mended }: Problems,
  selection: () => Selection = () => NO_SELECTION,
) {
  const pool = new SurveyPool();
  const [rows, setRows] = createSignal<readonly SurveyRow[]>([]);
  /** What came in, and how it is counted. */
  const [found, setFound] = createSignal<{
    readonly rows: readonly SurveyRow[];
    readonly acceptance: Acceptance;
    readonly isCompared: boolean;
  } | null>(null);
  const statistics = createMemo((): SampleStatistics | null => {
    const now = found();
    return now === null ? null : statisticsOf(now.rows, now.acceptance, now.isCompared, selection());
  });
  const [surveying, setSurveying] = createSignal(false);
  const [surveyed, setSurveyed] = createSignal("");
  const [failed, setFailed] = createSignal(false);
  const [withoutB, setWithoutB] = createSignal("");
  /** By entry; those of an older survey stay until newer ones are there. */
  let table: SurveyRow[] = [];
  let ready = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let surveys = 0;
  let duration = Infinity;

  async function run({ a, b, acceptance, limit, name }: Surveyed): Promise<void> {
    const own = ++surveys;
    const start = performance.now();
    let fresh: SurveyRow[] = [];
    let shown = start;
    const show = (): void => {
      shown = performance.now();
      setRows(table.filter((row) => row !== undefined && row.index < limit));
      setFound({ rows: fresh, acceptance, isCompared: b !== null && fresh.some((row) => row.b !== null) });
    };
    setSurveying(true);
    setFailed(false);
    try {
      const ended = await pool.survey({ a, b, limit }, (more) => {
        if (own !== surveys) return;
        for (const row of more) table[row.index] = row;
        fresh = fresh.concat(more);
        if (performance.now() - shown > REFRESH) show();
      });
      if (own !== surveys) return;
      duration = performance.now() - start;
      setWithoutB(ended.withoutB);
      show();
      setSurveyed(name);
      mended(INCOMPLETE);
      if (ended.withoutB !== "") fail(WITHOUT_B, new Error(ended.withoutB));
    } catch (error) {
      if (own !== surveys) return;
      setFailed(true);
      fail(INCOMPLETE, error);
    } finally {
      if (own === surveys) setSurveying(false);
    }
  }

  function schedule(pause: number): void {
    clearTimeout(timer);
    if (ready && surveying()) {
      // What it finds is out of date, and the picture needs the processors.
      surveys++;
      pool.stop();
    }
    timer = setTimeout(() => {
      const what = request();
      if (ready && what !== null) void run(what);
    }, pause);
  }
  createEffect(on(request, () => schedule(duration < LIVE ? 0 : REST), { defer: true }));

  return {
    rows,
    statistics,
    surveying,
    /** The name of the last survey that came to its end. */
    surveyed,
    /** The last survey ended with an error, or could not begin. */
    failed,
    /** Why no row has a side B; empty where the run can be read. */
    withoutB,
    prefetch: () => pool.prefetch(),
    /** Forgets what is there. */
    close(): void {
      surveys++;
      setSurveying(false);
      setFailed(false);
      setWithoutB("");
      ready = false;
      table = [];
      setRows([]);
      setFound(null);
      duration = Infinity;
    },
    async open(spec: SourceSpec): Promise<void> {
      const own = surveys;
      try {
        await pool.open(spec);
      } catch (error) {
        if (own !== surveys) return;
        setFailed(true);
        fail("The event table cannot be read", error);
        return;
      }
      if (own !== surveys) return;
      ready = true;
      schedule(0);
    },
  };
}
