import { type PaneProps } from "../Pane.js";

/** The trigger cells in three dimensions. */
export function Detector(_: PaneProps) {
  return <div class="picture" />;
}
