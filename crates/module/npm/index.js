// For browsers: fetches the WebAssembly that lies beside this file.
import init from "./waxseal.js";

await init();

export { Waxseal } from "./waxseal.js";
