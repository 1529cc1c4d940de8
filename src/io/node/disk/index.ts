/** What rooms need that touch files, and no samples: loads none of the formats. */
export { type Effects, realEffects } from "../effects.js";
export { reasonOf } from "../reason.js";
