// November: group 7 assesses itself and asks to be recognised, the ward appraises, the chair recommends, and the ward sends
// its own request with the group in it.
import { closeAll, signedIn } from "./registration.mjs";
import { confirm, fillPart, papers, judgeMet } from "./parts.mjs";

/** A group is judged by thirteen criteria, the ward by eight. */
const OF_GROUP = 13;
const OF_WARD = 8;

export async function request(stage, step) {
  const { pictures, ledger } = stage;

  await step("5/11: group 7 assesses itself, one criterion on a screen", async () => {
    await stage.server.stop();
    await stage.server.start("2024-11-05");
    const [leader] = await signedIn(stage, "leader");
    await leader.reads("Nộp hồ sơ đề nghị xét duyệt", /hết thứ Sáu 15\/11/);
    await ledger.play("assess", leader, async () => {
      await leader.go(leader.link("Bắt đầu"));
      for (let number = 1; number <= OF_GROUP; number += 1) {
        await leader.reads(`Tiêu chí ${number}/${OF_GROUP}`);
        if (number === 3) await pictures.take(leader, "leader-assess");
        await assess(leader, number);
      }
    });
    await leader.reads("13/13 tiêu chí", "349/350");
    await closeAll(leader);
  });

  await step("5/11: the last household has registered, with a photo as evidence", async () => {
    const [leader] = await signedIn(stage, "leader");
    await leader.go(leader.link("Làm tiếp"));
    await leader.go(leader.link("100% hộ đăng ký tham gia"));
    await leader.press(leader.page.getByText("trước khi gửi"));
    await leader.type("Ngày của việc trong tệp", "4/11/2024");
    // Sent and saved by itself, while the form stays as it is.
    await leader.attach("Chụp ảnh hoặc chọn tệp", stage.papers.photo);
    await leader.page.getByText("Đã lưu").waitFor();
    await leader.reads("tuan-tra-dem.jpg", "ngày 4/11/2024, trong thời gian xét");
    await leader.type("Số đã có", "350");
    await leader.type("Ghi chú", "");
    await leader.go(leader.button("Đạt", { exact: true }));
    await leader.reads("350/350", "1 minh chứng");
    await pictures.take(leader, "leader-dossier-assessed");
    await ledger.play("photo", leader, async () => {
      await leader.go(leader.link("Thêm ảnh minh chứng"));
      await leader.attach(/^Thêm ảnh: Thực hiện đường lối/, stage.papers.photo);
      await leader.page.getByText("Đã lưu").waitFor();
    });
    await leader.reads("tuan-tra-dem.jpg");
    await pictures.take(leader, "leader-evidence");
    await closeAll(leader);
  });

  await step("5/11: four parts, submitted, with a receipt", async () => {
    const [leader] = await signedIn(stage, "leader");
    await leader.go(leader.link("Làm tiếp"));
    for (const [name, paper] of [["Tờ trình", papers.letter], ["Báo cáo", papers.report], ["Biên bản", { ...papers.minutes, files: [stage.papers.minutes] }]]) {
      await leader.go(leader.link(`Làm tiếp: ${name}`));
      await fillPart(leader, paper);
    }
    await leader.go(leader.link(/Tài liệu khác có liên quan/));
    await leader.attach(/^Tệp/, stage.papers.photo);
    await leader.go(leader.button("Lưu phần này"));
    await leader.reads("4/4 phần");
    await ledger.play("request", leader, async () => {
      await leader.go(leader.link("Làm tiếp"));
      await confirm(leader);
    });
    await leader.reads("Đã nộp hồ sơ đề nghị xét duyệt", /PL-2024-/);
    await closeAll(leader);
  });

  await step("5/11: the ward receives, and judges every criterion beside what the group says", async () => {
    const [officer] = await signedIn(stage, "officer");
    await pictures.take(officer, "ward-home");
    await officer.go(officer.link(/Xem và tiếp nhận/));
    await officer.go(officer.button("Tiếp nhận"));
    await ledger.play("judge", officer, async () => {
      await officer.go(officer.link(/Thẩm định tiếp/));
      await officer.go(officer.link(/Thẩm định tiếp/));
      for (let number = 1; number <= OF_GROUP; number += 1) {
        await officer.reads(`${number}/${OF_GROUP}`, "Đơn vị tự đánh giá");
        if (number === 3) {
          await officer.reads("350/350", "tuan-tra-dem.jpg", "trong thời gian xét");
          await pictures.take(officer, "ward-judge");
        }
        await judgeMet(officer);
      }
      await officer.go(officer.button("Thẩm định xong"));
    });
    await officer.reads("Đã thẩm định", "13/13 đã thẩm định");
    await pictures.take(officer, "ward-dossier");
    await closeAll(officer);
  });

  await step("16/11: the chair recommends", async () => {
    await stage.server.stop();
    await stage.server.start("2024-11-16");
    const [chair] = await signedIn(stage, "chair");
    await chair.go(chair.link(/^Kết luận/));
    await chair.go(chair.link("Kết luận"));
    await chair.choose(/^Đề nghị/);
    await pictures.take(chair, "ward-conclude");
    await chair.go(chair.button("Ghi kết luận"));
    await chair.reads("Đề nghị công nhận");
    await closeAll(chair);
  });

  await step("17/11: the ward assesses itself and sends its package", async () => {
    await stage.server.stop();
    await stage.server.start("2024-11-17");
    const [officer] = await signedIn(stage, "officer");
    await officer.go(officer.link("Hồ sơ phường"));
    await officer.go(officer.link(/^Hồ sơ đề nghị/));
    await officer.go(officer.link("Nghị quyết của Đảng ủy phường trong quý I"));
    for (let number = 1; number <= OF_WARD; number += 1) {
      await officer.reads(`Tiêu chí ${number}/${OF_WARD}`);
      // One group of twenty-four has come this far; the ward says so itself.
      if (number >= 7) {
        await officer.type("Số đã có", "1");
        await officer.type("Tổng số", "24");
        await officer.press(officer.page.getByText("Thêm ghi chú"));
        await officer.type("Ghi chú", "Mới có Tổ dân phố 7 làm xong, các tổ khác còn nháp.");
        await officer.go(officer.button("Chưa đạt", { exact: true }));
      } else {
        await officer.go(officer.button("Đạt", { exact: true }));
      }
    }
    for (const [name, paper] of [["Tờ trình", papers.wardLetter], ["Báo cáo", papers.wardReport], ["Biên bản", papers.wardMinutes]]) {
      await officer.go(officer.link(`Làm tiếp: ${name}`));
      await fillPart(officer, paper);
    }
    await officer.go(officer.link("Kiểm tra và nộp"));
    await officer.reads("Gói hồ sơ của phường");
    await officer.choose(/Tôi đã xem/);
    await officer.go(officer.button("Nộp hồ sơ"));
    await officer.reads("Đã nộp hồ sơ đề nghị xét duyệt");
    await closeAll(officer);
  });
}

/** What group 7 says of each criterion, with one press: one household is still missing at the third. */
async function assess(leader, number) {
  if (number === 3) {
    await leader.type("Số đã có", "349");
    await leader.type("Tổng số", "350");
    await leader.press(leader.page.getByText("Thêm ghi chú"));
    await leader.type("Ghi chú", "Còn một hộ mới chuyển đến chưa đăng ký.");
  }
  await leader.go(leader.button(number === 3 ? "Chưa đạt" : "Đạt", { exact: true }));
}
