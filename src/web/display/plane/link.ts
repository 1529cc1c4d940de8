/** What links say of the layer view and the histogram view. */
import { MOST_LAYERS } from "../../../detector/index.js";
import { planeCamera, whole, words } from "../../model/link.js";

export const LAYER_LINK = {
  /** 0: all layers. */
  layer: whole(0, 0, MOST_LAYERS),
  /** Of both views, and of wafers in the coarse view. */
  camera: planeCamera(),
};

export const HISTOGRAM_LINK = {
  step: words("seeds", "filled", "smoothed"),
  map: words("flat", "polar"),
};
