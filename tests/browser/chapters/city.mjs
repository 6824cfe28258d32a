// After 17 November: the city receives the ward's package, reviews it, and decides: first the group, then the ward.
import { judgeMet } from "./parts.mjs";
import { CAST, Person } from "../lib/person.mjs";
import { closeAll, signedIn } from "./registration.mjs";

const OF_WARD = 8;

export async function city(stage, step) {
  const { pictures, ledger } = stage;

  await step("18/11: the city receives the package and judges the ward", async () => {
    await stage.server.stop();
    await stage.server.start("2024-11-18");
    const [officer] = await signedIn(stage, "city");
    await officer.home();
    await officer.reads("1/3 gói");
    await pictures.take(officer, "city-home");
    await ledger.play("openPackage", officer, async () => {
      await officer.go(officer.link("Phường Phước Long", { exact: true }));
    });
    await officer.reads("gói hồ sơ năm 2024", "Tổ dân phố 7");
    await officer.go(officer.link("Tổ dân phố 7"));
    await officer.reads("Đã gửi thành phố", "350/350");
    await officer.home();
    await officer.go(officer.link("Phường Phước Long", { exact: true }));
    await officer.go(officer.link("Hồ sơ đề nghị xét duyệt"));
    await officer.go(officer.button("Tiếp nhận"));
    await officer.go(officer.link(/Thẩm định tiếp/));
    for (let number = 1; number <= OF_WARD; number += 1) {
      await officer.reads(`${number}/${OF_WARD}`, "Đơn vị tự đánh giá");
      if (number < 7) {
        await judgeMet(officer);
      } else {
        await officer.type("Lý do hoặc ghi chú", "Mới 1/24 tổ.");
        await officer.go(officer.page.locator("button[name=ket-luan][value=not_met]"));
      }
    }
    await officer.go(officer.button("Thẩm định xong"));
    await officer.go(officer.link("Kết luận"));
    await officer.choose(/^Không đề nghị/);
    await officer.type("Lý do", "Khoản 4.1 và 4.2 chưa đạt: 1/24 tổ.");
    await officer.go(officer.button("Ghi kết luận"));
    await officer.reads("Không đề nghị");
    await closeAll(officer);
  });

  await step("18/11: the city's chair sees to whom she lent her seat", async () => {
    const [mayor] = await signedIn(stage, "mayor");
    await mayor.go(mayor.link("Ủy quyền"));
    await mayor.reads("Hồ Minh Thạch", "TL.");
    await pictures.take(mayor, "delegations");
    await mayor.go(mayor.link("Ủy quyền vai này"));
    await closeAll(mayor);
  });

  await step("25/11: acting for the chair, the city recognises group 7, and then decides on the ward", async () => {
    await stage.server.stop();
    await stage.server.start("2024-11-25");
    const [officer] = await signedIn(stage, "cityForChair");
    await officer.reads("TL.");
    await officer.go(officer.link("Phường Phước Long", { exact: true }));
    await pictures.take(officer, "city-package");
    await officer.type("Số quyết định", "6120/QĐ-UBND");
    await officer.type("Ngày ký", "25/11/2024");
    await officer.type("Người ký", "Hồ Minh Thạch");
    await officer.go(officer.button("Công nhận các tổ đã chọn"));
    await officer.home();
    await officer.go(officer.link("Phường Phước Long", { exact: true }));
    await officer.reads("Công nhận");
    await officer.go(officer.link("Tổ dân phố 7"));
    await officer.reads("Công nhận đạt tiêu chuẩn", "6120/QĐ-UBND", "TL.");
    await officer.home();
    await officer.go(officer.link("Phường Phước Long", { exact: true }));
    await officer.go(officer.link("Hồ sơ đề nghị xét duyệt"));
    await officer.go(officer.link("Ghi quyết định"));
    await officer.choose(/^Không công nhận/);
    await officer.type("Lý do", "Khoản 4.1 và 4.2 chưa đạt: 1/24 tổ.");
    await officer.type("Số quyết định", "6121/QĐ-UBND");
    await officer.type("Ngày ký", "25/11/2024");
    await officer.type("Người ký", "Hồ Minh Thạch");
    await pictures.take(officer, "city-decide");
    await officer.go(officer.button("Ghi quyết định"));
    await officer.reads("Không công nhận", "6121/QĐ-UBND");
    await closeAll(officer);
  });

  await step("25/11: the city issues the certificate, and anybody who holds it checks it", async () => {
    const [officer] = await signedIn(stage, "city");
    await ledger.play("certificates", officer, async () => {
      await officer.go(officer.link("Giấy công nhận của phường Phước Long"));
      await pictures.take(officer, "city-certificates");
      await officer.type("Số của giấy đầu tiên", "7");
      await officer.go(officer.button("Cấp giấy cho đơn vị đã chọn"));
    });
    await officer.reads("Đã cấp giấy công nhận", "07/GCN-UBND", "1/1 giấy");
    await pictures.take(officer, "city-certificates-issued");
    const file = officer.page.waitForEvent("download");
    await officer.press(officer.link("PDF của Tổ dân phố 7"));
    const paper = await (await file).path();
    const address = await officer.link("Trang kiểm tra của Tổ dân phố 7").getAttribute("href");
    const anybody = await Person.open(stage, { name: "ai cũng xem được", phone: "", device: CAST.leader.device, leader: true });
    await anybody.visit("/xac-minh");
    await pictures.take(anybody, "check-code");
    await anybody.type("Mã trên giấy", address.split("/").pop().toLowerCase());
    await anybody.go(anybody.button("Kiểm tra"));
    await anybody.reads("Giấy công nhận có giá trị", "Tổ dân phố 7", "6120/QĐ-UBND");
    await pictures.take(anybody, "certificate-valid");
    await anybody.press(anybody.page.getByText("Có tệp PDF? So với tệp đã cấp"));
    await anybody.attach("Tệp PDF của giấy này", paper);
    await anybody.go(anybody.button("So tệp"));
    await anybody.reads("Tệp vừa chọn đúng là tệp đã cấp");
    await pictures.take(anybody, "certificate-compared");
    await anybody.visit("/xac-minh/00000000000000000000000000");
    await anybody.reads("Không có giấy công nhận nào mang mã này");
    await pictures.take(anybody, "certificate-unknown");
    await anybody.close();
    await closeAll(officer);
  });

  await step("25/11: everybody may read who was recognised", async () => {
    const anybody = await Person.open(stage, { name: "ai cũng xem được", phone: "", device: CAST.leader.device, leader: true });
    await anybody.visit("/cong-khai");
    await anybody.reads("Phường Phước Long", "1/24 tổ", "Tổ dân phố 7", "6120/QĐ-UBND");
    await pictures.take(anybody, "public");
    await anybody.close();
    const [leader] = await signedIn(stage, "leader");
    await leader.reads("Công nhận");
    await leader.go(leader.link("Hồ sơ đề nghị xét duyệt"));
    await leader.reads("Đạt tiêu chuẩn, đã được công nhận", "6120/QĐ-UBND");
    await pictures.take(leader, "leader-recognised");
    await closeAll(leader);
  });
}
