// The text that scripts/build-report.mjs makes of plots/interact/report.ts.
declare module "#report-script" {
  /** JavaScript without `</script`. */
  export const REPORT_SCRIPT: string;
}
