// Official papers: drafted from figures, issued, read on a phone and at a desk.
import { closeAll, signedIn } from "./registration.mjs";

export async function official(stage, step) {
  const { pictures } = stage;

  await step("16/11: the ward has its list drafted and issues it without typing a word", async () => {
    const [officer] = await signedIn(stage, "officer");
    await officer.go(officer.menu("Văn bản"));
    await officer.reads("Chương trình soạn sẵn từ số liệu đang có");
    await pictures.take(officer, "papers");
    await officer.go(officer.button("Soạn Danh sách đề nghị công nhận"));
    await officer.reads("Bản soạn", "Tổ dân phố 7", "Độc lập - Tự do - Hạnh phúc");
    await pictures.take(officer, "paper-ward");
    await officer.go(officer.button("Phát hành"));
    await officer.reads("Đã phát hành", "Võ Thị Thanh Tâm ký");
    await officer.go(officer.menu("Văn bản"));
    await officer.go(officer.link(/^Ban chỉ đạo phường: tên trên văn bản/));
    await officer.choose(/một dãy số chung$/);
    await pictures.take(officer, "paper-body");
    await officer.go(officer.button("Lưu", { exact: true }));
    await officer.go(officer.button("Soạn Báo cáo kết quả"));
    await officer.reads("Sổ bắt đầu từ số", "Tổ dân phố 24");
    await officer.go(officer.link("Số liệu đã đổi gì?"));
    await officer.reads("Số liệu vẫn như lúc soạn");
    await closeAll(officer);
  });

  await step("16/11: a leader reads a report that the program drafted, on a phone", async () => {
    const [leader] = await signedIn(stage, "leader");
    await leader.go(leader.menu("Xem thêm"));
    await leader.go(leader.link("Văn bản soạn sẵn"));
    await pictures.take(leader, "leader-papers");
    await leader.go(leader.button("Soạn Báo cáo kết quả"));
    await leader.reads("Bản soạn", "13/13 tiêu chí");
    await pictures.take(leader, "leader-paper");
    await leader.press(leader.page.getByText("Mở ô sửa"));
    await leader.type("Nơi nhận", "Như trên;\nLưu: tổ.");
    await leader.go(leader.button("Lưu lời văn"));
    await leader.reads("Khác với bản chương trình soạn");
    await closeAll(leader);
  });
}
