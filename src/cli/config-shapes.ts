/** The sections of a configuration that are no parameters: inputs by name, and the events that pages show first. */
import { PARTICLE_NAMES, type ParticleName } from "../events/index.js";

export interface Production {
  readonly dir?: string;
  readonly tree?: string;
  readonly infile: string | readonly string[];
  readonly outfile?: string;
}

export interface NamedSource {
  readonly infile: string | readonly string[];
  readonly tree?: string;
  readonly particles?: ParticleName;
}

/** By pile-up as in "PU200", then by particles. */
export type DefaultEvents = Readonly<Record<string, Readonly<Record<string, readonly number[]>>>>;

export type Shape = (value: unknown) => boolean;

interface Field {
  readonly expected: string;
  readonly is: Shape;
  readonly required?: true;
}

const isText: Shape = (value) => typeof value === "string";
const text: Field = { expected: "a text", is: isText };
const files: Field = {
  expected: "a path or a list of paths",
  is: (value) => isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText)),
  required: true,
};
const particles: Field = {
  expected: `one of ${PARTICLE_NAMES.join(", ")}`,
  is: (value) => (PARTICLE_NAMES as readonly unknown[]).includes(value),
};

/** Fields of the records by name in a section, and where in it they are. */
export const RECORDS: readonly {
  readonly path: readonly string[];
  readonly fields: Readonly<Record<string, Field>>;
}[] = [
  { path: ["io", "production"], fields: { dir: text, tree: text, infile: files, outfile: text } },
  { path: ["sources"], fields: { infile: files, tree: text, particles } },
];

export const EVENT_LIST: Field = {
  expected: "a list of whole numbers",
  is: (value) => Array.isArray(value) && value.every((each) => Number.isSafeInteger(each)),
};
