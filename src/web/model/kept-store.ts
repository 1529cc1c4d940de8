/** The points that are kept: in this browser, also when the page is closed. */
import { createSignal } from "solid-js";
import { type KeptPoint, parsePoints, pointsOfFile, withPoints } from "./kept-points.js";

const KEY = "bye-splits.points";
/** Older ones go first. */
const MOST = 500;

export interface KeptPoints {
  points(): readonly KeptPoint[];
  add(point: KeptPoint): void;
  /** Those of a file that was saved, as far as they are not there. Rejects with an error for people where there are none. */
  load(file: File): Promise<void>;
  /** Those for which it is true. */
  remove(isGone: (point: KeptPoint) => boolean): void;
}

/** `say`: where the browser keeps nothing, the points are gone with the page. */
export function createKeptPoints(say: (problem: string) => void): KeptPoints {
  const read = (): readonly KeptPoint[] => {
    try {
      return parsePoints(localStorage.getItem(KEY));
    } catch {
      return [];
    }
  };
  const [points, setPoints] = createSignal(read());
  const write = (next: readonly KeptPoint[]): void => {
    setPoints(next.slice(-MOST));
    try {
      localStorage.setItem(KEY, JSON.stringify(points()));
    } catch {
      say("The browser keeps no points: they are gone with the page");
    }
  };
  // Another page of the same browser may have kept one.
  addEventListener("storage", ({ key }) => key === KEY && setPoints(read()));
  return {
    points,
    add: (point) => write([...read(), point]),
    async load(file) {
      const more = pointsOfFile(file.name, await file.text());
      write(withPoints(read(), more));
    },
    remove: (isGone) => write(points().filter((point) => !isGone(point))),
  };
}
