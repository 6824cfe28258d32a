// The papers of the year, and how a person brings one in. All persons and numbers are invented.

export const papers = {
  resolution: { number: "05-NQ/CB", day: "12/1/2024", signer: "Phạm Quốc Bình" },
  plan: {
    number: "02/KH-TDP7",
    day: "20/2/2024",
    signer: "Trần Văn Lựu",
    content: "Giữ vững an ninh, trật tự trong tổ.\nMỗi tháng họp tổ một lần, nhắc các hộ khóa cửa, phòng cháy.",
  },
  pledge: { number: "03/ĐK-TDP7", day: "10/3/2024", signer: "Trần Văn Lựu", content: "Tổ dân phố 7 đăng ký phấn đấu đạt tiêu chuẩn năm 2024." },
  letter: { number: "11/TTr-TDP7", day: "4/11/2024", signer: "Trần Văn Lựu", content: "Tổ dân phố 7 đề nghị xét, công nhận năm 2024." },
  report: { number: "12/BC-TDP7", day: "4/11/2024", signer: "Trần Văn Lựu", content: "350/350 hộ đăng ký. Không có vụ việc nghiêm trọng." },
  minutes: { number: "13/BB-TDP7", day: "4/11/2024", signer: "Trần Văn Lựu" },
  wardResolution: { number: "31-NQ/ĐU", day: "8/1/2024", signer: "Nguyễn Hữu Phước" },
  wardPlan: { number: "120/KH-UBND", day: "15/1/2024", signer: "Võ Thị Thanh Tâm", content: "Kế hoạch bảo đảm an ninh, trật tự năm 2024 của phường." },
  wardPledge: { number: "121/ĐK-UBND", day: "16/1/2024", signer: "Võ Thị Thanh Tâm", content: "Phường đăng ký phấn đấu đạt tiêu chuẩn năm 2024." },
  wardLetter: { number: "905/TTr-UBND", day: "16/11/2024", signer: "Võ Thị Thanh Tâm", content: "Đề nghị thành phố xét, công nhận." },
  wardReport: { number: "906/BC-UBND", day: "16/11/2024", signer: "Võ Thị Thanh Tâm", content: "Kết quả cả năm theo từng tiêu chí." },
  wardMinutes: { number: "907/BB-BCĐ", day: "16/11/2024", signer: "Võ Thị Thanh Tâm", content: "Ban chỉ đạo phường họp ngày 16/11/2024." },
};

/** Fills the part that is open and saves it; `beforeSaving` may look at it. */
export async function fillPart(person, paper, beforeSaving) {
  if (paper.files) await person.attach(/^Tệp/, ...paper.files);
  await person.type("Số, ký hiệu", paper.number);
  await person.type("Ngày ký", paper.day);
  await person.type("Người ký", paper.signer);
  if (paper.content) await person.type("Nội dung", paper.content);
  await beforeSaving?.();
  await person.go(person.button("Lưu phần này"));
}

/** From the dossier's page: a last look, the tick, and in. */
export async function handIn(person) {
  await person.go(person.link("Kiểm tra và nộp"));
  await confirm(person);
}

/** On the page of the last look. */
export async function confirm(person) {
  await person.choose(/Tôi đã xem/);
  await person.go(person.button("Nộp hồ sơ"));
}

/** One key for "đạt"; where the program finds otherwise or cannot tell, the pen goes to the note first. */
export async function judgeMet(officer) {
  const asks = await officer.page.locator("button[name=ket-luan][value=met]").getAttribute("data-asks");
  if (asks === null) {
    await officer.key("1");
    return;
  }
  await officer.page.keyboard.press("1");
  officer.presses += 1;
  await officer.page.keyboard.type("Đã đối chiếu hồ sơ giấy, đủ căn cứ.");
  await officer.key("Control+Enter");
}
