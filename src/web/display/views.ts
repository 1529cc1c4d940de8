/** The views of the page. What links say of each stands in model/view-state.ts, which knows no pictures. */
import { type ViewName } from "../model/view-state.js";
import { COARSE_VIEW } from "./coarse/CoarseView.js";
import { DETECTOR_VIEW } from "./detector/DetectorView.js";
import { HISTOGRAM_VIEW } from "./plane/HistogramView.js";
import { LAYER_VIEW } from "./plane/LayerView.js";
import { type ViewSpec } from "./view-spec.js";

export const VIEWS: Readonly<Record<ViewName, ViewSpec>> = {
  layer: LAYER_VIEW,
  detector: DETECTOR_VIEW,
  histogram: HISTOGRAM_VIEW,
  coarse: COARSE_VIEW,
};

/** In the order of their tabs. */
export const VIEW_LIST = Object.entries(VIEWS) as readonly (readonly [ViewName, ViewSpec])[];
