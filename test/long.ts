export { isLong, longTest, some } from "../src/core/long.test-data.js";
