/** Made by scripts/build-web.mjs. */
declare module "virtual:embedded" {
  const embedded: {
    readonly particles: "photons" | "electrons" | "pions";
    readonly pileup: number;
    readonly seed: number;
    /** Numbers of the events that pass the skim's cuts, ascending. */
    readonly events: readonly number[];
    /** The split event that the first view shows. */
    readonly prepared: number;
    /** Version of the program. */
    readonly version: string;
  };
  export default embedded;
}
