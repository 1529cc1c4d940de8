/** Sources of events for the display: the embedded sample, samples on the server, dropped samples and ntuples. */
import { InputError } from "../../core/index.js";
import { blobSource, openSample, type SourceFolder } from "../../io/index.js";
import { browserParquetCodecs } from "./codecs.js";
import { type EventSource } from "./event-source.js";
import { fromSample } from "./from-sample.js";
import { httpFolder } from "./http.js";
import { type SourceSpec } from "./protocol.js";

export async function openSource(spec: SourceSpec): Promise<EventSource> {
  switch (spec.kind) {
    case "embedded":
      return (await import("./embedded.js")).openEmbedded();
    case "sample":
      return fromSample(await openSample(httpFolder(spec.id, spec.url), await browserParquetCodecs()), spec.id);
    case "files":
      return openFiles(spec.name, spec.files, spec.tree);
  }
}

async function openFiles(name: string, files: readonly File[], tree?: string): Promise<EventSource> {
  const ntuple = files.find((file) => file.name.endsWith(".root"));
  // Hidden files are those that systems leave in folders.
  const others = files.filter((file) => file !== ntuple && !file.name.startsWith("."));
  if (ntuple !== undefined && others.length > 0) {
    throw new InputError(
      `${name}: ${ntuple.name} is there together with ${others.map((file) => file.name).join(", ")}: open one ROOT file at a time, by itself; "bye-splits skim a.root b.root" makes one sample of several`,
    );
  }
  if (ntuple !== undefined) return (await import("./ntuple.js")).openNtuple(ntuple, tree);
  if (!files.some((file) => file.name.endsWith(".parquet"))) {
    throw new InputError(
      `${name}: expected a ROOT ntuple (.root), or the files of a sample: entries, gen, cl3d and tc.parquet`,
    );
  }
  const folder: SourceFolder = {
    name,
    async open(file) {
      const blob = files.find((each) => each.name === file);
      return blob === undefined ? undefined : blobSource(`${name}/${file}`, blob);
    },
  };
  return fromSample(await openSample(folder, await browserParquetCodecs()), name);
}
