export { type AppOptions, createApp } from "./app.js";
export { readAssets } from "./assets.js";
export { type Listening, listen } from "./listen.js";
export { type DataCheck, checkData } from "./check.js";
