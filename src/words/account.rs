//! What is said about passwords, sign-in, seats and lending.

use zxcvbn::feedback::{Suggestion, Warning};

use crate::access::Form;
use crate::account::policy::{LONGEST, SHORTEST, Weakness};

/// One sentence for an unknown number and for a wrong password, so that nobody learns which numbers are known.
pub const WRONG_SIGN_IN: &str = "Số điện thoại hoặc mật khẩu chưa đúng. Gõ lại cả hai.";
/// The number is missing or no number.
pub const PHONE_MISSING: &str = "Ghi số điện thoại 10 chữ số, ví dụ 0900 000 207.";
/// The password is missing.
pub const PASSWORD_MISSING: &str = "Gõ mật khẩu.";
/// The present password is wrong.
pub const WRONG_PASSWORD: &str = "Mật khẩu đang dùng chưa đúng. Gõ lại.";
/// The two new ones differ.
pub const PASSWORDS_DIFFER: &str = "Hai lần gõ mật khẩu mới chưa giống nhau. Gõ lại lần hai.";
/// The new one is the present one.
pub const PASSWORD_SAME: &str = "Mật khẩu mới đang trùng mật khẩu cũ. Chọn mật khẩu khác.";
/// An account with that number exists.
pub const PHONE_TAKEN: &str = "Số này đã có tài khoản. Tìm lại trong danh sách, hoặc hỏi quản trị thành phố.";
/// The name is missing.
pub const NAME_MISSING: &str = "Ghi họ và tên, ví dụ Trần Văn Lựu.";
/// No honorific was picked.
pub const HONORIFIC_MISSING: &str = "Chọn cách xưng hô.";
/// No role was picked.
pub const ROLE_MISSING: &str = "Chọn vai.";
/// The role needs a ward.
pub const WARD_MISSING: &str = "Chọn phường cho vai này.";
/// A leader leads exactly one group.
pub const ONE_GROUP: &str = "Tổ trưởng phụ trách đúng một tổ. Chọn một tổ.";
/// An area officer looks after at least one group.
pub const SOME_GROUP: &str = "Cảnh sát khu vực phụ trách ít nhất một tổ. Chọn các tổ.";
/// The person holds the seat already.
pub const HOLDS_ALREADY: &str = "Người này đang giữ vai đó trong những ngày này.";
/// A first day is missing.
pub const FROM_MISSING: &str = "Ghi ngày bắt đầu, ví dụ 1/1/2024.";
/// A last day is missing.
pub const TO_MISSING: &str = "Ghi ngày cuối cùng, ví dụ 31/12/2024.";
/// The last day lies before the first.
pub const SPAN_BACKWARD: &str = "Ngày cuối đang trước ngày bắt đầu. Ghi lại một trong hai ngày.";
/// A seat cannot end before it began.
pub const END_BEFORE_START: &str = "Vai này bắt đầu sau ngày đó. Ghi ngày muộn hơn.";
/// A last day that lies in the past.
pub const ENDS_IN_PAST: &str = "Ngày cuối đã qua. Ghi từ hôm nay trở đi.";
/// No way of signing was picked.
pub const FORM_MISSING: &str = "Chọn cách ký.";
/// No kind of dossier was picked.
pub const SCOPE_MISSING: &str = "Chọn ít nhất một loại hồ sơ.";
/// The reason is missing or too short.
pub const REASON_MISSING: &str = "Ghi lý do, ví dụ: đi công tác từ 10/11 đến 20/11.";
/// Nobody here has that number.
pub const DEPUTY_UNKNOWN: &str = "Chưa có ai trong thành phố giữ vai với số này. Xem lại số điện thoại.";
/// Lending to oneself.
pub const DEPUTY_ONESELF: &str = "Đây là số của chính ông/bà. Ghi số của người được ủy quyền.";
/// Lent already.
pub const DEPUTY_OVERLAPS: &str =
    "Người này đã được ủy quyền trong một số ngày ấy. Thôi ủy quyền cũ, hoặc chọn ngày khác.";
/// The seat that was chosen is not to be had any more.
pub const SEAT_GONE: &str = "Vai này vừa hết hạn hoặc đã được thu lại. Chọn vai khác.";
/// No seat was picked.
pub const SEAT_MISSING: &str = "Chọn một vai.";

/// How long to rest after too many tries.
#[must_use]
pub fn rest(minutes: i64) -> String {
    format!("Đã gõ sai nhiều lần. Nghỉ {minutes} phút rồi thử lại. Nếu quên mật khẩu, nhờ quản trị cấp lại.")
}

/// Why a password is not taken, and what helps.
#[must_use]
pub fn weakness(weakness: &Weakness) -> String {
    match weakness {
        Weakness::TooShort(length) => {
            format!("Mật khẩu mới có {length} ký tự, cần ít nhất {SHORTEST}. Ghép bốn từ dễ nhớ là đủ.")
        }
        Weakness::TooLong(length) => format!("Mật khẩu mới có {length} ký tự, nhiều nhất {LONGEST}. Bớt lại."),
        Weakness::Known => "Mật khẩu này chủ yếu là tên, số điện thoại hoặc nơi ở. Thêm một hai từ khác.".to_owned(),
        Weakness::Guessable { warning: None, suggestions } if suggestions.is_empty() => {
            "Mật khẩu này còn dễ đoán. Thêm một hai từ nữa.".to_owned()
        }
        Weakness::Guessable { warning, suggestions } => {
            let why = warning.as_ref().map_or("Mật khẩu này còn dễ đoán.", warned);
            // One piece of advice is read; five are not.
            let what = suggestions.first().map_or("Thêm một hai từ nữa.", suggested);
            format!("{why} {what}")
        }
    }
}

const fn warned(warning: &Warning) -> &'static str {
    match warning {
        Warning::StraightRowsOfKeysAreEasyToGuess => "Một hàng phím liền nhau dễ đoán.",
        Warning::ShortKeyboardPatternsAreEasyToGuess => "Vài phím cạnh nhau dễ đoán.",
        Warning::RepeatsLikeAaaAreEasyToGuess => "Một chữ lặp lại, như aaa, dễ đoán.",
        Warning::RepeatsLikeAbcAbcAreOnlySlightlyHarderToGuess => "Một cụm lặp lại, như abcabc, vẫn dễ đoán.",
        Warning::ThisIsATop10Password | Warning::ThisIsATop100Password => "Rất nhiều người dùng mật khẩu này.",
        Warning::ThisIsACommonPassword => "Nhiều người dùng mật khẩu này.",
        Warning::ThisIsSimilarToACommonlyUsedPassword => "Mật khẩu này gần giống mật khẩu nhiều người dùng.",
        Warning::SequencesLikeAbcAreEasyToGuess => "Dãy liên tiếp, như abc hay 6543, dễ đoán.",
        Warning::RecentYearsAreEasyToGuess => "Năm gần đây dễ đoán.",
        Warning::AWordByItselfIsEasyToGuess => "Một từ đứng một mình dễ đoán.",
        Warning::DatesAreOftenEasyToGuess => "Ngày tháng dễ đoán.",
        Warning::NamesAndSurnamesByThemselvesAreEasyToGuess | Warning::CommonNamesAndSurnamesAreEasyToGuess => {
            "Họ và tên dễ đoán."
        }
    }
}

const fn suggested(suggestion: &Suggestion) -> &'static str {
    match suggestion {
        Suggestion::UseAFewWordsAvoidCommonPhrases => "Ghép vài từ không hay đi với nhau.",
        Suggestion::NoNeedForSymbolsDigitsOrUppercaseLetters => "Chỉ cần thêm từ, chữ hoa và dấu lạ thì tùy ý.",
        Suggestion::AddAnotherWordOrTwo => "Thêm một hai từ ít gặp.",
        Suggestion::CapitalizationDoesntHelpVeryMuch => "Viết hoa không giúp được mấy, thêm từ thì giúp.",
        Suggestion::AllUppercaseIsAlmostAsEasyToGuessAsAllLowercase => {
            "Viết hoa hết cũng dễ đoán như viết thường, thêm từ thì khó hơn."
        }
        Suggestion::ReversedWordsArentMuchHarderToGuess => "Viết ngược cũng dễ đoán, thêm từ thì khó hơn.",
        Suggestion::PredictableSubstitutionsDontHelpVeryMuch => "Thay a bằng @ không giúp được mấy, thêm từ thì giúp.",
        Suggestion::UseALongerKeyboardPatternWithMoreTurns => "Dùng vài từ thay cho hàng phím.",
        Suggestion::AvoidRepeatedWordsAndCharacters => "Thay chỗ lặp bằng từ khác.",
        Suggestion::AvoidSequences => "Thay dãy liên tiếp bằng từ khác.",
        Suggestion::AvoidRecentYears | Suggestion::AvoidYearsThatAreAssociatedWithYou => "Thay số năm bằng từ khác.",
        Suggestion::AvoidDatesAndYearsThatAreAssociatedWithYou => "Thay ngày tháng bằng từ khác.",
    }
}

/// A way of signing in full (Nghị định 30/2020/NĐ-CP).
#[must_use]
pub const fn form(form: Form) -> &'static str {
    match form {
        Form::Kt => "KT. – ký thay",
        Form::Tl => "TL. – thừa lệnh",
        Form::Tuq => "TUQ. – thừa ủy quyền",
        Form::Q => "Q. – quyền",
    }
}

/// What was done, told once on the page that follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Done {
    /// The password was changed.
    PasswordChanged,
    /// The first password was set through a link.
    PasswordSet,
    /// A session was ended.
    SessionEnded,
    /// The other sessions were ended.
    OthersEnded,
    /// Signed out.
    SignedOut,
    /// An account was shut.
    Disabled,
    /// An account was opened again.
    Enabled,
    /// A seat was given.
    SeatGiven,
    /// A seat was ended.
    SeatEnded,
    /// A seat was lent.
    Delegated,
    /// A lent seat was taken back.
    Revoked,
}

impl Done {
    const ALL: [Self; 11] = [
        Self::PasswordChanged,
        Self::PasswordSet,
        Self::SessionEnded,
        Self::OthersEnded,
        Self::SignedOut,
        Self::Disabled,
        Self::Enabled,
        Self::SeatGiven,
        Self::SeatEnded,
        Self::Delegated,
        Self::Revoked,
    ];

    /// As an address carries it.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::PasswordChanged => "doi-mat-khau",
            Self::PasswordSet => "dat-mat-khau",
            Self::SessionEnded => "dung-phien",
            Self::OthersEnded => "dung-phien-khac",
            Self::SignedOut => "dang-xuat",
            Self::Disabled => "khoa",
            Self::Enabled => "mo",
            Self::SeatGiven => "giao-vai",
            Self::SeatEnded => "het-vai",
            Self::Delegated => "uy-quyen",
            Self::Revoked => "thoi-uy-quyen",
        }
    }

    /// As the page says it.
    #[must_use]
    pub const fn sentence(self) -> &'static str {
        match self {
            Self::PasswordChanged => "Đã đổi mật khẩu. Các máy khác phải đăng nhập lại.",
            Self::PasswordSet => "Đã đặt mật khẩu. Đăng nhập bằng số điện thoại và mật khẩu vừa đặt.",
            Self::SessionEnded => "Đã đăng xuất máy đó.",
            Self::OthersEnded => "Đã đăng xuất các máy khác.",
            Self::SignedOut => "Đã đăng xuất.",
            Self::Disabled => "Đã khóa tài khoản. Người này không đăng nhập được nữa.",
            Self::Enabled => "Đã mở lại tài khoản.",
            Self::SeatGiven => "Đã giao vai.",
            Self::SeatEnded => "Đã ghi ngày cuối của vai.",
            Self::Delegated => "Đã ủy quyền. Người được ủy quyền thấy vai này trong mục Đổi vai.",
            Self::Revoked => "Đã thôi ủy quyền.",
        }
    }

    /// From an address; anything else says nothing.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|done| done.code() == code)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_weak_password_is_told_why_and_what_helps() {
        assert_eq!(
            weakness(&Weakness::TooShort(8)),
            "Mật khẩu mới có 8 ký tự, cần ít nhất 12. Ghép bốn từ dễ nhớ là đủ."
        );
        let guessable = Weakness::Guessable {
            warning: Some(Warning::RecentYearsAreEasyToGuess),
            suggestions: vec![Suggestion::AvoidRecentYears, Suggestion::AddAnotherWordOrTwo],
        };
        assert_eq!(weakness(&guessable), "Năm gần đây dễ đoán. Thay số năm bằng từ khác.");
        let silent = Weakness::Guessable { warning: None, suggestions: Vec::new() };
        assert_eq!(weakness(&silent), "Mật khẩu này còn dễ đoán. Thêm một hai từ nữa.");
    }

    #[test]
    fn what_was_done_comes_back_from_its_code_and_nothing_else_does() {
        for done in Done::ALL {
            assert_eq!(Done::from_code(done.code()), Some(done));
        }
        assert_eq!(Done::from_code("<script>"), None);
    }
}
