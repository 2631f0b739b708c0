// Starts the module in a worker, in one of its lanes, or for the one stretching of a passphrase. The latter two are
// handed the module compiled.
import init, { initSync, start_lane, start_worker, stretch } from "./waxseal.js";

if (self.name === "lane") {
  self.onmessage = ({ data: module }) => {
    initSync({ module });
    start_lane();
  };
} else if (self.name === "stretch") {
  self.onmessage = ({ data: { module, passphrase, salt, logN } }) => {
    initSync({ module });
    self.postMessage(stretch(passphrase, salt, logN));
  };
} else {
  // In one piece: after one worker that ends while it compiles what is still on its way, Firefox compiles nothing any more.
  delete WebAssembly.instantiateStreaming;
  await init();
  start_worker();
}
