export { Waxseal } from "./waxseal.js";
export type * from "./waxseal.js";
