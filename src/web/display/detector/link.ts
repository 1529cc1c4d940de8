/** What links say of the detector view. */
import { type Field, numbers, whole, words } from "../../model/link.js";

const last = whole(50, 1, 50);

export const DETECTOR_LINK = {
  /** First and last layer that are drawn. */
  from: whole(1, 1, 50),
  to: {
    ...last,
    read(input, key) {
      const value = last.read(input, key);
      return value < Number(input.get("from") ?? 1) ? last.initial : value;
    },
  } satisfies Field<number>,
  projection: words("perspective", "orthographic"),
  /** Azimuth, elevation [degrees], distance, target x, y, z [cm]; empty: fitted. */
  orbit: numbers(6),
};
