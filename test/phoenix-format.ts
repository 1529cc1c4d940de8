/** Phoenix files, for the tests of those that write them. */
import { z } from "zod";

/**
 * The format as its documentation has it, of the object types that we write:
 * https://github.com/HSF/phoenix/blob/main/guides/developers/event_data_format.md
 * Attributes beyond it are decoration, but those that Phoenix draws by are not to be met by accident: these are strict.
 */
const hexadecimal = z.string().regex(/^(#|0x)[0-9a-f]{6}$/);
const point = z.tuple([z.number(), z.number(), z.number()]);
/** A collection without objects made Phoenix leave out those after it. */
const collections = <T extends z.ZodType>(object: T) =>
  z.record(z.string().regex(/^[^:]+$/), z.array(object).nonempty());
export const PHOENIX_FORMAT = z.record(
  z.string(),
  z.strictObject({
    "event number": z.number(),
    "run number": z.number(),
    lumiBlock: z.string(),
    about: z.string(),
    /** Of files of the program. */
    generator: z.literal("bye-splits").optional(),
    Tracks: collections(
      z.strictObject({
        pos: z.array(point).min(3),
        phi: z.number().min(-3.2).max(3.2),
        eta: z.number(),
        pT: z.number().positive(),
        energy: z.number(),
        pdgId: z.int(),
      }),
    ).optional(),
    Hits: collections(
      z.strictObject({
        pos: point,
        color: hexadecimal.optional(),
        energy: z.number(),
        mipPt: z.number(),
        layer: z.int(),
      }),
    ).optional(),
    CaloClusters: collections(
      z.strictObject({
        energy: z.number(),
        phi: z.number(),
        eta: z.number(),
        radius: z.number().positive(),
        color: hexadecimal,
        opacity: z.number().min(0).max(1),
        length: z.number().positive(),
        pt: z.number(),
        seed: z.int(),
        nTc: z.int(),
      }),
    ).optional(),
    IrregularCaloCells: collections(
      z.strictObject({
        layer: z.int(),
        vtx: z.array(z.number()).length(24),
        color: z.tuple([z.int().max(255), z.int().max(255), z.int().max(255)]),
        opacity: z.number().min(0).max(1),
        energy: z.number(),
        seed: z.int(),
      }),
    ).optional(),
  }),
);
