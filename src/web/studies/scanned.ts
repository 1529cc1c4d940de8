/** What a scan of radii does to the parameters. */

/** Parameters that the scan sets itself, the same in all layers. */
export const isScanned = (key: string): boolean => key === "radius" || key === "cluster.CoeffA";

/** Why the page does not use a parameter; "" where it does. */
export const unusedIn = (radii: readonly number[] | null, key: string): string =>
  radii !== null && isScanned(key) ? "radii are being scanned: choose “radius as set” to set one" : "";
