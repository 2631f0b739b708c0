// Starts the page.
import init from "./waxseal-app.js";

await init({ module_or_path: fetch(new URL("./waxseal-app_bg.wasm", import.meta.url)) });
