// January to March: the year is there, group 7 registers, the ward returns one part, the group answers, the ward receives
// it and registers itself with the city.
import assert from "node:assert/strict";

import { weigh } from "../lib/weight.mjs";
import { CAST, Person } from "../lib/person.mjs";
import { confirm, papers, fillPart, handIn } from "./parts.mjs";

/** A leader's first page may weigh this much over the wire, fonts aside. */
const FIRST_PAGE_BYTES = 40 * 1024;

export async function registration(stage, step) {
  const { pictures, ledger } = stage;

  await step("15/1: the year is there, and everybody sees what to do", async () => {
    await stage.server.start("2024-01-15");
    const [leader, officer, city] = await signedIn(stage, "leader", "officer", "city");
    await ledger.play("todo", leader, async () => {
      await leader.reads("Chào ông Trần Văn Lựu", "Còn 1 việc cần làm", "Nộp hồ sơ đăng ký", /hết thứ Bảy 30\/3/);
    });
    await leader.go(leader.link("Hồ sơ", { exact: true }));
    await leader.reads("Hồ sơ đăng ký: Tổ dân phố 7", "Nháp");
    await officer.home();
    await officer.reads("24 tổ dân phố", "Đăng ký đầu năm", "Chưa nộp");
    await ledger.play("wards", city, async () => {
      await city.reads("Phường Phước Long", "Phường Phước Hải", "Phường Vĩnh Nguyên", "0/24");
    });
    await closeAll(leader, officer, city);
  });

  await step("a leader's first pages weigh at most 40 KB", async () => {
    const leader = await Person.open(stage, CAST.leader);
    const signIn = await weigh(leader.page, () => leader.visit("/dang-nhap"));
    await leader.signIn();
    const home = await weigh(leader.page, () => leader.home());
    console.log(`first page over the wire without fonts: sign-in ${signIn} bytes, home ${home} bytes`);
    assert.ok(signIn <= FIRST_PAGE_BYTES, `sign-in: ${signIn} bytes`);
    assert.ok(home <= FIRST_PAGE_BYTES, `home: ${home} bytes`);
    await leader.close();
  });

  await step("12/3: group 7 registers", async () => {
    await stage.server.stop();
    await stage.server.start("2024-03-12");
    const [leader] = await signedIn(stage, "leader");
    await pictures.take(leader, "leader-home");
    await ledger.play("register", leader, async () => {
      await leader.go(leader.link("Bắt đầu"));
      await pictures.take(leader, "leader-dossier");
      await leader.go(leader.link("Làm tiếp: Nghị quyết"));
      await fillPart(leader, { ...papers.resolution, files: [stage.papers.resolution] }, () => pictures.take(leader, "leader-part"));
      await leader.go(leader.link("Làm tiếp: Kế hoạch"));
      await fillPart(leader, papers.plan);
      await leader.go(leader.link("Làm tiếp: Đăng ký"));
      await fillPart(leader, papers.pledge);
      await leader.reads("3/3 phần");
      await leader.go(leader.link("Kiểm tra và nộp"));
      await leader.reads("Số 05-NQ/CB", "nghi-quyet-chi-bo.pdf", "Trần Văn Lựu");
      await pictures.take(leader, "leader-check");
      await leader.choose(/Tôi đã xem/);
      await leader.go(leader.button("Nộp hồ sơ"));
    });
    await leader.reads("Đã nộp hồ sơ đăng ký", /PL-2024-DK-0?7/, "Sao chép để gửi Zalo");
    await pictures.take(leader, "leader-receipt");
    await leader.home();
    await leader.reads("Đã nộp", /Biên nhận PL-2024-DK/);
    await closeAll(leader);
  });

  await step("13/3: the ward returns one part, the group answers, the ward receives", async () => {
    await stage.server.stop();
    await stage.server.start("2024-03-13");
    const [leader, officer] = await signedIn(stage, "leader", "officer");
    await pictures.take(officer, "ward-home-march");
    await ledger.play("sendBack", officer, async () => {
      await officer.go(officer.link(/Tổ 7/).first());
      await officer.go(officer.link(/^Trả lại phần này.*Kế hoạch/));
      await officer.type(/Lý do cho Kế hoạch/, "Kế hoạch chưa có lịch tuần tra ban đêm. Bổ sung lịch theo tháng.");
      await officer.type("Trả lời chậm nhất ngày", "20/3/2024");
      await pictures.take(officer, "ward-return");
      await officer.go(officer.button("Trả lại các mục đã chọn"));
    });
    await officer.reads("Trả lại bổ sung", "lịch tuần tra ban đêm");
    await leader.home();
    await leader.reads("Sửa 1 mục phường trả lại", "Các mục khác giữ nguyên");
    await pictures.take(leader, "leader-home-returned");
    await ledger.play("fix", leader, async () => {
      await leader.go(leader.link("Xem lý do và sửa"));
      await pictures.take(leader, "leader-part-returned");
      await leader.reads("Cần sửa phần này", "lịch tuần tra ban đêm");
      await leader.type("Nội dung", `${papers.plan.content}\nLịch tuần tra: tối thứ Ba và thứ Bảy, từ 19 giờ đến 5 giờ.`);
      await leader.go(leader.button("Lưu phần này"));
      await confirm(leader);
    });
    await officer.home();
    await officer.go(officer.link(/Xem mục đổi/));
    await officer.reads("Đã nộp lại");
    await officer.go(officer.button("Tiếp nhận"));
    await officer.reads("Đã tiếp nhận");
    await leader.home();
    await leader.reads("Đã tiếp nhận", "Không còn việc nào chờ");
    await closeAll(leader, officer);
  });

  await step("13/3: the ward registers itself with the city, and the city receives", async () => {
    const [officer, city] = await signedIn(stage, "officer", "city");
    await officer.go(officer.link("Hồ sơ phường"));
    await officer.go(officer.link(/^Hồ sơ đăng ký/));
    await officer.go(officer.link("Làm tiếp: Nghị quyết"));
    await fillPart(officer, { ...papers.wardResolution, files: [stage.papers.resolution] });
    await officer.go(officer.link("Làm tiếp: Kế hoạch"));
    await fillPart(officer, papers.wardPlan);
    await officer.go(officer.link("Làm tiếp: Đăng ký"));
    await fillPart(officer, papers.wardPledge);
    await handIn(officer);
    await officer.reads("Đã nộp hồ sơ đăng ký", "PL-2024-DK");
    await city.home();
    await city.go(city.page.getByRole("row", { name: /Phước Long/ }).getByRole("link", { name: "Đã nộp" }));
    await city.go(city.button("Tiếp nhận"));
    await city.reads("Đã tiếp nhận");
    await closeAll(officer, city);
  });
}

/** Opens a browser for each and signs in. */
export async function signedIn(stage, ...names) {
  const people = [];
  for (const name of names) {
    const person = await Person.open(stage, CAST[name]);
    stage.people.add(person);
    await person.signIn();
    people.push(person);
  }
  return people;
}

export async function closeAll(...people) {
  for (const person of people) {
    person.stage.people.delete(person);
    await person.close();
  }
}
