#!/usr/bin/env python3
"""Makes the files of this folder anew: python3 make.py (openpyxl, xlwt, msoffcrypto-tool, LibreOffice).

Every name, number and address is invented. The files are committed, so that tests need none of these programs.
"""
import datetime
import io
import pathlib
import shutil
import subprocess
import tempfile
import unicodedata
import zipfile

import msoffcrypto
import openpyxl
import xlwt
from msoffcrypto.format.ooxml import OOXMLFile

HERE = pathlib.Path(__file__).parent
TCVN3 = "ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ"
VNI_MARKS = {"\u0300": "ø", "\u0309": "û", "\u0303": "õ", "\u0301": "ù", "\u0323": "ï"}
VNI_HAT = {"": "â", "\u0300": "à", "\u0309": "å", "\u0303": "ã", "\u0301": "á", "\u0323": "ä"}
VNI_BOWL = {"": "ê", "\u0300": "è", "\u0309": "ú", "\u0303": "ü", "\u0301": "é", "\u0323": "ë"}
VNI_SIGNS = {"đ": "ñ", "ơ": "ô", "ư": "ö", "ì": "ì", "ỉ": "æ", "ĩ": "ó", "í": "í", "ị": "ò", "ỵ": "î"}


def tcvn3(text):
    def one(letter):
        for it in (letter, letter.lower()):
            if it in TCVN3 and it != ".":
                return chr(0xA1 + TCVN3.index(it))
        return letter

    return "".join(map(one, text))


def vni(text):
    def one(letter):
        low = letter.lower()
        up = (lambda it: it.upper()) if letter != low else (lambda it: it)
        if low in VNI_SIGNS:
            return up(VNI_SIGNS[low])
        base, *marks = unicodedata.normalize("NFD", low)
        if not marks or base in "i":
            return letter
        tone = next((m for m in marks if m in VNI_MARKS), "")
        if "\u0302" in marks:
            return up(base + VNI_HAT[tone])
        if "\u0306" in marks:
            return up(base + VNI_BOWL[tone])
        if "\u031b" in marks:
            base = {"o": "ô", "u": "ö"}[base]
        return up(base + (VNI_MARKS[tone] if tone else ""))

    return "".join(map(one, unicodedata.normalize("NFC", text)))


HEAD = ["STT", "Mã hộ", "Họ và tên chủ hộ", "Số nhà", "Đường", "Số nhân khẩu", "Điện thoại", "Ghi chú"]
ROWS = [
    [1, "07-001", "Nguyễn Văn Lựu", "15", "Lê Lợi", 4, 905123456, ""],
    [2, "07-002", "Trần Thị Hồng", "17/2", "Lê Lợi", 3, 914000111, "đi làm xa"],
    [3, "07-003", "Đặng Quốc Dương", "19A", "Lê Lợi", 5, "0903 000 222", ""],
    [4, "07-004", "Phạm Thị Mỹ Hạnh", "2", "Trần Phú", 2, "", ""],
    [5, "07-005", "Vũ Đức Thắng", "4", "Trần Phú", 6, "0987.000.333 / 0911000444", ""],
    [6, "07-006", "Lê Sơn", "6", "Trần Phú", 1, "", ""],
]


def book(*sheets):
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name, rows in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
    return made


def save(made, name):
    made.properties.created = made.properties.modified = datetime.datetime(2026, 1, 1)
    made.save(HERE / name)


def converted(source, kind, target):
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", kind,
             "--outdir", f"{folder}/out", str(HERE / source)], check=True, capture_output=True)
        made = next(pathlib.Path(folder, "out").iterdir())
        shutil.copy(made, HERE / target)


def titled():
    made = book(("Danh sách", [
        ["ỦY BAN NHÂN DÂN PHƯỜNG AN BÌNH"], ["DANH SÁCH HỘ GIA ĐÌNH TỔ DÂN PHỐ 7"], ["(Tính đến ngày 01 tháng 3 năm 2026)"], [],
        ["STT", "Mã hộ", "Họ và tên chủ hộ", "Địa chỉ", None, None, "Số nhân khẩu (người)", "Số ĐT", "Ngày ký cam kết", "Ghi chú"],
        [None, None, None, "Số nhà", "Hẻm", "Đường", None, None, None, None],
        ["(1)", "(2)", "(3)", "(4)", "(5)", "(6)", "(7)", "(8)", "(9)", "(10)"],
        [1, "07-001", "Nguyễn Văn Lựu", 15, None, "Lê Lợi", "4 người", 905123456, datetime.date(2026, 3, 2), None],
        [2, "07-002", "Trần Thị Hồng", datetime.date(2026, 3, 17), "Hẻm 12", "Lê Lợi", 3, 914000111, "3/3/2026", "đi làm xa"],
        [], [],
        [3, "07-003", unicodedata.normalize("NFD", "Đặng Quốc Dương"), "19A", None, "Lê Lợi", 5, "0903 000 222", 46085, None],
        ["STT", "Mã hộ", "Họ và tên chủ hộ", "Số nhà", "Hẻm", "Đường", "Số nhân khẩu (người)", "Số ĐT", "Ngày ký cam kết", "Ghi chú"],
        [4, "07-004", "Tống Thị Mỹ Hạnh", 2, None, "Trần Phú", "hai", 123, "hôm qua", None],
        [5, None, None, None, None, None, None, None, None, None],
        [6, "07-004", "Nguyen Van Luu", 15, None, "Lê Lợi", 4, None, datetime.date(2027, 3, 2), None],
        ["Tổng cộng", None, None, None, None, None, 18, None, None, None],
        [None, None, None, None, None, None, "An Bình, ngày 5 tháng 3 năm 2026"],
        [None, None, "Người lập biểu", None, None, None, "TỔ TRƯỞNG"],
        [None, None, "Lê Văn Bé", None, None, None, "Trần Văn Tư"],
    ]))
    sheet = made.active
    for area in ["A1:J1", "A2:J2", "A3:J3", "D5:F5", *(f"{c}5:{c}6" for c in "ABCGHIJ"), "A17:F17"]:
        sheet.merge_cells(area)
    # Formatted, never filled.
    for row in range(30, 60):
        for column in range(1, 11):
            sheet.cell(row, column).font = openpyxl.styles.Font(bold=True)
    save(made, "titled.xlsx")


def groups():
    head = ["TT", "Họ tên chủ hộ", "Địa chỉ", "Nhân khẩu"]
    save(book(
        ("Tổ 1", [head, [1, "Lê An", "1 Lê Lợi", 3], [2, "Lê Bình", "Số 3, hẻm 5 Lê Lợi", 2]]),
        ("TDP 02", [head, [1, "Võ Cường", "K7/2 Trần Phú, phường An Bình", 4]]),
        ("Tổng hợp", [["Tổ", "Số hộ"], [1, 2], [2, 1]]),
        ("Sheet4", []),
    ), "per_group.xlsx")
    save(book(("DS", [
        head, ["TỔ 1"], [1, "Lê An", "1 Lê Lợi", 3], ["Cộng", None, None, 3], ["Tổ dân phố số 02"],
        [1, "Võ Cường", "2 Trần Phú", 4], ["TỔ 99"], [1, "Hồ Dũng", "3 Trần Phú", 2],
    ])), "sections.xlsx")
    save(book(("Danh sách", [
        ["DANH SÁCH HỘ TỔ 7"], [*head, "Tổ"], [1, "Lê An", "1 Lê Lợi", 3, 7], [2, "Võ Cường", "2 Trần Phú", 4, "08"],
        [3, "Hồ Dũng", "3 Trần Phú", 2, "TDP 7"],
    ])), "two_groups.xlsx")


def merged():
    made = book(("Tổ 7", [
        ["STT", "Họ và tên chủ hộ", None, "Đường", "Số nhà", "Số khẩu"],
        [1, "Nguyễn Văn", "Lựu", "Lê Lợi", 15, 4], [2, "Trần Thị", "Hồng", None, 17, 3], [3, "Đặng Dương", None, None, 19, 5],
    ]))
    for area in ["B1:C1", "D2:D4", "B4:C4"]:
        made.active.merge_cells(area)
    save(made, "merged.xlsx")


def others():
    save(book(("Tổ 7", [
        ["Cột 1", "Cột 2", "Cột 3"], ["Nguyễn Văn Lựu", "15 Lê Lợi", 4], ["Trần Thị Hồng", "17 Lê Lợi", 3]])), "unknown_header.xlsx")
    save(book(("Tổ 7", [
        ["STT", "Họ và tên", "Quan hệ với chủ hộ", "Số CCCD", "Ngày sinh", "Dân tộc", "Số nhà", "Đường", "Số khẩu", "Xếp loại"],
        [1, "Nguyễn Văn Lựu", "Chủ hộ", "001080000001", "1/1/1980", "Kinh", 15, "Lê Lợi", 2, "A"],
        [2, "Lê Thị Mai", "Vợ", "001085000002", "1/1/1985", "Kinh", 15, "Lê Lợi", None, "A"],
        [3, "Trần Thị Hồng", "Chủ hộ", "001070000003", "1/1/1970", "Kinh", 17, "Lê Lợi", 1, "B"]])), "persons.xlsx")
    save(book(("Tổ 7", [
        ["Họ tên chủ hộ", "Số nhà", "Đường", "Số khẩu", "Ghi chú"],
        ["Nguyễn Văn Lựu", "=10+5", "Lê Lợi", "=2+2", '="đi "&"làm"'],
        ["Trần Thị Hồng", 17, "Lê Lợi", "=1/0", "'=cmd|'/C calc'!A0"]])), "formulas.xlsx")
    converted("formulas.xlsx", "xlsx", "formulas.xlsx")


def legacy():
    def letters(rows, write):
        return [[write(cell) if isinstance(cell, str) else cell for cell in row] for row in rows]

    save(book(("Tổ 7", letters([HEAD] + ROWS, tcvn3))), "tcvn3.xlsx")
    save(book(("Tổ 7", letters([HEAD] + ROWS, vni))), "vni.xlsx")
    capitals = [[tcvn3(ROWS[0][2].upper()), tcvn3("nguyễn thị đào")], [vni(ROWS[2][2].upper()), vni("Trần Thị Hồng")]]
    mixed = [HEAD, *letters(ROWS[:2], tcvn3), *letters(ROWS[2:4], vni), *ROWS[4:]]
    mixed += [[7, "07-007", capitals[0][0], "8", "Trần Phú", 2, "", ""], [8, "07-008", capitals[0][1], "10", "Trần Phú", 2, "", ""],
              [9, "07-009", capitals[1][0], "12", "Trần Phú", 2, "", ""]]
    save(book(("Tổ 7", mixed)), "mixed.xlsx")


def texts():
    def table(separator, rows):
        return "".join(separator.join(str(cell) for cell in row) + "\r\n" for row in rows)

    (HERE / "utf16_tab.txt").write_bytes(table("\t", [HEAD] + ROWS).encode("utf-16"))
    marks = {"\u0300": 0xCC, "\u0309": 0xD2, "\u0303": 0xDE, "\u0301": 0xEC, "\u0323": 0xF2}

    def cp1258(letter):
        try:
            return letter.encode("cp1258")
        except UnicodeEncodeError:
            # One tone, after a letter that the code page has.
            parts = unicodedata.normalize("NFD", letter)
            tone = next(m for m in parts if m in marks)
            base = unicodedata.normalize("NFC", parts.replace(tone, ""))
            return base.encode("cp1258") + bytes([marks[tone]])

    (HERE / "windows1258.csv").write_bytes(b"".join(map(cp1258, table(";", [HEAD] + ROWS))))
    (HERE / "tcvn3.csv").write_bytes(tcvn3(table(",", [HEAD] + ROWS)).encode("latin-1"))
    (HERE / "vni.csv").write_bytes(vni(table(",", [HEAD] + ROWS)).encode("latin-1"))
    danger = [
        ["Họ tên chủ hộ", "Địa chỉ", "Nhân khẩu", "Ghi chú"],
        ["=HYPERLINK(\"http://xau\")", '"15, Lê Lợi"', "4", "@SUM(1+1)"], ["+Lê An", "-", "3", '"hai\r\ndòng"'], [], ["Lê Bình", "7 Lê Lợi", "2", ""],
    ]
    quoted = [[cell.replace('HYPERLINK("http://xau")', "HYPERLINK()") for cell in row] for row in danger]
    (HERE / "utf8_bom.csv").write_bytes(b"\xef\xbb\xbf" + table(",", quoted).encode())


def old_excel():
    made = xlwt.Workbook(encoding="utf-8")
    sheet = made.add_sheet("Tổ 7")
    day = xlwt.easyxf(num_format_str="DD/MM/YYYY")
    sheet.write_merge(0, 0, 0, 7, "DANH SÁCH HỘ TỔ DÂN PHỐ 7")
    for at, heading in enumerate(HEAD[:7] + ["Ngày ký"]):
        sheet.write(2, at, heading)
    for down, row in enumerate(ROWS):
        for at, cell in enumerate(row[:7]):
            sheet.write(3 + down, at, cell)
        sheet.write(3 + down, 7, datetime.date(2026, 3, 1 + down), day)
    sheet.write_merge(9, 9, 0, 4, "Tổng cộng")
    sheet.write(9, 5, xlwt.Formula("SUM(F4:F9)"))
    made.save(str(HERE / "list.xls"))
    whole = (HERE / "list.xls").read_bytes()
    # The record of the code page turned into the one that says "locked".
    locked = whole.replace(b"\x42\x00\x02\x00\xb0\x04", b"\x2f\x00\x02\x00\xb0\x04", 1)
    assert locked != whole
    (HERE / "locked.xls").write_bytes(locked)


def refused():
    whole = (HERE / "titled.xlsx").read_bytes()
    (HERE / "cut.xlsx").write_bytes(whole[: len(whole) // 2])
    locked = io.BytesIO()
    OOXMLFile(io.BytesIO(whole)).encrypt("mat-khau", locked)
    assert msoffcrypto.OfficeFile(locked).is_encrypted()
    (HERE / "locked.xlsx").write_bytes(locked.getvalue())
    png = bytes.fromhex("89504e470d0a1a0a0000000d494844520000000100000001080000000 03a7e9b55".replace(" ", ""))
    (HERE / "picture.xlsx").write_bytes(png)
    (HERE / "web_page.xls").write_text("<html><table><tr><td>Họ tên</td></tr></table></html>\n")
    with zipfile.ZipFile(HERE / "merged.xlsx") as source, zipfile.ZipFile(HERE / "macros.xlsm", "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            if name == "[Content_Types].xml":
                data = data.replace(b"spreadsheetml.sheet.main+xml", b"ms-excel.sheet.macroEnabled.main+xml")
            target.writestr(name, data)
        target.writestr("xl/vbaProject.bin", b"never read")


if __name__ == "__main__":
    titled()
    groups()
    merged()
    others()
    legacy()
    texts()
    old_excel()
    refused()
    converted("titled.xlsx", "ods", "titled.ods")
