// Starts the module in a worker, or in one of its lanes. A lane is handed the module compiled.
import init, { initSync, start_lane, start_worker } from "./waxseal.js";

if (self.name === "lane") {
  self.onmessage = ({ data: module }) => {
    initSync({ module });
    start_lane();
  };
} else {
  await init();
  start_worker();
}
