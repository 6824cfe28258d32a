// Pictures of pages, to be looked at by people: light and dark, narrow and wide.
import { copyFile, mkdir } from "node:fs/promises";
import path from "node:path";

import { NARROW, inspect } from "./inspect.mjs";

/** Widths with the height of their screens, in CSS pixels. */
const WIDTHS = { [NARROW]: 740, 1280: 800 };

/** The ones that the documentation shows. */
const SHOWN = [
  "leader-home-360-light",
  "leader-home-360-dark",
  "leader-dossier-360-light",
  "leader-part-360-light",
  "leader-check-360-light",
  "leader-receipt-360-light",
  "leader-assess-360-light",
  "leader-home-pledges-360-light",
  "leader-doors-360-light",
  "leader-doors-offline-360-light",
  "ward-home-1280-light",
  "ward-home-1280-dark",
  "ward-return-1280-light",
  "ward-judge-1280-light",
  "ward-dossier-1280-light",
  "ward-households-1280-light",
  "import-preview-1280-light",
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

  /**
   * Takes the page that somebody has open in every width and scheme, and looks at the dark ones as well. `fullPage: false` takes
   * what the screen shows, with what stays at its edge.
   */
  async take(person, name, { fullPage = true } = {}) {
    const { page } = person;
    const before = page.viewportSize();
    for (const colorScheme of ["light", "dark"]) {
      await page.emulateMedia({ colorScheme });
      for (const [width, height] of Object.entries(WIDTHS)) {
        await page.setViewportSize({ width: Number(width), height });
        const file = path.join(this.#stage.out, `${name}-${width}-${colorScheme}.png`);
        await page.screenshot({ path: file, fullPage, animations: "disabled", scale: Number(width) === NARROW ? "device" : "css" });
      }
      if (colorScheme === "dark") await inspect(page, this.#stage.findings, { leader: person.leader, script: person.script });
    }
    await page.emulateMedia({ colorScheme: null });
    await page.setViewportSize(before);
  }

  /** Copies the chosen ones to the documentation. */
  async copyTo(folder) {
    await mkdir(folder, { recursive: true });
    await Promise.all(SHOWN.map((name) => copyFile(path.join(this.#stage.out, `${name}.png`), path.join(folder, `${name}.png`))));
    console.log(`${SHOWN.length} pictures in ${folder}`);
  }
}
