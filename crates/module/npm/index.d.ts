export * from "./waxseal.js";
