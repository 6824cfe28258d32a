// Pictures of pages, to be looked at by people: light and dark, narrow and wide.
import { copyFile, mkdir, readdir, rm } from "node:fs/promises";
import path from "node:path";

import { inspect } from "./inspect.mjs";

const WIDTHS = { 360: 740, 1280: 800 };

/** The ones that the documentation shows. */
const SHOWN = [
  "leader-home-360-light",
  "leader-home-360-dark",
  "leader-dossier-360-light",
  "leader-part-360-light",
  "leader-check-360-light",
  "leader-receipt-360-light",
  "leader-assess-360-light",
  "ward-home-1280-light",
  "ward-home-1280-dark",
  "ward-return-1280-light",
  "ward-judge-1280-light",
  "ward-dossier-1280-light",
  "city-home-1280-light",
  "city-package-1280-light",
  "city-decide-1280-dark",
  "public-360-light",
];

export class Pictures {
  #stage;

  constructor(stage) {
    this.#stage = stage;
  }

  /** Takes the page that somebody has open in every width and scheme, and looks at the dark ones as well. */
  async take(person, name) {
    const { page } = person;
    const before = page.viewportSize();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: Number(width), height });
        await page.screenshot({ path: path.join(this.#stage.out, `${name}-${width}-${colorScheme}.png`), fullPage: true, animations: "disabled" });
      }
      if (colorScheme === "dark") await inspect(page, this.#stage.findings, { leader: person.leader, script: person.script });
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(before);
  }

  /** Copies the chosen ones to the documentation, in place of the older ones. */
  async copyTo(folder) {
    await mkdir(folder, { recursive: true });
    const old = (await readdir(folder)).filter((name) => name.endsWith(".png"));
    await Promise.all(old.map((name) => rm(path.join(folder, name))));
    await Promise.all(SHOWN.map((name) => copyFile(path.join(this.#stage.out, `${name}.png`), path.join(folder, `${name}.png`))));
    console.log(`${SHOWN.length} pictures in ${folder}`);
  }
}
