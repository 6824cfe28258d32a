//! What an error page says: what happened, and what to do now.

use crate::web::error::{AppError, Bad};

/// Heading and sentence of an error page.
#[must_use]
pub const fn of(error: &AppError) -> (&'static str, &'static str) {
    match error {
        AppError::SignInRequired { .. } => ("Đăng nhập để xem trang này", "Trang này dành cho người có tài khoản."),
        AppError::First(_) => ("Còn một bước trước", "Làm xong bước đó rồi quay lại trang này."),
        AppError::NotFound => {
            ("Không tìm thấy trang này", "Địa chỉ có thể đã gõ sai, hoặc nội dung nằm ngoài đơn vị của vai đang chọn.")
        }
        AppError::Denied(denial) => (super::denial::heading(denial.code), super::denial::sentence(denial.code)),
        AppError::Stale => (
            "Có người vừa làm trước",
            "Nội dung đã đổi từ lúc trang này mở ra, hoặc trang được mở bằng vai khác. Chưa ghi gì cả. Mở lại để xem bản mới nhất.",
        ),
        AppError::TooMany => ("Thử lại sau ít phút", "Đã thử quá nhiều lần trong thời gian ngắn."),
        AppError::Bad(bad) => match bad {
            Bad::NotUtf8 => ("Chữ gửi lên không đọc được", "Trình duyệt gửi chữ sai bảng mã. Mở lại trang rồi gõ lại."),
            Bad::TooLarge => ("Nội dung gửi lên quá lớn", "Mỗi tệp tối đa 20 MB. Chọn tệp nhỏ hơn rồi gửi lại."),
            Bad::NotAForm => ("Nội dung gửi lên không phải biểu mẫu", "Mở lại trang và gửi bằng nút trên trang."),
            Bad::Method => {
                ("Địa chỉ này không mở trực tiếp được", "Địa chỉ chỉ nhận nút bấm từ trang trước. Quay lại trang đó.")
            }
            Bad::CrossSite => {
                ("Biểu mẫu đến từ trang khác", "Vì an toàn, chương trình chỉ nhận nút bấm từ chính trang của mình.")
            }
        },
        AppError::Unavailable => {
            ("Chưa mở được dữ liệu", "Máy chủ dữ liệu đang khởi động lại. Chưa ghi gì cả. Thử lại sau một phút.")
        }
        AppError::Busy => {
            ("Nhiều người đang in hoặc đọc ảnh", "Chưa làm xong việc này vì phải chờ lượt. Thử lại sau một phút.")
        }
        AppError::Internal(_) => {
            ("Chưa làm được việc này", "Lỗi nằm ở chương trình, không phải ở ông/bà. Đọc mã dưới đây cho phường.")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_said_of_any_page_speaks_of_no_dossier() {
        // Years, units and accounts are changed by two people at once as well.
        for error in [AppError::Stale, AppError::NotFound, AppError::TooMany] {
            let (heading, sentence) = of(&error);
            assert!(!format!("{heading} {sentence}").to_lowercase().contains("hồ sơ"), "{sentence}");
        }
    }
}
