/** What sample.json says of how the sample was made. */
import { type Fields, isRecord, isText, type Json, readFields } from "../../core/index.js";

/** Beside these there may be others: what was read, what cuts removed. */
export interface Made {
  /** "bye-splits 1.2.3". */
  readonly program?: string;
  readonly command?: string;
  readonly options?: Json;
  /** Version of the geometry that its trigger cells are of. */
  readonly geometry?: string;
}

const FIELDS: Fields<Made> = {
  program: ["the name of a program", isText, false],
  command: ["the name of a command", isText, false],
  options: ["values by name", isRecord, false],
  geometry: ["the version of a geometry", isText, false],
};

/** `info`: of sample.json; undefined where there is none, or where it does not say. FormatError when it says something else. */
export function readMade(sample: string, info: Json | undefined): Made | undefined {
  const file = `${sample}/sample.json`;
  const what = "how the sample was made";
  const { made } = readFields<{ readonly made?: Json }>(file, what, info ?? {}, {
    made: ["a record", isRecord, false],
  });
  return made === undefined ? undefined : { ...made, ...readFields(file, what, made, FIELDS) };
}
