// The site without a network: keeps every file of one version and answers from them.
//
// Files are kept by what is in them. So a new version fetches only what has changed, and is whole beside the one in use
// until people agree to it. What could not be verified is not kept, and then the version in use stays.

/** Each file of the site and its SHA-256, as `integrity` has it. The build fills in the list. */
const FILES = {};

/** A digest of the headers that all files come with. When these change, all is fetched again. */
const HEADERS = "";

const ROOT = new URL(self.registration.scope);
const OURS = `waxseal ${ROOT.pathname} `;
const CACHE = OURS + HEADERS;
const AT_A_TIME = 3;

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("fetch", answer);
self.addEventListener("message", ({ data, ports: [asker] }) => {
  if (data === "take over") self.skipWaiting();
  // Not waited for: this version is not to stay because of a tab that does not answer.
  if (data === "at stake?") askTabs(asker);
});

/** Fetches what is not here yet. What an interrupted try has left is used. */
async function install() {
  const cache = await caches.open(CACHE);
  const here = new Set((await cache.keys()).map(({ url }) => url));
  const missing = new Map(Object.keys(FILES).map((path) => [placeOf(path), path]));
  for (const place of here) missing.delete(place);
  const left = [...missing];
  const lane = async () => {
    for (let next = left.shift(); next; next = left.shift()) await keep(cache, ...next);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, lane));
}

/** Fetches one file. The browser compares its digest; nothing but the whole file has it. */
async function keep(cache, place, path) {
  const address = new URL(path.replace(/(^|\/)index\.html$/, "$1"), ROOT);
  const get = (mode) => fetch(address, { cache: mode, integrity: FILES[path], redirect: "error" });
  // What the browser had from before may be of another version or damaged.
  const response = await get("no-cache").catch(() => get("reload"));
  if (response.status !== 200) throw new Error(`${address} answers with status ${response.status}`);
  await cache.put(place, response);
}

/** Lets go of the version before and answers for the tabs that are open. */
async function activate() {
  const names = (await caches.keys()).filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(names.map((name) => caches.delete(name)));
  const cache = await caches.open(CACHE);
  const wanted = new Set(Object.keys(FILES).map(placeOf));
  const old = (await cache.keys()).filter(({ url }) => !wanted.has(url));
  await Promise.all(old.map((request) => cache.delete(request)));
  await self.clients.claim();
}

/** Says whether a reload would lose something in any tab: as soon as one says so, or when all have said that it would not. */
async function askTabs(asker) {
  const ask = (tab) =>
    new Promise((resolve) => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = ({ data }) => (data ? asker.postMessage(true) : resolve());
      tab.postMessage("at stake?", [port2]);
    });
  const tabs = await self.clients.matchAll();
  await Promise.all(tabs.map(ask));
  asker.postMessage(false);
}

/** Where a file is kept: files of the same name and content share a place. */
function placeOf(path) {
  const name = path.slice(path.lastIndexOf("/") + 1);
  return new URL(`?kept=${encodeURIComponent(`${FILES[path]} ${name}`)}`, ROOT).href;
}

function answer(event) {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || request.headers.has("range") || !url.href.startsWith(ROOT.href)) return;
  const path = pathOf(url);
  const page = request.mode === "navigate";
  if (Object.hasOwn(FILES, path)) event.respondWith(kept(path).then((response) => response ?? fetch(request)));
  else if (page && Object.hasOwn(FILES, `${path}/index.html`)) event.respondWith(toFolder(url));
  else if (page) event.respondWith(fetch(request).catch(noSuchPage));
}

/** The file that an address stands for: a folder is its page. */
function pathOf(url) {
  const path = url.pathname.slice(ROOT.pathname.length);
  return path === "" || path.endsWith("/") ? `${path}index.html` : path;
}

/** A kept file, unless the browser has thrown it away. */
async function kept(path) {
  try {
    const cache = await caches.open(CACHE);
    return await cache.match(placeOf(path), { ignoreVary: true });
  } catch {
    return undefined;
  }
}

/** As hosts do: the address of a folder ends with a slash. */
function toFolder(url) {
  const folder = new URL(url);
  folder.pathname += "/";
  return Response.redirect(folder, 301);
}

/** Without a network, an address that is not of this version is of none. */
async function noSuchPage() {
  const page = await kept("404.html");
  return page ? new Response(page.body, { status: 404, headers: page.headers }) : Response.error();
}
