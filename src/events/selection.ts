/** The cuts of the skim, as rows of a table of parameters. */
import { choice, real, whole } from "../core/index.js";
import { MOST_LAYERS } from "../detector/index.js";

export const PARTICLES = { photons: 22, electrons: 11, pions: 211 } as const;

export type ParticleName = keyof typeof PARTICLES;

export const PARTICLE_NAMES = Object.keys(PARTICLES) as readonly ParticleName[];

export const SELECTION = {
  selection: {
    particles: choice("photons", PARTICLE_NAMES, {
      about: "which generated particles are looked for; `--particles` before it",
    }),
    reachedEE: whole(2, { about: "genpart_reachedEE must equal it: 2 is the front face of CE-E", min: 0, max: 2 }),
    deltarThreshold: real(0.05, {
      about: "a cl3d matches when its distance to the particle in (eta, phi) is at most this",
      min: 0,
      max: 10,
    }),
    mipThreshold: real(0.5, { about: "trigger cells must have more", unit: "MIP_T", min: 0, max: 1e6 }),
    maxLayer: whole(MOST_LAYERS, { about: "trigger cells in layers up to this one", min: 1, max: MOST_LAYERS }),
  },
} as const;
