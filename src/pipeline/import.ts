/** The reference's own files to a SAMPLE: its skimmed ROOT files and its Parquet caches. */
import { InputError } from "../core/index.js";
import { createSkim, type CutFlow, DEFAULT_SKIM, type NtupleChunk } from "../events/index.js";
import {
  type ByteSource,
  checkGoodNames,
  checkNotEmpty,
  checkShape,
  GOOD_NAMES,
  goodEvents,
  iterateBranches,
  numbersOf,
  openParquetLists,
  openRootFile,
  placeOf,
  rntupleNote,
} from "../io/index.js";
import { nodeCodecs, openFile, rootCodecs, writeSample } from "../io/node/index.js";

export interface ImportJob {
  readonly input: string;
  /** Path of the tree; needed when several trees of a ROOT file have the branches. */
  readonly tree?: string;
  /** Folder of the sample. */
  readonly out: string;
  readonly force: boolean;
  readonly version: string;
  readonly signal: AbortSignal;
}

export interface ImportReport {
  readonly out: string;
  readonly cutFlow: CutFlow;
}

export async function importReference(job: ImportJob): Promise<ImportReport> {
  const { input, out, force, signal } = job;
  const source = await openFile(input);
  // The cuts were made before: what is in the file stays.
  const { skim, cutFlow } = createSkim({
    ...DEFAULT_SKIM,
    particles: "any",
    mipThreshold: -Infinity,
    maxLayer: Infinity,
  });
  try {
    await writeSample(out, { force, inputs: [input] }, async (writer) => {
      for await (const events of readGood(source, job)) {
        signal.throwIfAborted();
        await writer.append(skim(events));
      }
      return {
        program: `bye-splits ${job.version}`,
        command: "import",
        inputs: [{ path: input, size: source.size }],
        cutFlow,
      };
    });
  } catch (error) {
    if (!(error instanceof InputError) || error.message.includes(input)) throw error;
    throw new InputError(`${input}: ${error.message}`, { cause: error });
  } finally {
    await source.close?.();
  }
  return { out, cutFlow };
}

async function* readGood(source: ByteSource, { tree }: ImportJob): AsyncGenerator<NtupleChunk> {
  checkNotEmpty(source);
  const magic = new TextDecoder().decode(await source.read(0, Math.min(4, source.size)));
  if (magic === "root") yield* readRoot(source, tree);
  else if (magic === "PAR1") yield* readParquet(source);
  else throw new InputError(`${source.name} is neither a ROOT nor a Parquet file (results: HDF5 or CSV)`);
}

async function* readRoot(source: ByteSource, path: string | undefined): AsyncGenerator<NtupleChunk> {
  const file = await openRootFile(source, await rootCodecs());
  const trees = await Promise.all((path === undefined ? file.trees : [path]).map((each) => file.tree(each)));
  const matching = trees.filter(({ branches }) => branches.some(({ name }) => name.startsWith("good_")));
  if (matching.length !== 1) {
    const found = matching.length === 0 ? `no tree has` : `${matching.map((tree) => tree.path).join(", ")} have`;
    throw new InputError(
      `${source.name}: ${found} good_* branches, expected one tree` +
        (matching.length === 0 ? rntupleNote(file) : ": choose it with --tree"),
    );
  }
  const [tree] = matching;
  const names = GOOD_NAMES.filter((name) => tree.branches.some((branch) => branch.path === name));
  checkGoodNames(names, source.name);
  for (const name of names) checkShape(tree, name, ["number", "vector"]);
  for await (const { start, end, columns } of iterateBranches(tree, names)) {
    const numbers = Object.entries(columns).map(([name, column]) => [
      name,
      { values: numbersOf(column), ...(column.offsets && { offsets: column.offsets }) },
    ]);
    const place = (name: string, index = 0): string => placeOf(tree, name, columns[name], start)(index);
    yield goodEvents(end - start, Object.fromEntries(numbers), place);
  }
}

async function* readParquet(source: ByteSource): AsyncGenerator<NtupleChunk> {
  const file = await openParquetLists(source, await nodeCodecs());
  const names = GOOD_NAMES.filter((name) => file.columns.includes(name));
  checkGoodNames(names, source.name);
  let first = 0;
  for await (const { rows, columns } of file.groups(names)) {
    const place = (name: string, index = 0): string => {
      const { offsets = [] } = columns[name];
      return `${source.name}: column "${name}", row ${first + offsets.findLastIndex((offset) => offset <= index)}`;
    };
    yield goodEvents(rows, columns, place);
    first += rows;
  }
}
