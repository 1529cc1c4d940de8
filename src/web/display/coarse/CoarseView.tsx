/** The coarse-seeding view: energies of wafers, and the (U, V) map of a region. */
import { zoomPlane } from "../plane/zoom.js";
import { type ViewSpec } from "../view-spec.js";
import { Coarse } from "./Coarse.js";
import { CoarseTools } from "./CoarseTools.js";

export const COARSE_VIEW: ViewSpec = {
  label: "Coarse seeds",
  key: "u",
  about: "coarse-seeding view: wafers, and regions in (U, V)",
  Pane: Coarse,
  Tools: CoarseTools,
  fitted: { camera: "", hexes: "" },
  zoom: zoomPlane,
  caption: () => "module energies of wafers, and the (U, V) map of a region",
  marksDifferences: false,
  isFlat: true,
  tables: [
    { format: "wafers", name: "CSV of the wafers", about: "module energies and thresholds" },
    { format: "map", name: "CSV of the (U, V) map", about: "its cells in all regions" },
  ],
};
