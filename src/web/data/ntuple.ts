/** A ROOT ntuple dropped on the page: read in place, event by event, with the cuts of the skim. */
import { InputError } from "../../core/index.js";
import { DEFAULT_GEOMETRY } from "../../detector/index.js";
import { createSkim, DEFAULT_SKIM, type NtupleChunk, type ParticleName, type SampleBatch } from "../../events/index.js";
import { blobSource, findNtuple, iterateNtuple, ntuplePaths, openRootFile, readNtupleColumns } from "../../io/index.js";
import { browserRootCodecs } from "./codecs.js";
import { type EventSource } from "./event-source.js";

const NAMES: Readonly<Record<number, ParticleName>> = { 22: "photons", 11: "electrons", 211: "pions" };
/** Entries in a batch, or one more. */
const STEP = 20;

/** A file with several trees that could be meant: somebody has to choose. */
export class TreeChoice extends InputError {
  readonly trees: readonly string[];

  constructor(name: string, trees: readonly string[]) {
    super(`${name} has ${trees.length} trees with the branches of the skim: choose one`);
    this.trees = trees;
  }
}

/** `path`: of the tree; TreeChoice without one where there are several. */
export async function openNtuple(file: File, path?: string): Promise<EventSource> {
  const root = await openRootFile(blobSource(file.name, file), await browserRootCodecs());
  const paths = path === undefined ? await ntuplePaths(root) : [];
  if (paths.length > 1) throw new TreeChoice(file.name, paths);
  const tree = await findNtuple(root, path);
  const scan = await readNtupleColumns(tree, [
    "run",
    "lumi",
    "event",
    "genpart_pid",
    "genpart_gen",
    "genpart_reachedEE",
    "genpart_exeta",
  ]);
  const column = (name: string): ArrayLike<number> => scan[name].values as ArrayLike<number>;
  const offsets = scan["genpart_pid"].offsets ?? new Int32Array(tree.entries + 1);
  const pid = column("genpart_pid");
  const gen = column("genpart_gen");
  const reached = column("genpart_reachedEE");
  const eta = column("genpart_exeta");
  const accepted = (g: number, side: number): boolean =>
    gen[g] !== -1 && reached[g] === DEFAULT_SKIM.reachedEE && eta[g] * side > 0;
  const first = Array.from({ length: offsets[tree.entries] }, (_, g) => g).find(
    (g) => NAMES[Math.abs(pid[g])] !== undefined && (accepted(g, 1) || accepted(g, -1)),
  );
  if (first === undefined) {
    throw new InputError(`${file.name}: no generated photon, electron or charged pion reaches the endcap`);
  }
  const particles = NAMES[Math.abs(pid[first])];
  // The entries that the skim will keep, but for events without a cl3d, which only reading all of it would show.
  const rows: { readonly row: number; readonly side: number }[] = [];
  for (let row = 0; row < tree.entries; row++) {
    for (const side of [1, -1]) {
      for (let g = offsets[row]; g < offsets[row + 1]; g++) {
        if (accepted(g, side) && NAMES[Math.abs(pid[g])] === particles) {
          rows.push({ row, side });
          break;
        }
      }
    }
  }
  const exact = (name: string): BigInt64Array => {
    const values = scan[name].values as ArrayLike<number | bigint>;
    return BigInt64Array.from(rows, ({ row }) => BigInt(values[row]));
  };
  // A batch ends between two events: both endcaps of one are in it. There is a row, that of the first particle.
  const batchFirst = [0];
  for (let at = STEP; at < rows.length; at += STEP) {
    while (at < rows.length && rows[at].row === rows[at - 1].row) at++;
    if (at < rows.length) batchFirst.push(at);
  }
  batchFirst.push(rows.length);

  async function load(start: number, end: number): Promise<SampleBatch> {
    const { skim } = createSkim({ ...DEFAULT_SKIM, particles, endcap: "both" });
    for await (const { ntuple } of iterateNtuple(tree, { start, end, chunkBytes: Infinity }))
      return skim(withCl3d(ntuple));
    throw new InputError(`${file.name}: no entries ${start} to ${end}`);
  }
  return {
    info: {
      name: file.name,
      description: `ROOT ntuple: ${particles}, tree ${tree.path}; both endcaps, and events without a CMSSW cluster too, which a skim leaves out by default`,
      run: exact("run"),
      lumi: exact("lumi"),
      event: exact("event"),
      zside: Int8Array.from(rows, ({ side }) => side),
      nTc: new Float64Array(rows.length).fill(Number.NaN),
    },
    async read(index) {
      const { row, side } = rows[index];
      const batch = await load(row, row + 1);
      return { batch, i: batch.entries.columns.zside.indexOf(side) };
    },
    kind: { particles },
    batchFirst,
    async readBatch(batch) {
      const [from, end] = [batchFirst[batch], batchFirst[batch + 1]];
      return load(rows[from].row, rows[end - 1].row + 1);
    },
    geometry: DEFAULT_GEOMETRY,
    hash: undefined,
    async close() {},
  };
}

/** The skim drops events without a CMSSW cluster; a display shows them: they get one without energy in each endcap. */
function withCl3d(ntuple: NtupleChunk): NtupleChunk {
  const { offsets, columns } = ntuple.cl3d;
  const at = (values: ArrayLike<number | bigint>, extra: readonly number[]): Float64Array => {
    const out: number[] = [];
    for (let i = 0; i < ntuple.events; i++) {
      for (let c = offsets[i]; c < offsets[i + 1]; c++) out.push(Number(values[c]));
      out.push(...extra);
    }
    return Float64Array.from(out);
  };
  return {
    ...ntuple,
    cl3d: {
      offsets: offsets.map((offset, i) => offset + 2 * i),
      columns: {
        cl3d_id: at(columns.cl3d_id, [0, 0]),
        cl3d_pt: at(columns.cl3d_pt, [0, 0]),
        cl3d_energy: at(columns.cl3d_energy, [0, 0]),
        cl3d_eta: at(columns.cl3d_eta, [2, -2]),
        cl3d_phi: at(columns.cl3d_phi, [0, 0]),
      },
    },
  };
}
