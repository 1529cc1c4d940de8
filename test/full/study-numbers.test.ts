/** The numbers of the pages of studies against pandas, for random settings of all controls. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { Random } from "../../src/core/index.js";
import { nodeCodecs, openFolder } from "../../src/io/node/index.js";
import { type PointsMark } from "../../src/plots/index.js";
import { formatRange } from "../../src/web/model/selection.js";
import { openStudy } from "../../src/web/studies/open.js";
import { type Shown } from "../../src/web/studies/opened.js";
import { DEFAULT_STUDY, type StudyState } from "../../src/web/studies/state.js";
import { Patience } from "../../src/web/studies/statistics.js";
import { root, runCli, scratch } from "../cli.js";
import { hasPandas } from "../pandas.js";

const python = process.env["BYE_SPLITS_PYTHON"] ?? "python3";
const RADII = [0.004, 0.01, 0.02, 0.04];
const SETTINGS = 25;

type Answer = Readonly<Record<string, number | null | readonly (number | null)[]>>;

describe.skipIf(!hasPandas)("pages of a radius study and pandas [needs python pandas]", () => {
  test("say the same at every radius, for 25 random settings (seed 12)", async () => {
    const folder = scratch();
    const cli = async (...args: string[]): Promise<void> => {
      const { status, stderr } = await runCli([...args, "--quiet"], folder);
      expect([status, stderr]).toEqual([0, ""]);
    };
    await cli("simulate", "--particles", "photons", "--events", "150", "--seed", "5", "--out", "ph");
    await cli("simulate", "--particles", "pions", "--events", "80", "--seed", "6", "--out", "pi");
    await cli("study", "radius", "--in", "ph", "pi", "--radii", RADII.join(), "--out", "radius");
    const study = await openStudy(await openFolder(join(folder, "radius")), await nodeCodecs());

    const random = new Random(12);
    const one = <T>(list: readonly T[]): T => list[Math.floor(random.uniform() * list.length)];
    const settings = Array.from({ length: SETTINGS }, () => ({
      pt: one([
        [0, 1e9],
        [10 * random.uniform(), 30 + 60 * random.uniform()],
        [25, 1e9],
      ]),
      eta: one([
        [0, 9],
        [1.6 + 0.3 * random.uniform(), 2.3 + 0.5 * random.uniform()],
      ]),
      only: one(["all", "all", "split", "whole"] as const),
      measure: one(["pt", "energy"] as const),
      centre: one(["median", "mean"] as const),
      points: RADII.length,
      samples: 2,
    }));
    const { status, stdout, stderr } = spawnSync(
      python,
      [join(root, "test/study-numbers.py"), join(folder, "radius")],
      {
        encoding: "utf8",
        input: JSON.stringify(settings),
      },
    );
    expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
    const answers = JSON.parse(stdout) as Answer[][][];

    for (const [k, setting] of settings.entries()) {
      const range = ([lo, hi]: readonly number[]): string => formatRange({ lo, hi });
      const { only, measure, centre } = setting;
      const state: StudyState = {
        ...DEFAULT_STUDY,
        pt: range(setting.pt),
        eta: range(setting.eta),
        only,
        measure,
        centre,
      };
      const pages = new Map<string, Shown>();
      for (const page of ["efficiency", "response", "resolution", ...(only === "all" ? ["splits"] : [])])
        pages.set(page, await study.show(page, state, new Patience(0)));
      const curve = (page: string, plot: string, sample: number, named = ""): PointsMark => {
        const series = pages.get(page)?.plots.find(({ id }) => id === plot)?.panels[0].series ?? [];
        const found = series.find(({ name }) => name === `${study.info.samples[sample].name}${named}`)?.marks[0];
        expect(found, `${page} ${plot}`).toBeDefined();
        return found as PointsMark;
      };
      for (const sample of [0, 1]) {
        const want = answers[k][sample];
        const close = (got: ArrayLike<number> | undefined, name: string, part?: number): void => {
          const expected = want.map((each) =>
            part === undefined ? each[name] : (each[name] as Answer[string][])[part],
          );
          expect(
            Array.from(got ?? [], (value) => (Number.isNaN(value) ? null : value)),
            `${name} of sample ${sample}: ${JSON.stringify(setting)}`,
          ).toEqual(expected.map((value) => (value === null ? null : expect.closeTo(Number(value), 10))));
        };
        const efficiency = curve("efficiency", "efficiency-radius", sample);
        close(efficiency.entries, "particles");
        close(efficiency.y, "efficiency", 0);
        close(efficiency.low, "efficiency", 1);
        close(efficiency.high, "efficiency", 2);
        close(curve("response", "response-radius", sample).y, centre);
        close(curve("resolution", "resolution-radius", sample).y, "resolution");
        close(curve("resolution", "resolution-radius", sample, ", RMS").y, "rms");
        close(curve("resolution", "gaussianity-radius", sample).y, "gaussianity");
        if (only === "all") close(curve("splits", "splits-radius", sample).y, "split");
      }
    }
  });
});
