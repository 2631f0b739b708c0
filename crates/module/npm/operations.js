// Makes a method of every operation of the service: `createKey(input)` calls CreateKey.
import { operationNames, Waxseal } from "./waxseal.js";

/** Has to run once, after the WebAssembly is there. */
export function addOperations() {
  for (const name of operationNames()) {
    const method = name[0].toLowerCase() + name.slice(1);
    Waxseal.prototype[method] = function (input) {
      return this.operate(name, input);
    };
  }
}
