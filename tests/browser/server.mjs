// A static file server for this machine: what `cargo xtask serve` runs and what the tests load pages from.
import { createReadStream } from "node:fs";
import { readFile, stat } from "node:fs/promises";
import { createServer } from "node:http";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const TYPES = {
  ".css": "text/css; charset=utf-8",
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".mjs": "text/javascript; charset=utf-8",
  ".png": "image/png",
  ".svg": "image/svg+xml",
  ".txt": "text/plain; charset=utf-8",
  ".wasm": "application/wasm",
  ".webmanifest": "application/manifest+json",
};

/**
 * Serves `folder` under `prefix` on 127.0.0.1.
 *
 * @param {string} folder
 * @param {{port?: number, prefix?: string, headers?: boolean, compress?: boolean, held?: (path: string) => boolean}} options `port` 0 takes a free one;
 *   `headers: false` leaves out the site's own `_headers`, as hosts do that do not know them; `compress` sends with brotli, as
 *   most hosts do; of what is `held`, the second half never comes.
 * @returns {Promise<{url: string, requests: {method: string, path: string, status: number}[], arrived(part: string): number, close(): Promise<void>}>}
 */
export async function serve(folder, { port = 0, prefix = "/", headers = true, compress = false, held = () => false } = {}) {
  const root = path.resolve(folder);
  const rules = headers ? await headerRules(root) : [];
  const send = compress ? sendCompressed() : sendPlain;
  const requests = [];
  const asked = [];
  const server = createServer(async (request, response) => {
    asked.push(request.url);
    response.on("close", () => requests.push({ method: request.method, path: request.url, status: response.statusCode }));
    await answer(root, prefix, rules, request, response, held(request.url) ? sendHalf : send);
  });
  await new Promise((resolve, reject) => server.once("error", reject).listen(port, "127.0.0.1", resolve));
  const close = () => new Promise((resolve) => server.close(resolve).closeAllConnections());
  const arrived = (part) => asked.filter((path) => path.includes(part)).length;
  return { url: `http://127.0.0.1:${server.address().port}${prefix}`, requests, arrived, close };
}

async function answer(root, prefix, rules, request, response, send) {
  const name = relativeName(request.url, prefix);
  const found = name === undefined ? { file: undefined } : await find(root, name);
  if (found.redirect) {
    const { search } = new URL(request.url, "http://localhost");
    response.writeHead(301, { Location: found.redirect + search }).end();
    return;
  }
  const file = found.file ?? path.join(root, "404.html");
  response.setHeader("Cache-Control", "no-store");
  for (const [key, value] of headersFor(rules, name ?? "")) response.setHeader(key, value);
  response.setHeader("Content-Type", TYPES[path.extname(file)] ?? "application/octet-stream");
  response.statusCode = found.file ? 200 : 404;
  if (request.method === "HEAD") response.end();
  else send(file, response);
}

function sendPlain(file, response) {
  createReadStream(file).on("error", () => response.end()).pipe(response);
}

async function sendHalf(file, response) {
  const whole = await readFile(file);
  response.setHeader("Content-Length", whole.length);
  response.write(whole.subarray(0, whole.length >> 1));
}

/** Compresses each file once. */
function sendCompressed() {
  const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };
  const made = new Map();
  const compressed = async (file) => promisify(brotliCompress)(await readFile(file), quality);
  return async (file, response) => {
    if (!made.has(file)) made.set(file, compressed(file));
    response.setHeader("Content-Encoding", "br");
    response.end(await made.get(file));
  };
}

/** The path below the prefix, without query; undefined where it is outside. */
function relativeName(url, prefix) {
  try {
    const { pathname } = new URL(url, "http://localhost");
    return pathname.startsWith(prefix) ? decodeURIComponent(pathname.slice(prefix.length)) : undefined;
  } catch {
    return undefined;
  }
}

/** A folder is its `index.html`, at the address that ends with a slash. */
async function find(root, name) {
  const file = path.join(root, name);
  if (file !== root && !file.startsWith(root + path.sep)) return {};
  const entry = await stat(file).catch(() => undefined);
  if (entry?.isFile()) return { file };
  if (!entry?.isDirectory()) return {};
  if (name !== "" && !name.endsWith("/")) return { redirect: `${path.basename(name)}/` };
  const index = path.join(file, "index.html");
  return (await stat(index).catch(() => undefined)) ? { file: index } : {};
}

/** Reads `_headers`: a line with a path, in which `*` stands for anything, then indented lines `Name: value`. */
async function headerRules(root) {
  const text = await readFile(path.join(root, "_headers"), "utf8").catch(() => "");
  const rules = [];
  for (const line of text.split("\n").filter((line) => line.trim() !== "")) {
    const [, key, value] = /^\s+([^:]+):\s*(.*)$/.exec(line) ?? [];
    if (key) rules.at(-1).headers.push([key, value]);
    else rules.push({ pattern: line.trim(), headers: [] });
  }
  return rules;
}

function headersFor(rules, name) {
  const matches = (pattern) => (pattern.endsWith("*") ? `/${name}`.startsWith(pattern.slice(0, -1)) : pattern === `/${name}`);
  return rules.filter(({ pattern }) => matches(pattern)).flatMap(({ headers }) => headers);
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  const [folder, port] = process.argv.slice(2);
  const { url } = await serve(folder, { port: Number(port) });
  console.log(`Waxseal is here, until you press Ctrl-C:\n${url}`);
}
