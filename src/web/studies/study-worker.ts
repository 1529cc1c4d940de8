/** Runs in a Web Worker of the pages of studies: reads tables, computes and draws pages. */
import { type StudyParts } from "../../server/api.js";
import { ExpectedError, InputError } from "../../core/index.js";
import { blobSource, type SourceFolder } from "../../io/index.js";
import { browserParquetCodecs } from "../data/codecs.js";
import { httpFolder } from "../data/http.js";
import { drawPage, openStudy } from "./open.js";
import { type OpenStudy } from "./opened.js";
import { type PartFolder } from "./unfinished-study.js";
import { Patience } from "./statistics.js";
import { type AnswerMessage, type CallMessage, type CallName, type Calls, type StudySource } from "./protocol.js";

let opened: OpenStudy | undefined;

type Handlers = { [N in CallName]: (...args: Calls[N]["args"]) => Promise<Calls[N]["result"]> };

const handlers: Handlers = {
  async open(source) {
    // What was open goes first: two large studies at once are too much for a phone.
    opened = undefined;
    opened = await openStudy(folderOf(source), await browserParquetCodecs(), () => partsOf(source));
    return opened.info;
  },
  async prefetch() {
    await browserParquetCodecs();
    return null;
  },
  async page(state, zooms, patience, isNarrow) {
    if (opened === undefined) throw new InputError("no study is open");
    return drawPage(opened, state, zooms, new Patience(patience), isNarrow);
  },
};

/** Of a folder that was dropped only its own files are known. */
async function partsOf(source: StudySource): Promise<PartFolder[]> {
  if (source.kind !== "study" || source.parts === undefined) return [];
  const response = await fetch(source.parts, { cache: "no-store" });
  if (!response.ok) return [];
  const { there } = (await response.json()) as StudyParts;
  return there.map(({ number, folder }) => ({
    number,
    folder: httpFolder(`${source.id}/${folder}`, `${source.url}${encodeURIComponent(folder)}/`),
  }));
}

function folderOf(source: StudySource): SourceFolder {
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
