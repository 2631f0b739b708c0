// For Node: reads the WebAssembly that lies beside this file.
import { readFile } from "node:fs/promises";
import { initSync } from "./waxseal.js";

initSync({ module: await readFile(new URL("./waxseal_bg.wasm", import.meta.url)) });

export { Waxseal } from "./waxseal.js";
