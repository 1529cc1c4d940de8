/** What links say of the detector view. */
import { MOST_LAYERS } from "../../../detector/index.js";
import { type Field, numbers, whole, words } from "../../model/link.js";

const last = whole(MOST_LAYERS, 1, MOST_LAYERS);

export const DETECTOR_LINK = {
  /** First and last layer that are drawn; by default all, however many the geometry has. */
  from: whole(1, 1, MOST_LAYERS),
  to: {
    ...last,
    read(input, key) {
      const value = last.read(input, key);
      return value < Number(input.get("from") ?? 1) ? last.initial : value;
    },
    isRight: (text, input) => last.isRight?.(text, input) === true && !(Number(text) < Number(input.get("from") ?? 1)),
  } satisfies Field<number>,
  projection: words("perspective", "orthographic"),
  /** Azimuth, elevation [degrees], distance, target x, y, z [cm]; empty: fitted. */
  orbit: numbers(6),
};
