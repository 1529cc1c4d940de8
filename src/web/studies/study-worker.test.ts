/** The worker of the pages of studies, called as the page calls it: what is open, and what is told of samples that are still read. */
import { afterAll, afterEach, beforeAll, beforeEach, expect, test, vi } from "vitest";
import { type SourceFolder } from "../../io/index.js";
import { type PartFolder } from "./unfinished-study.js";

const { opened, live } = vi.hoisted(() => ({
  opened: [] as { folder: SourceFolder; parts: () => Promise<PartFolder[] | null> }[],
  live: {
    /** Samples that were opened, and closed. */
    done: [] as string[],
    steps: 3,
    failsAt: 99,
    onStep: undefined as (() => void) | undefined,
  },
}));
vi.mock("../data/codecs.js", () => ({ browserParquetCodecs: async () => ({}) }));
vi.mock("./open.js", () => ({
  openStudy: async (folder: SourceFolder, _: unknown, parts: () => Promise<PartFolder[] | null>) => {
    opened.push({ folder, parts });
    return { info: { name: folder.name } };
  },
  drawPage: async ({ info }: { info: unknown }) => ({ of: info }),
  pagesOf: () => undefined,
}));
vi.mock("./live-sample.js", () => ({
  openLiveSample: async ({ url }: { url: string }) => {
    live.done.push(`open ${url}`);
    return { source: { close: () => live.done.push(`close ${url}`) } };
  },
}));
vi.mock("./live.js", () => ({
  LiveStudy: class {
    done = 0;
    readonly total = live.steps;
    get isDone(): boolean {
      return this.done === this.total;
    }
    async *steps() {
      for (; !this.isDone; yield) {
        live.onStep?.();
        if (this.done + 1 === live.failsAt) throw new Error("a bad batch");
        this.done++;
      }
    }
    study() {
      return { info: { name: "live", at: this.done } };
    }
  },
}));

type Message = Readonly<Record<string, unknown>>;
const said: Message[] = [];
let hear: (event: { data: unknown }) => void;
let last = 0;
let clock = { step: 0, now: 0 };

function ask(name: string, ...args: readonly unknown[]): () => Promise<Message> {
  const id = ++last;
  hear({ data: { id, name, args } });
  return () =>
    vi.waitFor(() => {
      const found = said.find((message) => message["id"] === id);
      if (found === undefined) throw new Error(`no answer to ${name}`);
      return found;
    }, 10_000);
}
const call = (name: string, ...args: readonly unknown[]): Promise<Message> => ask(name, ...args)();
const page = (): Promise<Message> => call("page", {}, {}, 0, false);
const scanned = (): unknown[] => said.flatMap((message) => ("scanned" in message ? [message["scanned"]] : []));
const settled = (n: number): Promise<unknown> => vi.waitFor(() => expect(scanned().length).toBe(n), 10_000);

const lanes = (...urls: string[]) => ({ kind: "live", lanes: urls.map((url) => ({ spec: { kind: "sample", url } })), radii: null, limit: 10 }); // prettier-ignore
const files = { kind: "files", name: "dropped", files: [Object.assign(new Blob(["ab"]), { name: "study.json" })] };

beforeAll(async () => {
  vi.stubGlobal("self", {
    addEventListener: (_: string, listener: typeof hear) => (hear = listener),
    postMessage: (message: Message) => said.push(message),
  });
  await import("./study-worker.js");
});
afterAll(() => vi.unstubAllGlobals());
beforeEach(() => {
  [said.length, opened.length, live.done.length] = [0, 0, 0];
  Object.assign(live, { steps: 3, failsAt: 99, onStep: undefined });
  clock = { step: 0, now: 0 };
  vi.spyOn(performance, "now").mockImplementation(() => (clock.now += clock.step));
});
afterEach(() => vi.restoreAllMocks());

test("without a study there is no page; what cannot be opened leaves none open", async () => {
  const none = { error: "no study is open", expected: true };
  expect(await page()).toMatchObject(none);
  await call("open", files);
  expect(await page()).toMatchObject({ result: { of: { name: "dropped" } } });
  expect(await call("open", { kind: "kept", points: [] })).toMatchObject({ error: "no point is kept in this browser" });
  expect(await page()).toMatchObject(none);
  expect(await call("prefetch")).toMatchObject({ result: null });
});

test("of a folder that was dropped its own files are read, and its parts are not known", async () => {
  await call("open", files);
  const [{ folder, parts }] = opened;
  expect(await parts()).toBe(null);
  expect([(await folder.open("study.json"))?.size, await folder.open("points.parquet")]).toEqual([2, undefined]);
});

test.each([
  { name: "as the server says", parts: "/parts", answer: { ok: true }, want: [[0, "s/part 0"], [7, "s/b"]] },
  { name: "none where it says nothing", parts: "/parts", answer: { ok: false }, want: [] },
  { name: "none where nobody is to be asked", parts: undefined, answer: { ok: true }, want: [] },
])("parts of a study on the server: $name", async ({ parts, answer, want }) => {
  const asked: unknown[] = [];
  const there = [{ number: 0, folder: "part 0" }, { number: 7, folder: "b" }]; // prettier-ignore
  vi.stubGlobal("fetch", async (url: string) => (asked.push(url), { ...answer, json: async () => ({ there }) }));
  await call("open", { kind: "study", id: "s", url: "/data/s/", parts });
  const found = await opened[0].parts();
  expect(found?.map(({ number, folder }) => [number, folder.name])).toEqual(want);
  expect(asked).toEqual(parts === undefined ? [] : ["/parts"]);
}); // prettier-ignore

test("samples are told of with their first entries, now and then, and at the end", async () => {
  expect(await call("open", lanes("a"))).toMatchObject({ result: { name: "live", at: 1 } });
  await settled(2);
  const told = (done: number) => ({ done, total: 3, isDone: done === 3, info: { name: "live", at: done }, problem: "" });
  expect(scanned()).toEqual([told(1), told(3)]);
  expect(await page()).toMatchObject({ result: { of: { at: 3 } } });
  // Where time goes by, each step is told.
  said.length = 0;
  clock.step = 701;
  await call("open", lanes("a"));
  await settled(3);
  expect(scanned()).toEqual([told(1), told(2), told(3)]);
}); // prettier-ignore

test("a sample that stays is not opened again, one that goes is closed", async () => {
  await call("open", lanes("c"));
  await settled(2);
  await call("open", lanes("c", "d"));
  await settled(4);
  await call("open", lanes("d"));
  await settled(6);
  expect(live.done.toSorted()).toEqual(["close a", "close c", "open c", "open d"]);
  await call("open", files);
  expect(live.done.toSorted().slice(0, 3)).toEqual(["close a", "close c", "close d"]);
});

test("what goes wrong in the middle is told, and what there is stays open", async () => {
  live.failsAt = 3;
  clock.step = 701;
  await call("open", lanes("f"));
  await settled(3);
  expect(scanned()[2]).toMatchObject({ done: 2, isDone: true, problem: "a bad batch" });
  expect(await page()).toMatchObject({ result: { of: { at: 2 } } });
  expect(live.done).toEqual(["open f", "close f"]);
  // At the very beginning nothing is opened.
  live.failsAt = 1;
  expect(await call("open", lanes("g"))).toMatchObject({ error: "a bad batch", expected: false });
});

test("what is opened while samples are read takes their place", async () => {
  let first: (() => Promise<Message>) | undefined;
  live.onStep = () => {
    live.onStep = undefined;
    first = ask("open", files);
  };
  expect(await call("open", lanes("h"))).toMatchObject({ error: "something else was opened", expected: true });
  expect(await first?.()).toMatchObject({ result: { name: "dropped" } });
  expect([await page(), scanned()]).toMatchObject([{ result: { of: { name: "dropped" } } }, []]);
  // The same after the first entries.
  await call("open", lanes("i"));
  await call("open", files);
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(await page()).toMatchObject({ result: { of: { name: "dropped" } } });
});
