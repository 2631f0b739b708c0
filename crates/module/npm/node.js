// For Node: reads the WebAssembly that lies beside this file.
import { readFile } from "node:fs/promises";
import { addOperations } from "./operations.js";
import { initSync } from "./waxseal.js";

initSync({ module: await readFile(new URL("./waxseal_bg.wasm", import.meta.url)) });
addOperations();

export { Waxseal } from "./waxseal.js";
