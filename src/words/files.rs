//! What is said about files: why one is not taken, why sending broke off, why it was not kept.

use crate::platform::files::{FileKind, Foreign, MAX_DOCX_ENTRIES, MAX_PIXELS, Rejected, StoreError};
use crate::web::upload::Stopped;

/// Which kinds are taken, for hints and refusals.
pub const ACCEPTED: &str = "Ở đây nhận PDF, Word (.docx), ảnh JPG và ảnh PNG, mỗi tệp tới 20 MB.";

/// No bytes at all.
pub const EMPTY: &str = "Tệp này trống, chưa có nội dung. Mở xem lại trên máy rồi chọn tệp khác.";

/// Why the file is not taken, and what to do.
pub fn rejected(rejected: &Rejected) -> String {
    match rejected {
        Rejected::Empty => EMPTY.to_owned(),
        Rejected::TooLarge { limit } => too_large(*limit),
        Rejected::Misnamed { claimed, found } => format!(
            "Tệp tên .{} nhưng bên trong là {}. Chọn đúng tệp, hoặc đổi đuôi tên thành .{}.",
            claimed.extension(),
            found.vietnamese_name(),
            found.extension(),
        ),
        Rejected::NotAccepted { claimed, found } => not_accepted(*claimed, *found),
        Rejected::Heic => "Đây là ảnh HEIC của iPhone, nhiều máy không mở được. \
            Trên iPhone vào Cài đặt, Camera, Định dạng, chọn “Tương thích nhất”, rồi chụp lại thành JPG. \
            Với ảnh đã chụp: mở ảnh, chụp màn hình và gửi ảnh chụp đó."
            .to_owned(),
        Rejected::OldWord => "Đây là tệp Word kiểu cũ (.doc). \
            Mở bằng Word, lưu thành .docx hoặc PDF rồi gửi lại."
            .to_owned(),
        Rejected::Locked => "Tệp đặt mật khẩu nên người xét hồ sơ không mở được. \
            Bỏ mật khẩu rồi gửi lại."
            .to_owned(),
        Rejected::Damaged { kind } => damaged(*kind),
        Rejected::TooManyPixels { width, height } => format!(
            "Ảnh rộng {width} × {height} điểm, quá {} triệu điểm. Chụp hoặc lưu lại ở cỡ nhỏ hơn.",
            MAX_PIXELS / 1_000_000
        ),
        Rejected::Macros => "Tệp Word này có macro, là đoạn lệnh tự chạy. \
            Lưu lại thành .docx không macro, hoặc PDF."
            .to_owned(),
        Rejected::UnsafeEntry => "Tệp Word này có phần bên trong trỏ ra ngoài tệp. \
            Mở bằng Word, lưu thành tệp mới rồi gửi lại."
            .to_owned(),
        Rejected::TooManyEntries => {
            format!("Tệp Word này có quá {} phần bên trong. Bớt ảnh, hoặc lưu thành PDF.", grouped(MAX_DOCX_ENTRIES))
        }
        Rejected::Inflates => "Tệp Word này mở ra lớn khác thường so với cỡ tệp. \
            Lưu thành PDF rồi gửi lại."
            .to_owned(),
    }
}

/// Why sending broke off. The fields typed are kept by then.
pub fn stopped(stopped: &Stopped) -> String {
    match stopped {
        Stopped::FileTooLarge { limit, .. } => too_large(*limit),
        Stopped::TextTooLong { limit, .. } => {
            format!("Đoạn chữ này dài quá {} KB. Rút ngắn, hoặc gửi thành tệp.", limit / 1024)
        }
        Stopped::NotUtf8 { .. } => "Có chữ không đọc được, đã thay bằng dấu �. \
            Sửa lại những chỗ đó rồi gửi."
            .to_owned(),
        Stopped::TooManyParts { limit } => {
            format!("Một lần gửi có tới {limit} mục. Chia ra nhiều lần gửi.")
        }
        Stopped::BodyTooLarge { limit } => {
            format!("Một lần gửi được tới {} MB. Chia ra nhiều lần gửi.", limit / (1024 * 1024))
        }
        Stopped::Stalled => {
            "Mạng ngừng giữa chừng, tệp chưa tới đủ. Chờ mạng khá hơn rồi chọn tệp và gửi lại.".to_owned()
        }
        Stopped::BrokenOff => "Tệp chưa tới đủ. Chọn tệp và gửi lại.".to_owned(),
        Stopped::Disk(_) => {
            "Chưa nhận được tệp, lỗi ở phía máy chủ. Chữ đã gõ vẫn còn. Thử lại sau ít phút.".to_owned()
        }
    }
}

/// Why a file was not kept or cannot be shown.
pub fn store_failed(error: &StoreError) -> &'static str {
    match error {
        StoreError::NotFound(_) => "Không thấy tệp này trong kho. Báo cho phường để tìm lại.",
        StoreError::Damaged(_) => "Tệp trong kho đã hỏng, không còn như lúc nộp. Báo cho phường để nộp lại.",
        StoreError::Full(_) => "Kho tệp đã đầy nên chưa cất được. Chữ đã gõ vẫn còn. Báo cho phường để thêm chỗ.",
        StoreError::Unavailable(_) => "Chưa mở được kho tệp. Chữ đã gõ vẫn còn. Thử lại sau ít phút.",
    }
}

/// Over the limit in bytes.
pub fn too_large(limit: u64) -> String {
    format!("Tệp lớn hơn {} MB. Chụp hoặc quét lại ở cỡ nhỏ hơn, hoặc chia thành nhiều tệp.", limit / (1024 * 1024))
}

fn damaged(kind: FileKind) -> String {
    let what = match kind {
        FileKind::Pdf | FileKind::Docx => "Mở thử trên máy; nếu không được thì xuất lại từ bản gốc.",
        FileKind::Jpeg | FileKind::Png => "Mở thử trên máy; nếu không được thì chụp lại.",
    };
    format!("Đây là {} nhưng bị cụt hoặc hỏng. {what}", kind.vietnamese_name())
}

fn not_accepted(claimed: Option<FileKind>, found: Option<Foreign>) -> String {
    let fact = match (claimed, found) {
        (Some(claimed), Some(found)) => {
            format!("Tệp tên .{} nhưng bên trong là {}.", claimed.extension(), foreign(found))
        }
        (Some(claimed), None) => {
            format!("Tệp tên .{0} nhưng bên trong không phải {1}.", claimed.extension(), claimed.vietnamese_name())
        }
        (None, Some(found)) => format!("Đây là {}.", foreign(found)),
        (None, None) => "Không nhận ra đây là tệp gì.".to_owned(),
    };
    let advice = match found {
        Some(Foreign::Spreadsheet | Foreign::Slides | Foreign::OpenDocument | Foreign::RichText) => {
            " Lưu thành PDF rồi gửi lại."
        }
        Some(Foreign::OtherPicture) => " Lưu thành JPG hoặc PNG rồi gửi lại.",
        Some(Foreign::Archive) => " Mở tệp nén ra, gửi từng tệp bên trong.",
        Some(Foreign::Video | Foreign::Sound | Foreign::WebPage | Foreign::Program | Foreign::Text) | None => "",
    };
    format!("{fact}{advice} {ACCEPTED}")
}

fn foreign(found: Foreign) -> &'static str {
    match found {
        Foreign::Spreadsheet => "bảng tính Excel",
        Foreign::Slides => "bài trình chiếu PowerPoint",
        Foreign::OpenDocument => "tệp LibreOffice",
        Foreign::Archive => "tệp nén",
        Foreign::OtherPicture => "ảnh kiểu khác (GIF, WebP, TIFF, BMP)",
        Foreign::Video => "phim",
        Foreign::Sound => "tệp âm thanh",
        Foreign::RichText => "tệp RTF",
        Foreign::WebPage => "trang web",
        Foreign::Program => "chương trình chạy được",
        Foreign::Text => "tệp chữ thường",
    }
}

/// 2000 as "2.000".
fn grouped(number: usize) -> String {
    match number {
        0..1_000 => number.to_string(),
        _ => format!("{}.{:03}", grouped(number / 1_000), number % 1_000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::platform::files::ContentHash;

    fn every_refusal() -> Vec<Rejected> {
        let kinds = FileKind::ALL;
        let mut all = vec![
            Rejected::Empty,
            Rejected::TooLarge { limit: 20 << 20 },
            Rejected::Heic,
            Rejected::OldWord,
            Rejected::Locked,
            Rejected::TooManyPixels { width: 12_000, height: 9_000 },
            Rejected::Macros,
            Rejected::UnsafeEntry,
            Rejected::TooManyEntries,
            Rejected::Inflates,
        ];
        all.extend(kinds.map(|kind| Rejected::Damaged { kind }));
        for claimed in [None, Some(FileKind::Pdf)] {
            for found in [None, Some(Foreign::Spreadsheet), Some(Foreign::Program)] {
                all.push(Rejected::NotAccepted { claimed, found });
            }
        }
        all
    }

    fn every_sentence() -> Vec<String> {
        let mut all: Vec<String> = every_refusal().iter().map(rejected).collect();
        let io = || std::io::Error::other("disk");
        all.extend(
            [
                Stopped::FileTooLarge { field: "f".into(), limit: 20 << 20 },
                Stopped::TextTooLong { field: "f".into(), limit: 64 << 10 },
                Stopped::NotUtf8 { field: "f".into() },
                Stopped::TooManyParts { limit: 100 },
                Stopped::BodyTooLarge { limit: 64 << 20 },
                Stopped::Stalled,
                Stopped::BrokenOff,
                Stopped::Disk(io()),
            ]
            .iter()
            .map(stopped),
        );
        let hash = ContentHash::of(b"");
        for error in [
            StoreError::NotFound(hash),
            StoreError::Damaged(hash),
            StoreError::Full(io().into()),
            StoreError::Unavailable(io().into()),
        ] {
            all.push(store_failed(&error).to_owned());
        }
        all
    }

    #[test]
    fn every_sentence_keeps_the_tone() {
        for text in every_sentence() {
            let low = text.to_lowercase();
            for banned in ["vui lòng", "hệ thống", "!", "lỗi người dùng", "  "] {
                assert!(!low.contains(banned), "{banned:?} in {text:?}");
            }
            assert!(text.ends_with('.'), "{text:?}");
            for sentence in text.split(". ") {
                let words = sentence.split_whitespace().count();
                assert!(words <= 22, "{words} words: {sentence:?}");
            }
        }
    }

    #[test]
    fn a_misnamed_file_is_called_what_it_is() {
        let text = rejected(&Rejected::Misnamed { claimed: FileKind::Pdf, found: FileKind::Png });
        assert_eq!(text, "Tệp tên .pdf nhưng bên trong là ảnh PNG. Chọn đúng tệp, hoặc đổi đuôi tên thành .png.");
        assert!(rejected(&Rejected::TooManyEntries).contains("2.000"));
        assert!(rejected(&Rejected::TooLarge { limit: 20 << 20 }).contains("20 MB"));
    }
}
