/** Tables of a RUN, a STUDY or a part of one. */
import { InputError, type Schema, type Table } from "../../core/index.js";
import { type FolderInfo, type FolderKind, checkRecord, readInfo } from "./info.js";
import type { ParquetCodecs } from "../parquet/codecs.js";
import { type ParquetFile, openParquet } from "../parquet/read.js";
import type { SourceFolder } from "../source.js";

/** An open run, or a study: a folder of tables with a json that describes them. */
export interface Run {
  readonly kind: Exclude<FolderKind, "sample">;
  readonly name: string;
  /** What run.json, or the json of its kind, says. */
  readonly info: FolderInfo & Readonly<Record<string, unknown>>;
  /** A table by its name, as in "clusters": to be read row group by row group. The caller closes it. */
  openTable(name: string): Promise<ParquetFile>;
  /** The columns of the schema of a whole table. */
  readTable<S extends Schema>(name: string, schema: S): Promise<Table<S>>;
}

/** Opens a run, or the like. InputError for a folder without its json and for tables that it does not have. */
export async function openRun(folder: SourceFolder, codecs: ParquetCodecs, kind: Run["kind"] = "run"): Promise<Run> {
  const info = await readInfo(folder, kind, codecs);
  if (info === undefined) throw new InputError(`${folder.name} is not a ${kind}: there is no ${kind}.json`);
  const openTable = async (name: string): Promise<ParquetFile> => {
    const source = await folder.open(`${name}.parquet`);
    if (source === undefined) {
      if (Object.hasOwn(info.tables, name)) {
        throw new InputError(`${folder.name}: ${name}.parquet, which its ${kind}.json names, is not there`);
      }
      const tables = Object.keys(info.tables).join(", ");
      throw new InputError(`${folder.name} has no table "${name}"; it has ${tables}`);
    }
    const file = await openParquet(source, codecs);
    try {
      checkRecord(info.tables, name, file, kind);
    } catch (error) {
      await file.close();
      throw error;
    }
    return file;
  };
  return {
    kind,
    name: folder.name,
    info,
    openTable,
    async readTable(name, schema) {
      const file = await openTable(name);
      try {
        return await file.read(schema);
      } finally {
        await file.close();
      }
    },
  };
}
