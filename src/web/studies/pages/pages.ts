/** All pages of studies of particles by point: to add one, add its row. */
import { DISTRIBUTIONS, SPECTRA_PAGE } from "./distributions.js";
import { EFFICIENCY, MATCHED_CLUSTERS } from "./efficiency.js";
import { type StudyPage } from "./page.js";
import { RESOLUTION_PAGE, RESPONSE } from "./response.js";
import { SPLITS } from "./splits.js";

export const PAGES: readonly StudyPage[] = [
  EFFICIENCY,
  RESPONSE,
  RESOLUTION_PAGE,
  DISTRIBUTIONS,
  SPLITS,
  MATCHED_CLUSTERS,
  SPECTRA_PAGE,
];
