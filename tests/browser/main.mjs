// The whole browser suite in one process: the program is started and stopped between chapters, and findings about pages
// are collected on the way and judged at the end.
import assert from "node:assert/strict";
import path from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";

import { chromium } from "playwright-core";

import { city } from "./chapters/city.mjs";
import { edges } from "./chapters/edges.mjs";
import { households } from "./chapters/households.mjs";
import { official } from "./chapters/official.mjs";
import { registration } from "./chapters/registration.mjs";
import { request } from "./chapters/request.mjs";
import { Findings } from "./lib/inspect.mjs";
import { Ledger } from "./lib/jobs.mjs";
import { makePapers } from "./lib/papers.mjs";
import { Pictures } from "./lib/pictures.mjs";
import { Server } from "./lib/server.mjs";

/** The whole suite should take less than five minutes; a page that hangs must not hang the build. */
const PATIENCE_MS = 9 * 60_000;

const here = path.dirname(fileURLToPath(import.meta.url));
const settings = (name) => process.env[name] ?? assert.fail(`${name} is not set: start this with run.sh`);

const stage = {
  out: path.join(here, "out"),
  findings: new Findings(),
  ledger: new Ledger(),
  people: new Set(),
};

async function open() {
  const work = settings("BINHYEN_TEST_WORK");
  stage.server = new Server({ bin: settings("BINHYEN_BIN"), work, pg: settings("BINHYEN_TEST_PG"), out: stage.out });
  // As root the browser has no sandbox to offer; the pages are our own.
  const flags = ["--lang=vi", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])];
  stage.browser = await chromium.launch({ executablePath: settings("BINHYEN_CHROMIUM"), args: flags, env: { ...process.env, LANGUAGE: "vi" } });
  stage.papers = await makePapers(stage.browser, path.join(work, "papers"));
  stage.pictures = new Pictures(stage);
}

async function close() {
  await stage.browser?.close();
  await stage.server?.stop();
}

/** What the looks at all pages have found, one test for each kind of complaint. */
const QUALITY = {
  accessibility: "no page breaks a rule of WCAG 2.2 AA",
  console: "no page complains in the console",
  csp: "no page breaks its content security policy",
  sideways: "no page scrolls sideways at 360 px",
  target: "no target of a leader is smaller than 44 px",
};

test("the year 2024 in a browser", { timeout: PATIENCE_MS }, async (t) => {
  let broken = null;
  /** One step of the year. What comes after a broken step would fail for its reason and is only named. */
  const step = async (name, work) => {
    if (broken) {
      console.log(`not played, since “${broken}” failed: ${name}`);
      return;
    }
    await t.test(name, async () => {
      try {
        await work();
      } catch (error) {
        broken = name;
        await Promise.all([...stage.people].map((person) => person.page.screenshot({ path: path.join(stage.out, `failed-${person.phone}.png`) }).catch(() => {})));
        throw error;
      }
    });
  };
  try {
    await open();
    await registration(stage, step);
    await edges(stage, step);
    await households(stage, step);
    await request(stage, step);
    await official(stage, step);
    await city(stage, step);
    for (const [check, name] of Object.entries(QUALITY)) {
      await t.test(`${name} (${stage.findings.looks} looks, ${stage.findings.pages.size} kinds of pages)`, () => {
        const found = stage.findings.of(check).map(({ page, detail, times }) => `${page} (${times}x): ${detail}`);
        assert.equal(found.length, 0, found.join("\n"));
      });
    }
    await t.test("no job takes more presses or more of the server than it may", () => {
      console.log(`\n${stage.ledger.table()}\n`);
      assert.deepEqual(stage.ledger.failures(), []);
    });
    if (!broken && process.env.BINHYEN_TEST_ARGS?.includes("--docs")) {
      await stage.pictures.copyTo(path.join(here, "../../docs/shots"));
    }
  } finally {
    await close();
  }
});
