// Starts the module in a worker.
import init, { start_worker } from "./waxseal.js";

await init();
start_worker();
