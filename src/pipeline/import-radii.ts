/** The reference's HDF5 file of clusters at many radii: a frame for each, under keys such as coef_0p010. */
import { basename } from "node:path";
import { DEFAULT_PARAMS } from "../chain/index.js";
import { counted, InputError, TableBuilder } from "../core/index.js";
import { type FrameFile, openFrames, type ReadFrame } from "../io/node/index.js";
import {
  BestRadiusFinder,
  FigureBuilder,
  IMPORTED_CLUSTERS,
  IMPORTED_COLUMNS,
  importRadius,
  KnownParticles,
  PART_EVENTS,
  RADIUS_KEYS,
  withoutShares,
} from "../studies/index.js";
import { type ImportedContent } from "./imported-content.js";
import { addRow, pointsSchema } from "./studies/points.js";

/** As the reference cuts. */
const THRESHOLD = 0.05;

const KEY = /(?:^|\/)coef_(\d+)p(\d+)$/;

/** InputError that names the key: of what is no frame of clusters beside particles, and of radii that are there twice. */
export async function importRadii(input: string): Promise<ImportedContent> {
  const file = await openFrames(input);
  try {
    return contentOf(input, file);
  } catch (error) {
    file.close();
    throw error;
  }
}

function contentOf(input: string, file: FrameFile): ImportedContent {
  const keys = file.keys.filter((key) => KEY.test(key));
  if (keys.length === 0) {
    const has = file.keys.length === 0 ? "nothing of pandas" : file.keys.slice(0, 5).join(", ");
    throw new InputError(`${input} has no keys of radii such as coef_0p010: it has ${has}`);
  }
  const radii = new Map<number, string>();
  const known = new KnownParticles();
  const placeOf = (key: string): string => `${input}: key "${key}"`;
  let isExact = true;
  for (const key of keys) {
    const frame = file.read(key, [...IMPORTED_COLUMNS, "sample"]);
    const { radius, exact } = radiusOf(key, frame);
    isExact &&= exact;
    const other = radii.get(radius);
    if (other !== undefined)
      throw new InputError(`${input}: the keys "${other}" and "${key}" are both of radius ${radius}`);
    radii.set(radius, key);
    checkOneSample(frame, placeOf(key));
    known.add(frame, placeOf(key));
  }
  const { all, entries } = known.finish();
  if (all.size === 0) throw new InputError(`${input} has no clusters: its frames are empty`);
  const sorted = [...radii].toSorted(([a], [b]) => a - b);
  const others = file.keys.filter((key) => !KEY.test(key));
  const notes = [
    `The file knows ${counted(all.size, "particle")}: those with a cluster at one radius or more; efficiency, split fraction and clusters an event need all particles and are not known`,
    ...(isExact ? [] : ["Radii are those of the keys, rounded to their digits"]),
    ...(others.length === 0 ? [] : [`Not imported: ${others.join(", ")}`]),
    "What matches is what the file says, where it says it",
  ];
  const name = basename(input).replace(/\.(hdf5|h5|hdf)$/i, "");
  return {
    study: "radius",
    options: { radii: sorted.map(([radius]) => radius), bins: [], deltarThreshold: THRESHOLD },
    points: sorted.map(([radius]) => ({ radius })),
    samples: [{ name, entries, gen: all.size }],
    notes,
    schemas: { clusters: IMPORTED_CLUSTERS, events: PART_EVENTS, points: pointsSchema(RADIUS_KEYS, false) },
    async fill(append) {
      const points = new TableBuilder(pointsSchema(RADIUS_KEYS, false));
      const finder = new BestRadiusFinder("response_pt");
      const { validation } = DEFAULT_PARAMS;
      let across = 0;
      for (const [point, [radius, key]] of sorted.entries()) {
        const of = { point, radius, validation, threshold: THRESHOLD };
        const { clusters, events, acrossPhi } = importRadius(file.read(key), placeOf(key), all, of);
        across += acrossPhi;
        await append("clusters", clusters);
        await append("events", events);
        const figures = new FigureBuilder();
        figures.add(events);
        addRow(points, { point, radius, sample: 0, ...withoutShares(figures.finish()) });
        finder.add(radius, events.columns.response_pt);
      }
      await append("points", points.finish());
      return { best: [finder.finish() ?? null], ...(across === 0 ? {} : { acrossPhi: across }) };
    },
    close: () => file.close(),
  };
}

/** Of our own files it is an attribute, and exact. */
function radiusOf(key: string, { attributes }: ReadFrame): { readonly radius: number; readonly exact: boolean } {
  if (Object.hasOwn(attributes, "radius")) return { radius: attributes["radius"], exact: true };
  const [, whole, digits] = KEY.exec(key) ?? [];
  return { radius: Number(`${whole}.${digits}`), exact: false };
}

/** As `radii.hdf5` of a study has them one after another. */
function checkOneSample({ columns }: ReadFrame, place: string): void {
  if (!Object.hasOwn(columns, "sample")) return;
  const { sample } = columns;
  if (sample.some((value) => value !== sample[0])) {
    throw new InputError(`${place} holds several samples: open the study that it is of instead`);
  }
}
