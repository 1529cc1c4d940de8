export { CLUSTER_COLORS, hexColor, type Rgb, viridis } from "./colors.js";
export {
  ConfigError,
  type ErrorCode,
  ExpectedError,
  FormatError,
  InputError,
  InterruptedError,
  OutputError,
  TransientError,
} from "./errors.js";
export { exactColumn, exactIntegers, type RawNumbers } from "./exact.js";
export { Random } from "./random.js";
export {
  checkTable,
  type Column,
  type ColumnSpec,
  type ColumnType,
  createColumn,
  createTable,
  type Schema,
  sliceTable,
  type Table,
} from "./table.js";
export { recordOf } from "./record.js";
export { TableBuilder } from "./table-builder.js";
export { wrapPhi } from "./angles.js";
export {
  clopperPearson,
  effectiveRms,
  fitLine,
  gaussianCore,
  incompleteBeta,
  type Interval,
  type LineFit,
  logGamma,
  mean,
  median,
  poissonInterval,
  quantile,
  quantiles,
  sortedEffectiveRms,
  sortedOf,
  sortedQuantile,
  standardDeviation,
  weightedQuantiles,
} from "./statistics.js";
export { binnedProfile, binOf, groupInBins } from "./bins.js";
export { bootstrap, type BootstrapOptions, drawInto, repeatInto } from "./bootstrap.js";
export { concurrently } from "./concurrently.js";
export { editDistance, nearest } from "./nearest.js";
export {
  choice,
  type ChoiceRow,
  defaultsOf,
  expectedOf,
  flag,
  type ListRow,
  type NumberRow,
  type ParameterPanel,
  type ParameterRow,
  type ParameterTable,
  type ParameterValues,
  quote,
  rangeOf,
  real,
  reals,
  type SwitchRow,
  whole,
  wholes,
  wrongValue,
} from "./parameter.js";
export {
  type Field,
  type Fields,
  isCount,
  isFlag,
  isListOf,
  isRecord,
  isText,
  isWith,
  type Json,
  lacking,
  parseRecord,
  readFields,
} from "./fields.js";
export { printable } from "./printable.js";
export { counted, noun, partsInWords } from "./words.js";
export { csvField, csvLine, csvNumber, type CsvValue } from "./csv.js";
export { shortNumber } from "./numbers.js";
export { copyRows, firstRowOf, rowsOfEntry, rowsWhere, spanOfEntry, takeRows } from "./rows.js";
