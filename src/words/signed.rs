//! What is said of a paper that came back signed: why it is not taken, what its signature proves, and what nobody looked at.

use crate::platform::files::MAX_FILE_BYTES;
use crate::platform::signed_pdf::{
    After, Broken, CertificateSeen, Change, Digest, Fault, SignatureSeen, Unchecked, Verdict,
};
use crate::web::filters::dates;

/// What to do where a program that signs wrote the whole file anew, or wrote more than a signature.
const SIGN_AGAIN: &str = "Tải lại tệp của chương trình rồi ký ngay trên tệp đó, không in lại thành PDF, không sửa, không chọn nén hay tối ưu. \
    Nếu phần mềm ký luôn ghi lại cả tệp thì nộp bản này như bản quét.";

/// Above the certificate: whose words these are.
pub const AS_IT_STANDS: &str = "Chứng thư ghi trong tệp";

/// Below each signature that fits: what was not looked at.
pub const NOT_CHECKED: &str = "Chương trình chưa kiểm tra chứng thư có được tin cậy hay bị thu hồi không.";

/// Why the file is not taken, and what to do.
#[must_use]
pub fn fault(fault: Fault) -> String {
    match fault {
        Fault::TooLarge { limit } => format!("Tệp lớn hơn {} MB. Chọn đúng tệp đã ký.", limit / (1024 * 1024)),
        Fault::NotPdf => "Đây không phải tệp PDF. Chọn tệp PDF đã ký.".to_owned(),
        Fault::Encrypted => "Tệp đặt mật khẩu nên không so được với bản đã cấp. Ký lại, không đặt mật khẩu.".to_owned(),
        Fault::Unchanged => {
            "Đây là tệp chương trình cấp, chưa có chữ ký. Ký bằng phần mềm của nhà cung cấp chữ ký số rồi gửi lại."
                .to_owned()
        }
        Fault::AnotherFile => format!(
            "Tệp này không chứa nguyên bản chương trình đã cấp: là tệp khác, hoặc phần mềm ký đã ghi lại cả tệp. {SIGN_AGAIN}"
        ),
        Fault::NoSignature => "Tệp có thêm nội dung nhưng không có chữ ký số. Ký rồi gửi lại.".to_owned(),
        Fault::TooMany { limit } => format!("Tệp có quá {limit} chữ ký. Nộp bản này như bản quét."),
        Fault::Malformed(Broken::Tables) => {
            format!("Tệp có phần thêm vào không đọc được nên không so được với bản đã cấp. {SIGN_AGAIN}")
        }
        Fault::Malformed(Broken::Dictionary | Broken::Ranges | Broken::Cms) => {
            "Chữ ký trong tệp bị hỏng hoặc thuộc loại chương trình không đọc được. Ký lại rồi gửi lại.".to_owned()
        }
        Fault::Changed(what) => format!("{} {SIGN_AGAIN}", changed(what)),
    }
}

const fn changed(what: Change) -> &'static str {
    match what {
        Change::Page => "Nội dung trang đã bị sửa sau khi chương trình cấp tệp.",
        Change::Note => "Trên trang có thêm ghi chú, chữ hoặc hình không phải ô chữ ký.",
        Change::LargeField => "Ô chữ ký quá rộng, che hơn một phần năm trang. Ký lại với ô nhỏ hơn.",
        Change::Document => "Tệp bị thêm phần khác ngoài chữ ký: thứ tự trang hoặc lệnh chạy khi mở.",
    }
}

/// What a signature proves, in a sentence or two that claim no more than was computed.
#[must_use]
pub fn verdict(seen: &SignatureSeen) -> String {
    match seen.verdict() {
        Verdict::Right => format!("Chữ ký khớp với nội dung tệp. {NOT_CHECKED}"),
        Verdict::Wrong => wrong(seen).to_owned(),
        Verdict::Unsure => unsure(seen).to_owned(),
    }
}

fn wrong(seen: &SignatureSeen) -> &'static str {
    if !seen.covers_issued {
        "Chữ ký chỉ ký một phần, không ký hết bản chương trình đã cấp. Ký lại."
    } else if seen.digest_matches == Some(false) {
        "Chữ ký không khớp: nội dung tệp đã đổi sau khi ký. Ký lại trên tệp tải từ chương trình."
    } else {
        "Chữ ký không khớp với chứng thư trong tệp. Ký lại."
    }
}

fn unsure(seen: &SignatureSeen) -> &'static str {
    match (&seen.certificate, seen.digest) {
        (None, _) => "Tệp không kèm chứng thư của người ký nên chưa kiểm tra được chữ ký.",
        (_, Digest::Other) => "Chữ ký dùng thuật toán băm chương trình không tính (ví dụ SHA-1), chưa kiểm tra được.",
        _ => "Chữ ký dùng thuật toán chương trình không tính, chưa kiểm tra được.",
    }
}

/// What follows behind a signature, where something does.
#[must_use]
pub const fn after(seen: &SignatureSeen) -> Option<&'static str> {
    match seen.after {
        After::Nothing => None,
        After::SignedLater => Some("Sau chữ ký này có chữ ký khác, bao cả phần thêm vào."),
        After::Unsigned => Some("Sau chữ ký này tệp còn thêm phần không ai ký. Nội dung trang không đổi."),
    }
}

/// Whose certificate it says it is: "Nguyễn Văn A, UBND phường, do VNPT Certification Authority cấp".
#[must_use]
pub fn holder(certificate: &CertificateSeen) -> String {
    let issuer = certificate.issuer.as_ref().map(|it| format!("do {it} cấp"));
    let parts = [certificate.name.clone(), certificate.organisation.clone(), issuer];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "Chứng thư không ghi tên".to_owned() } else { parts.join(", ") }
}

/// When it was signed by the word of the signer's machine, and whether the certificate was valid then.
#[must_use]
pub fn time(seen: &SignatureSeen) -> String {
    let Some(at) = seen.claimed_at else { return "Chữ ký không ghi giờ ký.".to_owned() };
    let at = dates::moment(at);
    match seen.was_valid() {
        None => format!("Máy người ký ghi {at}."),
        Some(true) => format!("Máy người ký ghi {at}, trong hạn của chứng thư."),
        Some(false) => format!("Máy người ký ghi {at}, ngoài hạn của chứng thư."),
    }
}

/// What nobody looked at, an item each.
#[must_use]
pub const fn unchecked(what: Unchecked) -> &'static str {
    match what {
        Unchecked::Authority => "Chứng thư có do tổ chức được công nhận cấp không.",
        Unchecked::Revocation => "Chứng thư có bị thu hồi hay tạm dừng không.",
        Unchecked::Time => "Giờ ký có đúng không; dấu thời gian không được đọc.",
        Unchecked::Competence => "Người ký có thẩm quyền ký giấy này không.",
        Unchecked::Appearance => "Hình trong ô chữ ký vẽ gì và che chữ nào.",
    }
}

/// Beside the button that takes the file.
#[must_use]
pub fn hint() -> String {
    format!(
        "Tệp PDF đã ký số từ tệp tải ở trên, tới {} MB. Phần mềm ký phải giữ nguyên nội dung tệp.",
        MAX_FILE_BYTES / (1024 * 1024)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(digest_matches: Option<bool>, signature_holds: Option<bool>) -> SignatureSeen {
        SignatureSeen {
            covers_issued: true,
            after: After::Nothing,
            digest: Digest::Sha256,
            digest_matches,
            signature_holds,
            claimed_at: None,
            certificate: None,
        }
    }

    #[test]
    fn only_what_was_computed_is_said_to_fit() {
        let fits = |one, two| verdict(&seen(one, two)).starts_with("Chữ ký khớp");
        assert!(fits(Some(true), Some(true)));
        for (one, two) in [(None, Some(true)), (Some(true), None), (Some(false), Some(true)), (Some(true), Some(false))]
        {
            assert!(!fits(one, two), "{one:?} {two:?}");
        }
        assert!(!fits(None, None));
        assert!(verdict(&seen(Some(true), Some(true))).ends_with(NOT_CHECKED));
    }

    #[test]
    fn a_file_written_anew_gets_a_way_on() {
        let text = fault(Fault::AnotherFile);
        assert!(text.contains("ghi lại cả tệp") && text.ends_with("như bản quét."), "{text}");
    }
}
