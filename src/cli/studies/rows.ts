/** The studies on the command line, in the order of `--help`. */
import { PHI_BINS_COMMAND } from "./phi-bins.js";
import { RADIUS_COMMAND } from "./radius.js";
import { SCAN_COMMAND } from "./scan.js";
import { type StudyCommand } from "./study-command.js";
import { WEIGHTS_COMMAND } from "./weights.js";

export const STUDY_COMMANDS: readonly StudyCommand[] = [
  SCAN_COMMAND,
  RADIUS_COMMAND,
  WEIGHTS_COMMAND,
  PHI_BINS_COMMAND,
];
