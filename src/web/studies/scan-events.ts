/** The particles behind a point of a scan, as links into the display with the settings of the point. */
import { type ChainParams, DEFAULT_PARAMS } from "../../chain/index.js";
import { noun, type Table } from "../../core/index.js";
import { formatNumber } from "../../plots/index.js";
import { STUDY_EVENTS } from "../../studies/index.js";
import { type Run } from "../../io/index.js";
import { settingsOf } from "../model/parameters.js";
import { type StudyJson } from "./command.js";
import { type EventsBehind } from "./protocol.js";
import { byPoint } from "./study-data.js";

type Events = Table<typeof STUDY_EVENTS>;

/** Particles that are named. */
const MOST = 200;

export type BehindPoint = (sample: number, point: number) => Promise<EventsBehind | null>;

/** Undefined where the study has no rows of its particles, as with `--no-events`. */
export function createBehindPoint(run: Run, json: StudyJson): BehindPoint | undefined {
  if (!Object.hasOwn(run.info.tables, "events")) return undefined;
  let events: Promise<readonly Events[]> | undefined;
  return async (sample, point) => {
    const { chain, changes = {}, settings } = json.points[point] ?? {};
    if (chain === undefined) return null;
    events ??= run
      .readTable("events", STUDY_EVENTS)
      .then((table) => byPoint(table, json.points.length, json.samples.length));
    // What could not be read may be there the next time.
    events.catch(() => (events = undefined));
    const { rows, columns } = (await events)[point * json.samples.length + sample];
    const particles = Array.from({ length: rows }, (_, row) => row).filter((row) => columns.particle[row] >= 0);
    const isSplit = (row: number): number => columns.is_split[row];
    const split = particles.filter((row) => isSplit(row) === 1);
    return {
      caption: `${formatNumber(particles.length)} ${noun(particles.length, "particle")} with ${settings || "the settings as configured"}, ${formatNumber(split.length)} split`,
      shown: { chain, settings: settingsOf(changed(json.params ?? DEFAULT_PARAMS, changes)) },
      rows: particles
        .toSorted((a, b) => isSplit(b) - isSplit(a) || a - b)
        .slice(0, MOST)
        .map((row) => {
          const response = columns.response_en[row];
          const about = Number.isNaN(response) ? "no matched cluster" : `response ${formatNumber(response, 3)}`;
          return { sample, entry: columns.entry[row], text: isSplit(row) === 1 ? `${about}, split` : about };
        }),
    };
  };
}

/** Parameters with the changes of a point, "section.name" each. */
function changed(params: ChainParams, changes: Readonly<Record<string, unknown>>): ChainParams {
  const sections = structuredClone(params) as unknown as Record<string, Record<string, unknown>>;
  for (const [key, value] of Object.entries(changes)) {
    const [section, name] = key.split(".");
    if (Object.hasOwn(sections, section)) sections[section][name] = value;
  }
  return sections as unknown as ChainParams;
}
