import { render } from "solid-js/web";
import { App } from "./display/App.js";

const root = document.getElementById("app");
if (root !== null) render(() => <App />, root);
