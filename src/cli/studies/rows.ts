/** The studies on the command line, in the order of `--help`. */
import { RADIUS_COMMAND } from "./radius.js";
import { SCAN_COMMAND } from "./scan.js";
import { type StudyCommand } from "./study-command.js";

export const STUDY_COMMANDS: readonly StudyCommand[] = [SCAN_COMMAND, RADIUS_COMMAND];
