// The ward's own list of households as a spreadsheet: invented people at invented numbers, always the same ones.
import { writeFile } from "node:fs/promises";

const FAMILIES = ["Nguyễn", "Trần", "Lê", "Phạm", "Huỳnh", "Phan", "Võ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
const MIDDLES = ["Văn", "Thị", "Đình", "Thị Kim", "Quốc", "Thị Thu", "Hữu", "Minh"];
const GIVEN = ["An", "Bình", "Cúc", "Dũng", "Đào", "Giang", "Hạnh", "Khoa", "Lan", "Mai", "Nam", "Oanh", "Phúc", "Quý", "Sương", "Tâm", "Uyên", "Vinh", "Xuân", "Yến"];
const STREETS = ["Cao Bá Quát", "Đồng Nai", "Trương Định", "Nguyễn Thị Minh Khai"];
/** The groups of Phường Phước Long. */
const GROUPS = 24;
const HEADER = ["STT", "Tổ dân phố", "Họ và tên chủ hộ", "Số nhà", "Đường", "Số nhân khẩu", "Điện thoại"];

/** What people get wrong: the column, and what stands there. Each keeps the file from being written until it is mended. */
const WRONG = [
  { column: 2, text: "" },
  { column: 5, text: "bốn người" },
  { column: 2, text: "0900123456" },
  { column: 1, text: "Tổ 77" },
];

/** The household `place` of the ward: groups one after the other down the file, and down a street in each of them. */
function household(place, perGroup) {
  const group = Math.floor(place / perGroup) + 1;
  const door = place % perGroup;
  const name = [FAMILIES[place % FAMILIES.length], MIDDLES[(place * 3) % MIDDLES.length], GIVEN[(place * 7) % GIVEN.length]].join(" ");
  const street = STREETS[(group + Math.floor(door / 120)) % STREETS.length];
  // A spreadsheet has eaten the 0 in front of the telephone.
  const phone = door % 3 ? "" : String(912_000_000 + place);
  return [place + 1, `Tổ ${group}`, name, 2 * (door % 120) + 1 + 240 * Math.floor(group / 4), street, 1 + (place % 6), phone];
}

/**
 * Writes a list of `rows` households with `wrong` cells that keep it from being written, spread over the whole file.
 * Title rows stand above the header, as they do in every office.
 */
export async function writeList(file, { rows, wrong = 0 }) {
  const perGroup = Math.ceil(rows / GROUPS);
  const lines = Array.from({ length: rows }, (_, place) => household(place, perGroup));
  for (let slip = 0; slip < wrong; slip += 1) {
    const { column, text } = WRONG[slip % WRONG.length];
    lines[Math.floor((slip * rows) / wrong)][column] = text;
  }
  const title = ["UBND PHƯỜNG PHƯỚC LONG", "DANH SÁCH HỘ GIA ĐÌNH NĂM 2024"].map((text) => [text]);
  const text = [...title, [], HEADER, ...lines].map((cells) => cells.join(";")).join("\r\n");
  await writeFile(file, `\uFEFF${text}\r\n`);
  return file;
}
