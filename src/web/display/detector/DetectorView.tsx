/** The detector view: trigger cells in three dimensions. */
import { cellsInWords } from "../CellTools.js";
import { type ViewSpec } from "../view-spec.js";
import { formatOrbit } from "./camera.js";
import { Detector } from "./Detector.js";
import { DetectorTools } from "./DetectorTools.js";
import { detectorKeys, shownOrbit } from "./keys.js";

export const DETECTOR_VIEW: ViewSpec = {
  label: "Detector",
  key: "d",
  about: "detector view",
  Pane: Detector,
  Tools: DetectorTools,
  keys: { shown: detectorKeys },
  help: [
    ["1 2 3", "detector from the front, the side, the top"],
    ["o", "detector in perspective, or not"],
    ["⇧ ← → ↑ ↓", "turn the detector; home, end, page up, page down move it"],
  ],
  fitted: { orbit: "" },
  zoom({ setView }, factor) {
    const orbit = shownOrbit();
    if (orbit !== null) setView({ orbit: formatOrbit({ ...orbit, distance: factor * orbit.distance }) });
  },
  caption: (view) => `layers ${view.from} to ${view.to}, ${cellsInWords(view)}`,
  marksDifferences: true,
  isFlat: false,
  tables: [{ format: "cells", name: "CSV of the cells", about: "those shown, with their seed" }],
};
