// Starts the page.
import init from "./waxseal-app.js";

// The address changes from page to page, and with it what a relative address means.
for (const icon of document.querySelectorAll("link[rel=icon]")) icon.href = new URL(icon.getAttribute("href"), document.baseURI);

await init({ module_or_path: fetch(new URL("./waxseal-app_bg.wasm", import.meta.url)) });
