import { createRoot, createSignal } from "solid-js";
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import { type DataWorker } from "../data/client.js";
import { createAddress } from "./address.js";
import { createProblems } from "./problems.js";
import { createShown } from "./shown.js";

/** A browser's address and history: as there, nothing is said of a step between entries that are alike. */
class Browser {
  readonly entries = [""];
  at = 0;
  #listen: () => void = () => undefined;

  constructor() {
    const { entries } = this;
    const now = (): string => entries[this.at];
    vi.stubGlobal("location", {
      pathname: "/",
      get hash() {
        return now();
      },
    });
    vi.stubGlobal("history", {
      replaceState: (_state: unknown, _title: string, url: string) => (entries[this.at] = url),
    });
    vi.stubGlobal("addEventListener", (_type: string, listen: () => void) => (this.#listen = listen));
  }

  #go(at: number): void {
    const before = this.entries[this.at];
    this.at = at;
    if (this.entries[at] !== before) this.#listen();
  }

  follow(link: string): void {
    this.entries.splice(this.at + 1, Infinity, link);
    this.#go(this.at + 1);
  }

  back(): void {
    this.#go(this.at - 1);
  }
}

let browser: Browser;
let dispose: () => void = () => undefined;
beforeEach(() => {
  vi.useFakeTimers();
  browser = new Browser();
});
afterEach(() => {
  dispose();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

test("what is shown is written a moment later, the last of several at once", () => {
  const [link, setLink] = createSignal("");
  createRoot((end) => {
    dispose = end;
    createAddress(link, () => true, expect.unreachable);
  });
  setLink("a=1");
  vi.advanceTimersByTime(100);
  setLink("a=2");
  vi.advanceTimersByTime(100);
  expect(browser.entries).toEqual([""]);
  vi.advanceTimersByTime(100);
  expect(browser.entries).toEqual(["#a=2"]);
});

test("what was about to be written is not, once something else is on its way", () => {
  const [link, setLink] = createSignal("");
  const [isSettled, setSettled] = createSignal(true);
  createRoot((end) => {
    dispose = end;
    createAddress(link, isSettled, () => setSettled(false));
  });
  setLink("a=1");
  vi.advanceTimersByTime(100);
  browser.follow("#a=7");
  vi.advanceTimersByTime(1000);
  expect(browser.entries).toEqual(["", "#a=7"]);
  setLink("a=8");
  setSettled(true);
  vi.advanceTimersByTime(200);
  expect(browser.entries).toEqual(["", "#a=8"]);
});

/** The pictures of a page whose worker takes a second for everything, with an address that says sample and entry. */
function slowPage() {
  const slowly = <T>(value: T): Promise<T> => new Promise((resolve) => setTimeout(resolve, 1000, value));
  const answers = {
    open: ({ id }: { id: string }) => ({ number: 0, name: id, event: new BigInt64Array(10) }),
    event: ({ entry }: { entry: number }) => ({ entry, number: "0" }),
    keep: () => null,
  };
  const call = (name: keyof typeof answers, spec: never) => slowly(answers[name](spec));
  const [view, setView] = createSignal<{ sample?: string; entry?: number | null }>({});
  const [parts, setParts] = createSignal<object>({});
  const shown = createShown({
    worker: { call, start: () => undefined } as unknown as DataWorker,
    setView: (change) => setView({ ...view(), ...change }),
    a: () => null,
    b: () => null,
    settings: () => ({ A: "", B: "" }),
    geometry: async () => null,
    problems: createProblems(),
    setBusy: () => undefined,
    opened: () => undefined,
  });
  function show(hash: string): void {
    const [sample, entry] = hash.slice(1).split("/");
    // As the parts of pages are: another object each time.
    setParts({});
    if (sample === view().sample) {
      shown.stopOpening();
      if (Number(entry) !== shown.cursor()) void shown.load(Number(entry), {});
    } else {
      const spec = { kind: "sample", id: sample, url: "" } as const;
      void shown.open(spec, () => ({ entry: Number(entry), note: "" }), { sample });
    }
  }
  const link = (): string => (parts(), `${view().sample}/${view().entry}`);
  createAddress(link, shown.isSettled, show);
  return { link, show };
}

test.each([
  ["another sample", "#b/1"],
  ["another event", "#a/1"],
])("one goes back while %s is on its way, to what was there before", async (_what, next) => {
  const page = createRoot((end) => {
    dispose = end;
    return slowPage();
  });
  page.show("#a/0");
  await vi.advanceTimersByTimeAsync(5000);
  expect(browser.entries).toEqual(["#a/0"]);
  browser.follow(next);
  // Longer than an address takes to be written, shorter than the way.
  await vi.advanceTimersByTimeAsync(700);
  expect(browser.entries).toEqual(["#a/0", next]);
  browser.back();
  await vi.advanceTimersByTimeAsync(5000);
  expect(page.link()).toBe("a/0");
  expect(browser.entries).toEqual(["#a/0", next]);

  browser.follow(next);
  await vi.advanceTimersByTimeAsync(5000);
  expect(page.link()).toBe(next.slice(1));
  expect(browser.entries).toEqual(["#a/0", next]);
});
