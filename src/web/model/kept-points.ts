/** Points that somebody keeps: what a setting made of a sample, in the figures of a scan. They stay in the browser. */

/** What a setting makes of a sample. */
export interface KeptPoint {
  /** When, as a time that sorts: "2026-11-29T01:00:00.000Z". */
  readonly at: string;
  /** The sample, how many of its events, and which of its particles. */
  readonly sample: string;
  readonly chain: string;
  /** What differs from the defaults. */
  readonly settings: Readonly<Record<string, string>>;
  /** By column of the points of a scan; null for what does not exist. */
  readonly figures: Readonly<Record<string, number | null>>;
  /** The same on the command line. */
  readonly command: string;
}

/** What links call the study of the points. */
export const KEPT = "kept: points";

const isRecord = (value: unknown, of: (each: unknown) => boolean): boolean =>
  typeof value === "object" && value !== null && !Array.isArray(value) && Object.values(value).every(of);

function isPoint(value: unknown): value is KeptPoint {
  const { at, sample, chain, command, settings, figures } = (value ?? {}) as Partial<Record<keyof KeptPoint, unknown>>;
  return (
    [at, sample, chain, command].every((each) => typeof each === "string") &&
    isRecord(settings, (each) => typeof each === "string") &&
    isRecord(figures, (each) => each === null || typeof each === "number")
  );
}

/** The points of a text that a browser kept; what is none of them is left out. */
export function parsePoints(text: string | null): readonly KeptPoint[] {
  try {
    const list: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(list) ? list.filter(isPoint) : [];
  } catch {
    return [];
  }
}

/** The points of a file that was saved. Throws an error for people where there is none in it. */
export function pointsOfFile(name: string, text: string): readonly KeptPoint[] {
  const points = parsePoints(text);
  if (points.length === 0) throw new Error(`${name} has no kept points: those that “save as JSON” wrote can be loaded`);
  return points;
}

const keyOf = (point: KeptPoint): string =>
  JSON.stringify(Object.entries(point).toSorted(([a], [b]) => (a < b ? -1 : 1)));

/** Both, each point once, by time. */
export function withPoints(points: readonly KeptPoint[], more: readonly KeptPoint[]): KeptPoint[] {
  const all = new Map([...points, ...more].map((point) => [keyOf(point), point]));
  return [...all.values()].toSorted((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0));
}
