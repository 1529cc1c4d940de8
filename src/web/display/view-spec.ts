/** What a view brings along: the tabs, tools, keys, help, captions and the export menu are made from it. */
import { type Component } from "solid-js";
import { type Model } from "../model/model.js";
import { type ViewState } from "../model/view-state.js";
import { type TableFormat } from "./export/tables.js";
import { type PaneProps } from "./pane-props.js";

/** By key, with "Shift+" before it where shift is held. */
export type KeyActions = Readonly<Record<string, () => void>>;

export interface ViewSpec {
  /** Of its tab. */
  readonly label: string;
  /** The key that opens it, and what the help says about it. */
  readonly key: string;
  readonly about: string;
  readonly Pane: Component<PaneProps>;
  readonly Tools: Component<{ readonly model: Model }>;
  /** What other keys do while it is shown, and always. */
  readonly keys?: { shown?(model: Model): KeyActions; anywhere?(model: Model): KeyActions };
  /** The same in words, for the help. */
  readonly help?: readonly (readonly [key: string, meaning: string])[];
  /** The state in which its cameras are fitted. */
  readonly fitted: Partial<ViewState>;
  /** Shows `factor` times as much. */
  zoom(model: Model, factor: number): void;
  /** What a picture shows, for its caption. */
  caption(view: ViewState): string;
  /** Cells that differ in a comparison have thick outlines. */
  readonly marksDifferences: boolean;
  /** A scene in three dimensions cannot be drawn as an SVG. */
  readonly isFlat: boolean;
  /** What of it can be saved as a table. */
  readonly tables: readonly { readonly format: TableFormat; readonly name: string; readonly about: string }[];
}
