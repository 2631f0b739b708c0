// Keeps a copy of the site in the browser for use without a network, and offers a new version when there is one.

const { connection, serviceWorker: workers } = navigator;
const address = new URL("./service-worker.js", import.meta.url).href;
const DECLINED = "waxseal-offline-declined";
const HOUR = 3_600_000;
/** How long the page is left alone after it has loaded, in milliseconds. */
const REST = 4_000;
/** How long the tabs have to answer, in milliseconds. They do at once, unless they are busy or the browser has stopped them. */
const ANSWER = 5_000;
const LOST = {
  yes: "In a tab that is open, files are being worked on or are not saved yet. They are lost when it is reloaded.",
  unknown: "A tab that is open does not answer. What it has not saved yet is lost when it is reloaded.",
};

/** What is said above the page. */
const line = make("aside", { className: "version-line", ariaLabel: "About this site" });
/** The app clears the page when it starts. */
const stays = new MutationObserver(() => line.isConnected || document.body.prepend(line));

/** Whether this tab runs a version that another one can take the place of. */
let replaceable = Boolean(workers?.controller);

// Where nothing is kept, as in some private windows, the site works as it does without.
if (workers) start().catch(() => {});

async function start() {
  workers.addEventListener("message", ({ data, ports: [asker] }) => data === "at stake?" && asker.postMessage(atStake()));
  workers.addEventListener("controllerchange", () => {
    if (replaceable) location.reload();
    replaceable = true;
  });
  if (!workers.controller) {
    await rest();
    if (connection?.saveData && !(await asked())) return;
  }
  const rules = { createScriptURL: () => address };
  const policy = globalThis.trustedTypes?.createPolicy("waxseal-offline", rules) ?? rules;
  watch(await workers.register(policy.createScriptURL(""), { updateViaCache: "none" }));
}

/** The first page comes first. */
async function rest() {
  if (document.readyState !== "complete") {
    await new Promise((resolve) => addEventListener("load", resolve, { once: true }));
  }
  await new Promise((resolve) => setTimeout(resolve, REST));
  await new Promise((resolve) => (globalThis.requestIdleCallback ?? setTimeout)(resolve));
}

/** Whoever saves data is asked once; whoever has installed the site has said it. */
async function asked() {
  if (matchMedia("(display-mode: standalone)").matches) return true;
  if (localStorage.getItem(DECLINED)) return false;
  const yes = await say("Waxseal can be kept in this browser, to be used without a network. That takes a few megabytes.", "Keep it", "No, thanks");
  if (!yes) localStorage.setItem(DECLINED, "yes");
  return yes;
}

/** Offers the version that is ready, now or when it is; a tab that is open for long asks for one now and then. */
function watch(registration) {
  const offered = () => registration.active && registration.waiting && offer(registration);
  registration.addEventListener("updatefound", () => registration.installing.addEventListener("statechange", offered));
  offered();
  let asked = Date.now();
  document.addEventListener("visibilitychange", () => {
    if (document.hidden || Date.now() - asked < HOUR) return;
    asked = Date.now();
    registration.update().catch(() => {});
  });
}

/** A new version takes over in all tabs at once; what would be lost by that is said first. */
async function offer(registration) {
  if (!(await say("A new version of Waxseal is ready. Reloading brings it to every open tab.", "Reload", "Later"))) return;
  const lost = LOST[await anyAtStake(registration.active)];
  if (lost && !(await say(lost, "Reload all the same", "Later"))) return;
  replaceable = true;
  registration.waiting?.postMessage("take over");
}

/** Whether a reload of this tab would lose something: a file under way, or one that waits to be saved. */
function atStake() {
  return document.querySelector("progress:not([aria-hidden]), a[download]") !== null;
}

/** Has the worker that answers for the tabs ask them: `yes`, `no`, or `unknown` where one of them does not say. */
function anyAtStake(worker) {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage("at stake?", [port2]);
  return new Promise((resolve) => {
    port1.onmessage = ({ data }) => resolve(data ? "yes" : "no");
    setTimeout(resolve, ANSWER, "unknown");
  });
}

/** Shows the line with two answers to it, in place of what it said before. Whether the first is chosen. */
function say(words, yes, no) {
  const text = make("p", { role: "status" });
  const buttons = make("p", { className: "actions" });
  line.replaceChildren(text, buttons);
  document.body.prepend(line);
  stays.observe(document.body, { childList: true });
  // What is put into a live region that is already there is read out.
  setTimeout(() => (text.textContent = words), 100);
  return new Promise((resolve) => {
    const answer = (words, value) => make("button", { type: "button", className: "quiet", textContent: words, onclick: () => resolve(value) });
    buttons.append(answer(yes, true), answer(no, false));
  }).finally(withdraw);
}

function withdraw() {
  stays.disconnect();
  line.remove();
  document.getElementById("main")?.focus({ preventScroll: true });
}

function make(name, properties) {
  return Object.assign(document.createElement(name), properties);
}
