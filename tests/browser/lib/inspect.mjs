// What every page is asked, whoever opened it and for whatever reason.
import axe from "axe-core";

const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
/** The narrowest telephone that the pages are made for, in CSS pixels. */
export const NARROW = 360;
/** Thumbs of sixty-year-olds, in CSS pixels. */
const TARGET = 44;

/** Everything that was found wrong, each thing once per kind of page. */
export class Findings {
  #found = new Map();
  /** Kinds of pages that were looked at, by address with its numbers taken out. */
  pages = new Set();
  looks = 0;

  add(check, page, detail) {
    const key = `${check}\n${page}\n${detail}`;
    this.#found.set(key, { check, page, detail, times: (this.#found.get(key)?.times ?? 0) + 1 });
  }

  of(check) {
    return [...this.#found.values()].filter((one) => one.check === check);
  }
}

/** "/ho-so/0192f…/phan/ke-hoach" as "/ho-so/{id}/phan/ke-hoach". */
export function kindOfPage(url) {
  const { pathname } = new URL(url);
  return pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, "{id}").replace(/(xac-minh)\/.*/, "$1/{code}").replace(/(tu-danh-gia|tham-dinh)\/[0-9].*/, "$1/{criterion}");
}

/** Runs in the page: violations of the accessibility rules. */
const violations = async (rules) => {
  const { violations: found } = await globalThis.axe.run(document, { runOnly: { type: "tag", values: rules }, resultTypes: ["violations"] });
  return found.flatMap((one) => one.nodes.map((node) => `${one.id}: ${node.target.join(" ")}: ${node.failureSummary.replace(/\s+/g, " ")}`));
};

/** Runs in the page: names that two elements bear, so that a label or a link leads to the wrong one. */
const sharedIds = () => {
  const ids = [...document.querySelectorAll("[id]")].map((element) => element.id);
  return [...new Set(ids.filter((id, place) => ids.indexOf(id) !== place))];
};

/** Runs in the page: what a thumb may miss. The target of a row is the row, when its link is stretched over it. */
const smallTargets = (least) => {
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const area = (element) => {
    if (getComputedStyle(element, "::after").position === "absolute") return (element.offsetParent ?? element).getBoundingClientRect();
    // What is drawn by its label is pressed there: radios, boxes, and files chosen by a button.
    const holder = element.matches("input[type=radio], input[type=checkbox], input[type=file].vh") ? element.closest("label") ?? element.labels?.[0] ?? element : element;
    return holder.getBoundingClientRect();
  };
  // A link inside a sentence is as high as its line; those are not buttons.
  const pressed = "button, a.btn, nav a, li > a, th > a, td > a, dd.change a, footer a, .part a, summary, select, textarea, input:not([type=hidden])";
  return [...document.querySelectorAll(pressed)].filter((element) => isShown(element) && !element.matches(".skip")).flatMap((element) => {
    const { width, height } = area(element);
    if (Math.round(height) >= least && Math.round(width) >= least) return [];
    const name = (element.innerText || element.name || element.className || "").trim().replace(/\s+/g, " ").slice(0, 50);
    return [`${element.localName}.${element.className} “${name}”: ${Math.round(width)}x${Math.round(height)}`];
  });
};

/** Runs in the page: how far it reaches beyond the screen, and what reaches. */
const overflow = () => {
  const root = document.scrollingElement;
  if (root.scrollWidth <= innerWidth) return null;
  const wide = [...document.querySelectorAll("main *, header *, footer *")].filter((element) => element.getBoundingClientRect().right > innerWidth + 1);
  const last = wide.at(-1);
  return `${root.scrollWidth} > ${innerWidth}: ${last ? `${last.localName}.${last.className} “${last.innerText?.slice(0, 40) ?? ""}”` : "?"}`;
};

/** Listens to what a page says when something is wrong with it. */
export async function listen(context, findings) {
  await context.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      console.error(`CSP: ${event.violatedDirective} ${event.blockedURI}`);
    });
  });
  context.on("console", (message) => {
    const text = message.text();
    // A refused form answers 422, a page that moved on 409, a session that ended 401; the browser reports them, and they are meant.
    // A network that we took away ourselves is reported as well.
    if (message.type() !== "error" || /status of (401|409|422)|ERR_INTERNET_DISCONNECTED/.test(text)) return;
    const where = message.page()?.url() ?? "about:blank";
    // A code that no certificate has answers 404.
    if (/status of 404/.test(text) && kindOfPage(where) === "/xac-minh/{code}") return;
    findings.add(/^CSP|Content Security Policy/.test(text) ? "csp" : "console", kindOfPage(where), text);
  });
  context.on("weberror", (error) => findings.add("console", kindOfPage(error.page()?.url() ?? "about:blank"), error.error().message));
}

/** Looks at the page that is open. `leader` also measures what a thumb has to hit. */
export async function inspect(page, findings, { leader = false, script = true } = {}) {
  const kind = kindOfPage(page.url());
  findings.pages.add(kind);
  findings.looks += 1;
  const wide = page.viewportSize();
  const narrow = async (look) => {
    if (wide.width === NARROW) return look();
    await page.setViewportSize({ width: NARROW, height: 740 });
    const seen = await look();
    await page.setViewportSize(wide);
    return seen;
  };
  const beyond = await narrow(() => page.evaluate(overflow));
  if (beyond) findings.add("sideways", kind, beyond);
  if (leader) (await page.evaluate(smallTargets, TARGET)).forEach((one) => findings.add("target", kind, one));
  (await page.evaluate(sharedIds)).forEach((id) => findings.add("accessibility", kind, `two elements are called #${id}`));
  // Without script in the page the rules cannot run in it either; the same pages are checked with script.
  if (!script) return;
  if (!(await page.evaluate(() => Boolean(globalThis.axe)))) await page.evaluate(axe.source);
  (await page.evaluate(violations, RULES)).forEach((one) => findings.add("accessibility", kind, one));
}
