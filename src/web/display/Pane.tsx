import { Match, Switch } from "solid-js";
import { Coarse } from "./coarse/Coarse.js";
import { type Range } from "./colours.js";
import { Detector } from "./detector/Detector.js";
import { type Model } from "./model.js";
import { Picture } from "./Picture.js";

export interface PaneProps {
  readonly model: Model;
  readonly dark: boolean;
  /** The seed whose row is pointed at, -1 for none. */
  readonly hoveredSeed: number;
  /** Tells what the colours of the picture mean, null where they are no scale. */
  onRange(range: Range | null): void;
}

/** The picture of the chosen view. */
export function Pane(props: PaneProps) {
  const view = props.model.view;
  return (
    <Switch>
      <Match when={view.view === "layer" || view.view === "histogram"}>
        <Picture {...props} />
      </Match>
      <Match when={view.view === "detector"}>
        <Detector {...props} />
      </Match>
      <Match when={view.view === "coarse"}>
        <Coarse {...props} />
      </Match>
    </Switch>
  );
}
