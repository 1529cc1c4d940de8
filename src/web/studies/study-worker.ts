/** Runs in a Web Worker of the pages of studies: reads tables, computes and draws pages. */
import { type StudyParts } from "../../server/api.js";
import { ExpectedError, InputError } from "../../core/index.js";
import { blobSource, type SourceFolder } from "../../io/index.js";
import { browserParquetCodecs } from "../data/codecs.js";
import { httpFolder } from "../data/http.js";
import { type SourceSpec } from "../data/protocol.js";
import { openKept } from "./kept.js";
import { type LiveSample, type LiveStudy } from "./live.js";
import { drawPage, openStudy } from "./open.js";
import { type OpenStudy } from "./opened.js";
import { type PartFolder } from "./unfinished-study.js";
import { Patience } from "./statistics.js";
import {
  type AnswerMessage,
  type CallMessage,
  type CallName,
  type Calls,
  type LiveSource,
  type StudyInfo,
  type StudySource,
} from "./protocol.js";

let opened: OpenStudy | undefined;
/** What is opened by a later call is no longer that of an earlier one. */
let opens = 0;
/** Samples of the live study that is open, by what they are. */
const samples = new Map<string, Promise<LiveSample>>();
/** Between two looks at what has come in [ms]. */
const REFRESH = 700;

type Handlers = { [N in CallName]: (...args: Calls[N]["args"]) => Promise<Calls[N]["result"]> };

const handlers: Handlers = {
  async open(source) {
    const own = ++opens;
    if (source.kind === "live") return openLive(source, own);
    // What was open goes first: two large studies at once are too much for a phone.
    opened = undefined;
    closeSamples([]);
    if (source.kind === "kept") {
      opened = openKept(source.points);
      return opened.info;
    }
    opened = await openStudy(folderOf(source), await browserParquetCodecs(), () => partsOf(source));
    return opened.info;
  },
  async prefetch() {
    await Promise.all([browserParquetCodecs(), import("./live.js"), import("./live-sample.js")]);
    return null;
  },
  async page(state, zooms, patience, isNarrow) {
    if (opened === undefined) throw new InputError("no study is open");
    return drawPage(opened, state, zooms, new Patience(patience), isNarrow);
  },
};

/** Null for a folder that was dropped: only its own files are known. */
async function partsOf(source: StudySource): Promise<PartFolder[] | null> {
  if (source.kind !== "study") return null;
  if (source.parts === undefined) return [];
  const response = await fetch(source.parts, { cache: "no-store" });
  if (!response.ok) return [];
  const { there } = (await response.json()) as StudyParts;
  return there.map(({ number, folder }) => ({
    number,
    folder: httpFolder(`${source.id}/${folder}`, `${source.url}${encodeURIComponent(folder)}/`),
  }));
}

/** The same for the same sample. */
const keyOf = (spec: SourceSpec): string =>
  spec.kind !== "files"
    ? JSON.stringify(spec)
    : JSON.stringify([
        spec.name,
        spec.tree,
        spec.files.map(({ name, size, lastModified }) => [name, size, lastModified]),
      ]);

/** All but these. */
function closeSamples(kept: readonly string[]): void {
  for (const [key, sample] of samples) {
    if (kept.includes(key)) continue;
    samples.delete(key);
    sample.then(
      ({ source }) => source.close(),
      () => undefined,
    );
  }
}

async function openSample(spec: SourceSpec): Promise<LiveSample> {
  return (await import("./live-sample.js")).openLiveSample(spec);
}

function sampleOf(spec: SourceSpec): Promise<LiveSample> {
  const key = keyOf(spec);
  const known = samples.get(key) ?? openSample(spec);
  samples.set(key, known);
  return known;
}

/** Its first entries; the others while nothing else is opened. What was open is shown until there are some. */
async function openLive(source: LiveSource, own: number): Promise<StudyInfo> {
  closeSamples(source.lanes.map(({ spec }) => keyOf(spec)));
  try {
    // Chains and readers of samples: studies need neither.
    const { LiveStudy: Study } = await import("./live.js");
    const study = new Study(source, await Promise.all(source.lanes.map(({ spec }) => sampleOf(spec))));
    const steps = study.steps();
    await steps.next();
    if (own !== opens) throw new InputError("something else was opened");
    opened = study.study();
    void goOn(study, steps, own);
    return opened.info;
  } catch (error) {
    // What could not be read may be there the next time.
    closeSamples([]);
    throw error;
  }
}

async function goOn(study: LiveStudy, steps: AsyncGenerator<void>, own: number): Promise<void> {
  let told = performance.now();
  const tell = (problem = ""): void => {
    opened = study.study();
    const { done, total, isDone } = study;
    const { info } = opened;
    self.postMessage({
      scanned: { done, total, isDone: isDone || problem !== "", info, problem },
    } satisfies AnswerMessage);
    told = performance.now();
  };
  try {
    tell();
    while (!study.isDone) {
      // A turn of the event loop: pages are asked for, and something else may be opened.
      await new Promise((resolve) => setTimeout(resolve));
      if (own !== opens) return;
      await steps.next();
      if (own !== opens) return;
      if (study.isDone || performance.now() - told > REFRESH) tell();
    }
  } catch (error) {
    if (own !== opens) return;
    closeSamples([]);
    tell(error instanceof Error ? error.message : String(error));
  }
}

function folderOf(source: Extract<StudySource, { readonly kind: "study" | "files" }>): SourceFolder {
  if (source.kind === "study") return httpFolder(source.id, source.url);
  const { name, files } = source;
  return {
    name,
    async open(file) {
      const blob = files.find((each) => each.name === file);
      return blob === undefined ? undefined : blobSource(`${name}/${file}`, blob);
    },
  };
}

self.addEventListener("message", ({ data }: MessageEvent<CallMessage>) => {
  const { id, name, args } = data;
  const handler = handlers[name] as (...args: readonly unknown[]) => Promise<unknown>;
  const answer = (message: AnswerMessage): void => self.postMessage(message);
  handler(...args).then(
    (result) => answer({ id, result }),
    (error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      answer({ id, error: message, expected: error instanceof ExpectedError });
    },
  );
});
