import { type PaneProps } from "../Pane.js";

/** The wafers and the (U, V) map of the coarse-seeding chain. */
export function Coarse(_: PaneProps) {
  return <div class="picture" />;
}
