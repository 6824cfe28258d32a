//! TCVN3 (ABC): one byte per letter. Capitals with a tone do not exist in it: the capital fonts (.VnTimeH) show the small
//! letters large.

/// The letters from U+00A1 on; `.` where there is none.
const LETTERS: &str = "\
    ĂÂÊÔƠƯĐăâêôơưđ......àảãáạ.ằẳẵắ.......ặầẩẫấậè.ẻẽéẹềểễếệìỉ...ĩíịò.ỏõóọồổỗốộờởỡớợù.ủũúụừửữứựỳỷỹýỵ";

const FIRST: u32 = 0xA1;

fn letter(c: char) -> Option<char> {
    let at = u32::from(c).checked_sub(FIRST)?;
    LETTERS.chars().nth(at as usize).filter(|letter| *letter != '.')
}

/// Reads the text as TCVN3.
pub(super) fn decode(text: &str) -> String {
    let large = written_large(text);
    let decode_one = |c: char| match letter(c) {
        Some(letter) if large => letter.to_uppercase().next().unwrap_or(letter),
        Some(letter) => letter,
        None => c,
    };
    text.chars().map(decode_one).collect()
}

/// "NGUYÔN" was typed in capitals: no small plain letter anywhere, and two plain capitals in one word. A text in a capital
/// font whose plain letters are small as well cannot be told from small letters.
fn written_large(text: &str) -> bool {
    let capitals = |word: &str| word.chars().filter(char::is_ascii_uppercase).count();
    !text.contains(|c: char| c.is_ascii_lowercase()) && text.split_whitespace().any(|word| capitals(word) >= 2)
}

#[cfg(test)]
pub(super) fn encode(text: &str) -> String {
    let find = |c: char| LETTERS.chars().position(|letter| letter == c);
    let encode_one = |c: char| {
        let small = c.to_lowercase().next().unwrap_or(c);
        match find(c).or_else(|| find(small)) {
            Some(at) => char::from_u32(FIRST + u32::try_from(at).unwrap()).unwrap(),
            None => c,
        }
    };
    text.chars().map(encode_one).collect()
}
