// How many presses a job takes, counted from the start page; typing is not counted, a tap into a field neither.

/**
 * The jobs, with the number that the product wants to reach (`target`) and the number that it must not exceed (`holds`).
 * Where the two differ the product is not there yet; `holds` then keeps it from getting worse. `seconds` is for the server.
 */
export const JOBS = {
  todo: { words: "tổ trưởng: xem việc phải làm", target: 0, holds: 0, seconds: 3 },
  register: { words: "tổ trưởng: nộp hồ sơ đăng ký, giấy tờ có sẵn", target: 12, holds: 12, seconds: 3 },
  fix: { words: "tổ trưởng: sửa mục bị trả lại, nộp lại", target: 4, holds: 4, seconds: 3 },
  assess: { words: "tổ trưởng: tự đánh giá 13 tiêu chí", target: 15, holds: 15, seconds: 5 },
  request: { words: "tổ trưởng: nộp hồ sơ đề nghị, có biên nhận", target: 3, holds: 3, seconds: 3 },
  photo: { words: "tổ trưởng: thêm ảnh minh chứng", target: 3, holds: 3, seconds: 3 },
  pledge: { words: "tổ trưởng: ghi một hộ đã ký cam kết", target: 1, holds: 1, seconds: 2 },
  import: { words: "phường: lấy 10.000 hộ từ bảng tính, xem trước, ghi", target: 4, holds: 4, seconds: 5 },
  sendBack: { words: "phường: trả lại một phần kèm lý do", target: 3, holds: 3, seconds: 3 },
  judge: { words: "phường: thẩm định một hồ sơ, 13 tiêu chí", target: 16, holds: 31, seconds: 5 },
  wards: { words: "thành phố: mọi phường và trạng thái", target: 0, holds: 0, seconds: 2 },
  certificates: { words: "thành phố: cấp giấy công nhận cho cả phường", target: 3, holds: 3, seconds: 5 },
  openPackage: { words: "thành phố: mở gói hồ sơ của một phường", target: 1, holds: 1, seconds: 1 },
};

export class Ledger {
  #rows = new Map();

  /** Plays a job from the start page and writes down what it took. */
  async play(job, person, work) {
    const restart = () => Object.assign(person, { presses: 0, serverMs: 0 });
    restart();
    await person.home();
    // A job without a press is done when the start page is there, so that page's own time is the job's.
    if (JOBS[job].target > 0) restart();
    await work();
    this.#rows.set(job, { presses: person.presses, seconds: person.serverMs / 1000 });
  }

  table() {
    const lines = Object.entries(JOBS).map(([job, { words, target }]) => {
      const row = this.#rows.get(job);
      if (!row) return `| ${words} | ${target} | chưa chơi | |`;
      const verdict = row.presses <= target ? "đạt" : "chưa đạt";
      return `| ${words} | ${target} | ${row.presses}, ${verdict} | ${row.seconds.toFixed(2)} |`;
    });
    return ["| việc | số lần bấm mong muốn | số lần bấm | máy chủ, giây |", "|---|---|---|---|", ...lines].join("\n");
  }

  /** What is worse than it may be, in words. */
  failures() {
    return Object.entries(JOBS).flatMap(([job, { words, holds, seconds }]) => {
      const row = this.#rows.get(job);
      if (!row) return [`${words}: not played`];
      const said = [];
      if (row.presses > holds) said.push(`${words}: ${row.presses} presses, at most ${holds}`);
      if (row.seconds > seconds) said.push(`${words}: ${row.seconds.toFixed(2)} s of the server, at most ${seconds}`);
      return said;
    });
  }
}
