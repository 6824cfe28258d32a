// What goes wrong in real life: no script, a session that ended over a long text, a finger that presses twice, paper.
import assert from "node:assert/strict";

import { SESSION_COOKIE, CAST, Person } from "../lib/person.mjs";
import { closeAll, signedIn } from "./registration.mjs";
import { fillPart, handIn, papers } from "./parts.mjs";

const LONG_TEXT = Array.from({ length: 40 }, (_, line) => `Việc ${line + 1}: họp tổ, nhắc các hộ khóa cửa, phòng cháy, báo tin khi thấy lạ.`).join("\n");

export async function edges(stage, step) {
  const { pictures } = stage;

  await step("13/3: group 8 registers without JavaScript", async () => {
    const leader = await Person.open(stage, CAST.neighbour, { javaScriptEnabled: false });
    await leader.signIn();
    await leader.go(leader.link("Bắt đầu"));
    await leader.go(leader.link("Làm tiếp: Nghị quyết"));
    await fillPart(leader, { ...papers.resolution, files: [stage.papers.resolution] });
    await leader.go(leader.link("Làm tiếp: Kế hoạch"));
    await fillPart(leader, { ...papers.plan, number: "02/KH-TDP8", day: "30/3/2024" });
    await leader.reads("Chưa lưu được", "Ngày 30/3/2024 chưa tới");
    await pictures.take(leader, "no-script-error");
    await leader.type("Ngày ký", "20/2/2024");
    await leader.go(leader.button("Lưu phần này"));
    await leader.go(leader.link("Làm tiếp: Đăng ký"));
    await fillPart(leader, { ...papers.pledge, number: "03/ĐK-TDP8" });
    await handIn(leader);
    await leader.reads("Đã nộp hồ sơ đăng ký", /PL-2024-DK/);
    await leader.close();
  });

  await step("13/3: a session ends over a long text, and the text comes back", async () => {
    const [leader] = await signedIn(stage, "ninth");
    await leader.go(leader.link("Bắt đầu"));
    await leader.go(leader.link(/Kế hoạch bảo đảm/));
    await leader.type("Số, ký hiệu", "02/KH-TDP9");
    await leader.type("Nội dung", LONG_TEXT);
    await leader.context.clearCookies({ name: SESSION_COOKIE });
    await leader.go(leader.button("Lưu phần này"));
    await leader.reads("Đăng nhập", "Chữ đã gõ vẫn còn");
    await pictures.take(leader, "session-ended");
    await leader.enterPassword();
    await leader.reads("Chữ đã gõ vẫn còn");
    await leader.go(leader.button("Mở lại trang đang viết"));
    assert.equal(await leader.field("Nội dung").inputValue(), LONG_TEXT);
    assert.equal(await leader.field("Số, ký hiệu").inputValue(), "02/KH-TDP9");
    await leader.type("Ngày ký", "20/2/2024");
    await leader.type("Người ký", "Bùi Hữu Đệ");
    await leader.go(leader.button("Lưu phần này"));
    await leader.reads("Số 02/KH-TDP9");
    await closeAll(leader);
  });

  await step("13/3: pressing twice hands in once", async () => {
    const [leader] = await signedIn(stage, "ninth");
    await leader.go(leader.link("Làm tiếp"));
    await leader.go(leader.link("Làm tiếp: Nghị quyết"));
    await fillPart(leader, { ...papers.resolution, files: [stage.papers.resolution] });
    await leader.go(leader.link("Làm tiếp: Đăng ký"));
    await fillPart(leader, { ...papers.pledge, number: "03/ĐK-TDP9" });
    await leader.go(leader.link("Kiểm tra và nộp"));
    await leader.choose(/Tôi đã xem/);
    const sent = [];
    leader.page.on("request", (one) => one.method() === "POST" && sent.push(one.url()));
    const loaded = leader.page.waitForEvent("load");
    await leader.button("Nộp hồ sơ").dblclick();
    await loaded;
    await leader.look();
    await leader.reads("Đã nộp hồ sơ đăng ký");
    assert.equal(sent.length, 1, "the second press sent nothing");
    await leader.go(leader.link("Xem hồ sơ"));
    assert.equal(await leader.page.getByText("Nộp hồ sơ", { exact: true }).count(), 1, "one line in the story");
    await closeAll(leader);
  });

  await step("13/3: a dossier prints on a few sheets, without menus and buttons", async () => {
    const [officer] = await signedIn(stage, "officer");
    await officer.go(officer.link(/Tổ 7/).first());
    await officer.page.emulateMedia({ media: "print" });
    for (const gone of ["nav", ".btn", "footer .foot__acts"]) {
      const shown = officer.page.locator(`${gone}:visible`);
      assert.equal(await shown.count(), 0, `${gone} is not printed`);
    }
    await officer.page.screenshot({ path: `${stage.out}/print-dossier.png`, fullPage: true });
    const pdf = (await officer.page.pdf({ format: "A4", path: `${stage.out}/print-dossier.pdf` })).toString("latin1");
    const sheets = pdf.match(/\/Type\s*\/Page\b(?!s)/g)?.length ?? 0;
    assert.ok(sheets >= 1 && sheets <= 3, `${sheets} sheets`);
    await closeAll(officer);
  });
}
