// Somebody at a device: opens pages, presses what a person would press, types what a person would type. Every press is
// counted; nothing is sent past the pages.
import assert from "node:assert/strict";

import { inspect, listen } from "./inspect.mjs";

/** The password of every account of the demo (src/demo/people.rs). */
const PASSWORD = "tuan tra dem 2024";

/** What carries a session (src/web/session.rs). */
export const SESSION_COOKIE = "__Host-phien";

const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true, deviceScaleFactor: 2 };
const DESK = { viewport: { width: 1280, height: 800 } };

/** Those who play. */
export const CAST = {
  leader: { phone: "0900000207", name: "Trần Văn Lựu", device: PHONE, leader: true },
  ninth: { phone: "0900000209", name: "Bùi Hữu Đệ", device: PHONE, leader: true },
  neighbour: { phone: "0900000208", name: "Ngô Thị Thu Cúc", device: PHONE, leader: true },
  officer: { phone: "0900000300", name: "Đặng Thu Hồng", device: DESK },
  chair: { phone: "0900000310", name: "Võ Thị Thanh Tâm", device: DESK },
  // One person with two seats: his own, and that of the city's chair, whose delegate he is.
  city: { phone: "0900000400", name: "Hồ Minh Thạch", device: DESK, seat: /^Thường trực Ban chỉ đạo thành phố/ },
  cityForChair: { phone: "0900000400", name: "Hồ Minh Thạch", device: DESK, seat: /TL\./ },
  mayor: { phone: "0900000401", name: "Lê Thị Ngọc Diệp", device: DESK },
};

export class Person {
  /** Presses since the last time somebody asked for them to be counted. */
  presses = 0;
  /** What the server took for the pages since then, in milliseconds. */
  serverMs = 0;

  /** Opens a browser of this person's own, with an empty memory. */
  static async open(stage, who, settings = {}) {
    const person = new Person();
    const { device, ...rest } = who;
    Object.assign(person, rest, { stage, origin: stage.server.origin, script: settings.javaScriptEnabled !== false });
    person.context = await stage.browser.newContext({ locale: "vi-VN", timezoneId: "Asia/Ho_Chi_Minh", baseURL: person.origin, ...device, ...settings });
    person.context.setDefaultTimeout(10_000);
    await listen(person.context, stage.findings);
    person.page = await person.context.newPage();
    person.context.on("requestfinished", (request) => {
      if (request.resourceType() !== "document") return;
      const { requestStart, responseStart } = request.timing();
      if (responseStart > 0) person.serverMs += responseStart - Math.max(requestStart, 0);
    });
    return person;
  }

  async close() {
    await this.context.close();
  }

  /** Opens an address as one does from a bookmark, and looks at the page. */
  async visit(address) {
    const answer = await this.page.goto(address);
    await this.look();
    return answer;
  }

  async home() {
    return this.visit("/");
  }

  async look() {
    await inspect(this.page, this.stage.findings, { leader: this.leader, script: this.script });
  }

  /** Presses something that stays on the page. */
  async press(target) {
    await target.click();
    this.presses += 1;
  }

  /** Presses something that leads to another page, and looks at that. */
  async go(target) {
    await target.waitFor();
    const loaded = this.page.waitForEvent("load");
    await this.press(target);
    await loaded;
    await this.look();
  }

  link(name, options = {}) {
    return this.page.getByRole("link", { name, ...options });
  }

  /** A place of the menu, whatever else on the page leads there. */
  menu(name) {
    return this.page.getByRole("navigation", { name: "Chính" }).getByRole("link", { name, exact: true });
  }

  button(name, options = {}) {
    return this.page.getByRole("button", { name, ...options });
  }

  field(label) {
    return this.page.getByLabel(label);
  }

  /** Types into the field with this label. */
  async type(label, text) {
    await this.field(label).fill(text);
  }

  /** Chooses one of several, or sets a tick. */
  async choose(label, options = {}) {
    const box = this.page.getByLabel(label, options);
    // The input may be drawn by its label; the label is what a person presses.
    await box.locator("xpath=ancestor::label").click();
    this.presses += 1;
    assert.ok(await box.isChecked(), `${label} is chosen`);
  }

  /** Chooses a file: one press for the control, one in the device's own list. */
  async attach(label, ...files) {
    await this.field(label).setInputFiles(files);
    this.presses += 2;
  }

  async heading() {
    return (await this.page.getByRole("heading", { level: 1 }).innerText()).trim();
  }

  /** Fails unless the page says this. */
  async reads(...texts) {
    const text = (await this.page.locator("body").innerText()).replace(/\s+/g, " ");
    for (const one of texts) {
      const holds = one instanceof RegExp ? one.test(text) : text.includes(one);
      assert.ok(holds, `${this.name} does not read “${one}” on ${this.page.url()}:\n${text.slice(0, 1500)}`);
    }
  }

  /** One key of the keyboard that leads to another page. */
  async key(name) {
    const loaded = this.page.waitForEvent("load");
    await this.page.keyboard.press(name);
    this.presses += 1;
    await loaded;
    await this.look();
  }

  async signIn() {
    await this.visit("/dang-nhap");
    await this.enterPassword();
  }

  /** On the sign-in page, wherever it came up. */
  async enterPassword() {
    await this.page.getByLabel("Số điện thoại", { exact: true }).fill(this.phone);
    await this.page.getByLabel("Mật khẩu", { exact: true }).fill(PASSWORD);
    await this.go(this.button("Đăng nhập"));
    if (this.seat) await this.takeSeat();
  }

  /** Who holds several seats picks one; the last one is remembered. */
  async takeSeat() {
    const picker = this.page.getByRole("heading", { name: "Chọn vai" });
    if (!(await picker.isVisible())) {
      const held = await this.page.locator(".seat span").innerText();
      if (this.seat.test(held.trim())) return;
      await this.go(this.link("Đổi vai"));
    }
    await this.choose(this.seat);
    await this.go(this.button("Làm việc trong vai này"));
  }
}
