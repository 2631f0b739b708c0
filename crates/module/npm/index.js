// For browsers: fetches the WebAssembly that lies beside this file.
import { addOperations } from "./operations.js";
import init from "./waxseal.js";

await init();
addOperations();

export { Waxseal } from "./waxseal.js";
