/** Dark or light: as the link says, else as the system is. */
import { type Accessor, createEffect, createSignal, onCleanup } from "solid-js";

export function createDark(theme: () => "auto" | "light" | "dark"): Accessor<boolean> {
  const system = matchMedia("(prefers-color-scheme: dark)");
  const [systemDark, setSystemDark] = createSignal(system.matches);
  const onScheme = (): void => void setSystemDark(system.matches);
  system.addEventListener("change", onScheme);
  onCleanup(() => system.removeEventListener("change", onScheme));
  const dark = (): boolean => theme() === "dark" || (theme() === "auto" && systemDark());
  createEffect(() => (document.documentElement.dataset["theme"] = dark() ? "dark" : "light"));
  return dark;
}
