/** Samples whose trigger cells stand where a phi-bin study puts them. */
import { relative, resolve } from "node:path";
import { type StoredTcMap } from "../chain/index.js";
import { InputError, TableBuilder } from "../core/index.js";
import { type Run, type SampleReader } from "../io/index.js";
import { openRunFolder } from "../io/node/index.js";
import { createCellMoves, MOVED_COLUMNS, parseStudyInfo, TC_MAP, type TcMap } from "../studies/index.js";

/**
 * The map of a parameter in the folder `study`, as run.json in the folder `run` will have it. InputError for a study of another kind, and for a parameter
 * that it does not have.
 */
export async function storeTcMap(run: string, study: string, parameter: number): Promise<StoredTcMap> {
  const { hash } = await openMap(study, parameter);
  const absolute = resolve(study);
  return { path: relative(resolve(run), absolute), absolute, hash, parameter };
}

/**
 * The sample, whose batches have their cells moved from now on; closed where the map cannot be had. `run`: the RUN folder, where there is
 * one already.
 */
export async function moveCells(sample: SampleReader, stored: StoredTcMap, run?: string): Promise<SampleReader> {
  const { path, absolute, hash, parameter } = stored;
  const places = [...new Set([...(run === undefined ? [] : [resolve(run, path)]), absolute])];
  let problem: unknown;
  for (const place of places) {
    try {
      const { study, hash: found } = await openMap(place, parameter);
      if (found !== hash) throw new InputError(`${place} has another map of trigger cells than the run was made with`);
      sample.mapBatches(MOVED_COLUMNS, createCellMoves(await readTcMap(study, parameter), place));
      return sample;
    } catch (error) {
      problem ??= error;
    }
  }
  await sample.close();
  throw problem;
}

/** The rows of one parameter in the map of a study: of a file that may hold many times as much. */
export async function readTcMap(study: Run, parameter: number): Promise<TcMap> {
  const file = await study.openTable("tc_map");
  const out = new TableBuilder(TC_MAP);
  try {
    for (let group = 0; group < file.groups.length; group++) {
      const { columns: key } = await file.read({ parameter: TC_MAP.parameter }, group, group + 1);
      const first = key.parameter.indexOf(parameter);
      if (first < 0) continue;
      const { columns } = await file.read(TC_MAP, group, group + 1);
      const end = key.parameter.lastIndexOf(parameter) + 1;
      const at = out.add(end - first);
      for (const name of Object.keys(TC_MAP) as (keyof typeof TC_MAP)[]) {
        out.columns[name].set(columns[name].subarray(first, end), at);
      }
    }
  } finally {
    await file.close();
  }
  return out.finish();
}

/** A study and the hash of its map. InputError for one of another kind, and for a parameter that it does not have. */
async function openMap(path: string, parameter: number): Promise<{ readonly study: Run; readonly hash: string }> {
  const study = await openRunFolder(path, "study");
  const { tables } = study.info;
  if (!Object.hasOwn(tables, "tc_map")) throw new InputError(`${path} is no study phi-bins: it has no table tc_map`);
  const parameters = parseStudyInfo(study).points.map((point) => point["parameter"]);
  if (!parameters.includes(parameter)) {
    throw new InputError(`${path} has no parameter ${parameter}; it has ${parameters.join(", ")}`);
  }
  return { study, hash: tables["tc_map"].hash };
}
