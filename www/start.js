// Starts the page. What is there to be read is drawn first; then the app is loaded, and it starts in tasks of its own, so that
// nobody who scrolls or presses a key has to wait for all of it.

/** The app's files and their digests, which the browser compares. The build fills in both. */
const GLUE = { address: new URL("./waxseal-app.js", import.meta.url), integrity: "GLUE_INTEGRITY" };
const WASM = { address: new URL("./waxseal-app_bg.wasm", import.meta.url), integrity: "WASM_INTEGRITY" };

await firstPaint();
const [{ default: init }, module] = await Promise.all([glue(), compiled()]);
await nextTask();
await init({ module_or_path: module });

/** A page that is not seen is not drawn, and has nothing to wait for. */
function firstPaint() {
  return document.hidden || new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve)));
}

function nextTask() {
  return new Promise((resolve) => setTimeout(resolve));
}

/** A module is verified where it is loaded ahead; what is imported then is that. */
function glue() {
  const { href } = GLUE.address;
  document.head.append(Object.assign(document.createElement("link"), { rel: "modulepreload", integrity: GLUE.integrity, href }));
  return import(href);
}

/**
 * In one piece, since it is verified in one piece. And Firefox, once a few documents have been left while they compiled what was
 * still on its way, compiles nothing any more, in no tab of the site.
 */
async function compiled() {
  const response = await fetch(WASM.address, { integrity: WASM.integrity });
  return WebAssembly.compile(await response.arrayBuffer());
}
