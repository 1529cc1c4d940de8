/** All kinds of marks. */
import { heat, scalebar, shapes } from "./mark-areas.js";
import { band, line, rule, steps } from "./mark-lines.js";
import { points, violins } from "./mark-points.js";
import { type MarkKind } from "./mark-kind.js";
import { type Mark } from "./plot.js";

const KINDS: { readonly [K in Mark["kind"]]: MarkKind<Extract<Mark, { kind: K }>> } = {
  steps,
  points,
  line,
  band,
  violins,
  heat,
  shapes,
  rule,
  scalebar,
};

export function kindOf(mark: Mark): MarkKind<Mark> {
  return KINDS[mark.kind];
}
