/** The page of chosen events: displays, (u, v) maps, and (phi, R/z) maps before and after smoothing. */
import { eventDisplay } from "./event-display.js";
import { type EventInput } from "./event-input.js";
import { createFigure, type Page } from "./figure.js";
import { occupancyMaps } from "./occupancy-maps.js";
import { uvMap } from "./uv-map.js";

/** Three figures an event: the display, the map in (u, v), and the maps in (phi, R/z). */
export function eventsPage(events: readonly EventInput[]): Page {
  return {
    id: "events",
    title: "Events",
    intro: "Chosen events, one after the other.",
    figures: events
      .flatMap((event, i) => [
        eventDisplay(event, { id: `event-${i}`, source: event.source }),
        uvMap(event, `uv-${i}`),
        occupancyMaps(event, `occupancy-${i}`),
      ])
      .map(createFigure),
  };
}
