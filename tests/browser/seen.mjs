// What can be seen of a page, and what cannot: functions that run in it, for `page.evaluate`. Each returns what is wrong, as
// sentences, and none uses anything outside of itself.

/** Text that is cut off by something it stands in, and can neither be scrolled to nor unfolded, nor opened where it ends in “…”. */
export function cutText() {
  const heard = (element) => getComputedStyle(element).clipPath === "inset(50%)";
  const folded = (element) => element.matches(".folded") && element.nextElementSibling?.matches("button");
  const opened = (element) => element.matches("button, a") && getComputedStyle(element).textOverflow === "ellipsis";
  const cut = new Set();
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  while (texts.nextNode()) {
    const node = texts.currentNode;
    if (!node.data.trim() || !node.parentElement.checkVisibility({ visibilityProperty: true })) continue;
    range.selectNodeContents(node);
    const lines = [...range.getClientRects()].filter(({ width }) => width > 0);
    const scrolled = { x: false, y: false };
    for (let around = node.parentElement; around !== document.body; around = around.parentElement) {
      if (heard(around) || folded(around) || opened(around)) break;
      const style = getComputedStyle(around);
      const box = around.getBoundingClientRect();
      const hides = (axis, overflow) => {
        if (/auto|scroll/.test(overflow)) scrolled[axis] = true;
        return !scrolled[axis] && /hidden|clip/.test(overflow);
      };
      const wide = hides("x", style.overflowX) && lines.some(({ left, right }) => left < box.left - 1 || right > box.right + 1);
      const high = hides("y", style.overflowY) && lines.some(({ top, bottom }) => (top + bottom) / 2 > box.bottom || (top + bottom) / 2 < box.top);
      if (wide || high) cut.add(`${around.outerHTML.slice(0, 100)} cuts “${node.data.trim().slice(0, 40)}”`);
    }
  }
  return [...cut];
}

/** Text that stands on other text. What sticks to the window stands above it, as it should. */
export function textOnText() {
  const range = document.createRange();
  const lines = [];
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (texts.nextNode()) {
    const node = texts.currentNode;
    const parent = node.parentElement;
    if (!node.data.trim() || !parent.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    let [left, top, right, bottom] = [-Infinity, -Infinity, Infinity, Infinity];
    let drawn = true;
    for (let around = parent; around; around = around.parentElement) {
      const style = getComputedStyle(around);
      if (style.clipPath === "inset(50%)" || /sticky|fixed/.test(style.position)) drawn = false;
      if (style.overflowX === "visible" || around === document.documentElement) continue;
      const box = around.getBoundingClientRect();
      [left, top] = [Math.max(left, box.left), Math.max(top, box.top)];
      [right, bottom] = [Math.min(right, box.right), Math.min(bottom, box.bottom)];
    }
    if (!drawn) continue;
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const seen = { left: Math.max(line.left, left), right: Math.min(line.right, right), top: Math.max(line.top, top), bottom: Math.min(line.bottom, bottom) };
      if (seen.right - seen.left > 3 && seen.bottom - seen.top > 3) lines.push({ ...seen, node });
    }
  }
  lines.sort((a, b) => a.top - b.top);
  const found = new Set();
  for (const [at, one] of lines.entries()) {
    for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next += 1) {
      const other = lines[next];
      const wide = Math.min(one.right, other.right) - Math.max(one.left, other.left);
      const high = Math.min(one.bottom, other.bottom) - other.top;
      const least = Math.min(one.bottom - one.top, other.bottom - other.top);
      if (other.node !== one.node && wide > 3 && high > 0.4 * least) {
        found.add(`“${one.node.data.trim().slice(0, 40)}” and “${other.node.data.trim().slice(0, 40)}” are in one place`);
      }
    }
  }
  return [...found];
}

/** What can have the focus and shows no sign of it. The focus goes back to where it was. */
export function unmarkedFocus() {
  const before = document.activeElement;
  const [left, top] = [scrollX, scrollY];
  const outlined = (element) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(element);
    return outlineStyle === "auto" || (outlineStyle !== "none" && parseFloat(outlineWidth) >= 2);
  };
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const unmarked = stops.filter((stop) => {
    if (stop.disabled || !stop.checkVisibility({ visibilityProperty: true })) return false;
    stop.focus({ preventScroll: true });
    if (document.activeElement !== stop) return false;
    return ![stop, stop.closest("label"), stop.closest(".entry")].some((element) => element && outlined(element));
  });
  before?.focus({ preventScroll: true });
  if (document.activeElement !== before) document.activeElement.blur();
  scrollTo({ left, top, behavior: "instant" });
  return unmarked.map((element) => element.outerHTML.slice(0, 120));
}

/** What is chosen, pressed, current or not to be pressed, and looks as if it were not. */
export function unmarkedStates() {
  const STATES = {
    "aria-pressed": "true",
    "aria-selected": "true",
    "aria-current": "page step true location date",
    "aria-disabled": "true",
    disabled: "",
  };
  const CLASSES = ["is-now", "current", "key-chosen"];
  const PROPERTIES = ["color", "fontWeight", "textDecorationLine", "fill", "stroke", "content", "display", "opacity"];
  const EDGES = ["borderTop", "borderRight", "borderBottom", "borderLeft", "outline"];
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.backgroundColor = "Canvas";
  const paper = getComputedStyle(probe).backgroundColor;
  probe.remove();
  const surface = ({ backgroundColor: it }) => (it === paper || /^rgba.* 0\)$/.test(it) ? "" : it);
  const drawn = (style, edge) => (style[`${edge}Style`] !== "none" && style[`${edge}Width`] !== "0px" ? style[edge] : "");
  const properties = (style) => [...PROPERTIES.map((it) => style[it]), surface(style), ...EDGES.map((edge) => drawn(style, edge))].join();
  const look = (element) =>
    [element, ...element.querySelectorAll("*")]
      .flatMap((it) => [null, "::before", "::after"].map((pseudo) => properties(getComputedStyle(it, pseudo))))
      .join("\n");
  const found = [];
  for (const [state, values] of Object.entries(STATES)) {
    for (const element of document.querySelectorAll(`[${state}]`)) {
      const value = element.getAttribute(state);
      if (!values.split(" ").includes(value) || !element.checkVisibility() || element.matches("input, select, textarea, option")) continue;
      const before = look(element);
      const classes = element.className;
      element.removeAttribute(state);
      if (typeof classes === "string" && element.classList.length > 0) element.classList.remove(...CLASSES);
      const after = look(element);
      element.setAttribute(state, value);
      if (typeof classes === "string" && element.className !== classes) element.className = classes;
      if (before === after) found.push(`${state}: ${element.outerHTML.slice(0, 120)}`);
    }
  }
  return found;
}

/**
 * What can have the focus and is covered then. Its first line is looked at, above, below and in the middle.
 * The focus goes back to where it was. A page in which nothing sticks to the window covers nothing.
 */
export function coveredStops() {
  const sticks = (element) => /sticky|fixed/.test(getComputedStyle(element).position) && element.checkVisibility();
  if (![...document.querySelectorAll("body *")].some(sticks)) return [];
  const before = document.activeElement;
  const [left, top] = [scrollX, scrollY];
  const stops = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")];
  const seen = (element, x, y) => {
    const hit = document.elementFromPoint(x, y);
    return hit !== null && (element.contains(hit) || hit.contains(element));
  };
  // Down the page and up again: a browser scrolls no further than it has to.
  const covered = [...stops, ...stops.toReversed()].filter((stop) => {
    if (stop.disabled || !stop.checkVisibility({ visibilityProperty: true })) return false;
    stop.focus();
    if (document.activeElement !== stop) return false;
    const shown = stop.matches("label input") ? stop.closest("label") : stop;
    const line = shown.getClientRects()[0];
    const [above, below] = [Math.max(line.top, 0) + 2, Math.min(line.bottom, innerHeight) - 2];
    const middle = (Math.max(line.left, 0) + Math.min(line.right, innerWidth)) / 2;
    return ![above, (above + below) / 2, below].every((y) => seen(shown, middle, y));
  });
  before?.focus({ preventScroll: true });
  if (document.activeElement !== before) document.activeElement.blur();
  scrollTo({ left, top, behavior: "instant" });
  return [...new Set(covered)].map((element) => element.outerHTML.slice(0, 120));
}

/** Marks of a state that say nothing to those who do not see their colour or shape. */
export function wordlessMarks() {
  const marks = [...document.querySelectorAll(".state, .goal-mark, .mark")].filter((mark) => mark.checkVisibility());
  return marks.filter((mark) => !/\p{L}{3}/u.test(mark.innerText)).map((mark) => mark.outerHTML.slice(0, 120));
}

/** What is animated long enough to be seen. */
export function moving() {
  const long = document.getAnimations().filter(({ effect }) => effect.getComputedTiming().endTime > 10);
  return long.map(({ effect }) => effect.target?.outerHTML.slice(0, 120));
}

/** What can be pressed and is smaller than 24 by 24 pixels. A link within a sentence may be. */
export function smallTargets() {
  const targets = [...document.querySelectorAll("a[href], button, input, select, textarea, summary")];
  const dressed = (target) => (target.matches("label input") ? target.closest("label") : target);
  const inSentence = (target) =>
    getComputedStyle(target).display === "inline" && target.parentElement.textContent.trim() !== target.textContent.trim();
  return targets
    .filter((target) => target.checkVisibility({ visibilityProperty: true }) && !target.matches(".skip") && !inSentence(target))
    .map((target) => [target, dressed(target).getBoundingClientRect()])
    .filter(([, { width, height }]) => width < 24 || height < 24)
    .map(([target, { width, height }]) => `${target.outerHTML.slice(0, 120)} (${width.toFixed(0)} × ${height.toFixed(0)})`);
}

/** What sticks out of the window, unless it can be scrolled by itself. */
export function wideElements() {
  if (document.scrollingElement.scrollWidth <= innerWidth) return [];
  const sticksOut = (element) => element.getBoundingClientRect().right > innerWidth + 1;
  const culprits = [...document.querySelectorAll("body *")].filter((element) => sticksOut(element) && ![...element.children].some(sticksOut));
  return [`the page is ${document.scrollingElement.scrollWidth} pixels wide`, ...culprits.slice(0, 5).map((element) => element.outerHTML.slice(0, 120))];
}
