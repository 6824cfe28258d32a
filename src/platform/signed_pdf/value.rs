//! The values of PDF, as far as a signature and a table of objects need them (ISO 32000-1, 7.3).

use std::ops::Range;

/// How deep values may lie in each other.
const DEEPEST: usize = 32;
/// How many values one object may hold. A hostile array would otherwise take many times its own size in memory.
const MOST_VALUES: usize = 100_000;
/// Two numbers closer than this are the same: programs write 595.276 and 595.28.
const ROUNDING: f64 = 0.01;

/// A value, its way of being written forgotten.
#[derive(Debug, Clone)]
pub(super) enum Value {
    Dict(Dict),
    Array(Vec<Value>),
    Name(Vec<u8>),
    Text(Text),
    Number(f64),
    /// A reference, by the number of its object.
    Reference(u32),
    /// `true`, `null`, `obj`, `stream` and whatever else is a bare word.
    Word(Vec<u8>),
}

/// A string, decoded, and where it stands with its delimiters.
#[derive(Debug, Clone)]
pub(super) struct Text {
    pub bytes: Vec<u8>,
    pub place: Range<usize>,
}

/// A dictionary. No name stands in it twice: programs would differ on which one counts.
#[derive(Debug, Clone, Default)]
pub(super) struct Dict(pub Vec<(Vec<u8>, Value)>);

impl Dict {
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.0.iter().find_map(|(key, value)| (key == name.as_bytes()).then_some(value))
    }

    pub fn reference(&self, name: &str) -> Option<u32> {
        match self.get(name)? {
            Value::Reference(number) => Some(*number),
            _ => None,
        }
    }

    pub fn is(&self, name: &str, wanted: &str) -> bool {
        matches!(self.get(name), Some(Value::Name(found)) if found == wanted.as_bytes())
    }
}

impl Value {
    /// A number that counts bytes or objects.
    pub fn count(&self) -> Option<usize> {
        match self {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "looked at before")]
            Value::Number(it) if it.fract() == 0.0 && (0.0..1e15).contains(it) => Some(*it as usize),
            _ => None,
        }
    }

    /// Every dictionary in it that has this entry.
    pub fn with_entry<'a>(&'a self, name: &str, found: &mut Vec<&'a Dict>) {
        match self {
            Value::Dict(dict) => {
                if dict.get(name).is_some() {
                    found.push(dict);
                }
                dict.0.iter().for_each(|(_, value)| value.with_entry(name, found));
            }
            Value::Array(values) => values.iter().for_each(|value| value.with_entry(name, found)),
            _ => {}
        }
    }
}

impl PartialEq for Dict {
    fn eq(&self, other: &Self) -> bool {
        let held = |(name, value): &(Vec<u8>, Value)| other.0.iter().any(|(key, it)| key == name && it == value);
        self.0.len() == other.0.len() && self.0.iter().all(held)
    }
}

impl PartialEq for Value {
    fn eq(&self, other: &Self) -> bool {
        match (self, other) {
            (Value::Dict(a), Value::Dict(b)) => a == b,
            (Value::Array(a), Value::Array(b)) => a == b,
            (Value::Name(a), Value::Name(b)) | (Value::Word(a), Value::Word(b)) => a == b,
            (Value::Text(a), Value::Text(b)) => a.bytes == b.bytes,
            (Value::Number(a), Value::Number(b)) => (a - b).abs() < ROUNDING,
            (Value::Reference(a), Value::Reference(b)) => a == b,
            _ => false,
        }
    }
}

pub(super) const fn is_space(byte: u8) -> bool {
    matches!(byte, b'\0' | b'\t' | b'\n' | b'\x0c' | b'\r' | b' ')
}

/// Whether this byte can go on a name or a word.
pub(super) const fn is_regular(byte: u8) -> bool {
    !is_space(byte) && !matches!(byte, b'(' | b')' | b'<' | b'>' | b'[' | b']' | b'{' | b'}' | b'/' | b'%')
}

/// Walks over bytes from a place on. Each byte is read a bounded number of times.
pub(super) struct Walk<'a> {
    bytes: &'a [u8],
    /// Where it stands.
    pub at: usize,
    left: usize,
}

impl<'a> Walk<'a> {
    pub fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at, left: MOST_VALUES }
    }

    /// The next value; none where something else stands, or nothing.
    pub fn value(&mut self) -> Option<Value> {
        self.value_at(0)
    }

    /// The next bare word, which may be a number.
    pub fn word(&mut self) -> Option<&'a [u8]> {
        self.skip();
        let word = self.run();
        (!word.is_empty()).then_some(word)
    }

    pub fn integer(&mut self) -> Option<u32> {
        std::str::from_utf8(self.word()?).ok()?.parse().ok()
    }

    fn value_at(&mut self, depth: usize) -> Option<Value> {
        self.left = self.left.checked_sub(1).filter(|_| depth < DEEPEST)?;
        self.skip();
        match self.rest() {
            [b'<', b'<', ..] => self.dict(depth).map(Value::Dict),
            [b'<', ..] => self.hexadecimal().map(Value::Text),
            [b'(', ..] => self.literal().map(Value::Text),
            [b'[', ..] => self.array(depth).map(Value::Array),
            [b'/', ..] => Some(Value::Name(self.name())),
            [first, ..] if is_regular(*first) => Some(self.number_or_word()),
            _ => None,
        }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// Over spaces and comments.
    fn skip(&mut self) {
        while let Some(byte) = self.bytes.get(self.at) {
            if *byte == b'%' {
                self.at += self.rest().iter().take_while(|it| !matches!(it, b'\r' | b'\n')).count();
            } else if is_space(*byte) {
                self.at += 1;
            } else {
                break;
            }
        }
    }

    fn run(&mut self) -> &'a [u8] {
        let rest = self.rest();
        let length = rest.iter().take_while(|it| is_regular(**it)).count();
        self.at += length;
        &rest[..length]
    }

    fn name(&mut self) -> Vec<u8> {
        self.at += 1;
        let raw = self.run();
        let (mut name, mut at) = (Vec::with_capacity(raw.len()), 0);
        while let Some(byte) = raw.get(at) {
            let escaped = (*byte == b'#').then(|| raw.get(at + 1..at + 3)).flatten();
            let escaped = escaped.and_then(|it| Some(digit(it[0])? << 4 | digit(it[1])?));
            name.push(escaped.unwrap_or(*byte));
            at += if escaped.is_some() { 3 } else { 1 };
        }
        name
    }

    fn number_or_word(&mut self) -> Value {
        let word = self.run();
        let shaped = word.len() <= 32 && word.iter().all(|it| it.is_ascii_digit() || matches!(it, b'+' | b'-' | b'.'));
        let text = std::str::from_utf8(word).unwrap_or_default();
        match text.parse::<f64>().ok().filter(|_| shaped) {
            Some(number) => text.parse().ok().and_then(|it| self.reference(it)).unwrap_or(Value::Number(number)),
            None => Value::Word(word.to_vec()),
        }
    }

    /// Whether that number begins a reference: `12 0 R`.
    fn reference(&mut self, number: u32) -> Option<Value> {
        let before = self.at;
        if self.integer().is_some() && self.word() == Some(b"R") {
            return Some(Value::Reference(number));
        }
        self.at = before;
        None
    }

    fn dict(&mut self, depth: usize) -> Option<Dict> {
        self.at += 2;
        let mut dict = Dict::default();
        loop {
            self.skip();
            match self.rest() {
                [b'>', b'>', ..] => {
                    self.at += 2;
                    return unlike(&dict).then_some(dict);
                }
                [b'/', ..] => {
                    let name = self.name();
                    dict.0.push((name, self.value_at(depth + 1)?));
                }
                _ => return None,
            }
        }
    }

    fn array(&mut self, depth: usize) -> Option<Vec<Value>> {
        self.at += 1;
        let mut values = vec![];
        loop {
            self.skip();
            if self.rest().first() == Some(&b']') {
                self.at += 1;
                return Some(values);
            }
            values.push(self.value_at(depth + 1)?);
        }
    }

    fn hexadecimal(&mut self) -> Option<Text> {
        let start = self.at;
        let inner = &self.rest()[1..];
        let length = inner.iter().position(|it| *it == b'>')?;
        self.at += length + 2;
        let digits: Option<Vec<u8>> =
            inner[..length].iter().filter(|it| !is_space(**it)).map(|it| digit(*it)).collect();
        // A last digit without its fellow has a zero behind it (7.3.4.3).
        let bytes = digits?.chunks(2).map(|it| it[0] << 4 | it.get(1).copied().unwrap_or(0)).collect();
        Some(Text { bytes, place: start..self.at })
    }

    fn literal(&mut self) -> Option<Text> {
        let (start, mut bytes, mut open) = (self.at, vec![], 0_usize);
        loop {
            let byte = *self.bytes.get(self.at)?;
            self.at += 1;
            match byte {
                b'(' => open += 1,
                b')' => open -= 1,
                b'\\' => {
                    bytes.extend(self.escaped()?);
                    continue;
                }
                _ => {}
            }
            if open == 0 {
                return Some(Text { bytes, place: start..self.at });
            }
            if self.at > start + 1 {
                bytes.push(byte);
            }
        }
    }

    /// What stands behind a backslash; none at the end of the bytes.
    fn escaped(&mut self) -> Option<Option<u8>> {
        let byte = *self.bytes.get(self.at)?;
        self.at += 1;
        Some(match byte {
            b'n' => Some(b'\n'),
            b'r' => Some(b'\r'),
            b't' => Some(b'\t'),
            b'b' => Some(8),
            b'f' => Some(12),
            b'\r' | b'\n' => None,
            b'0'..=b'7' => {
                let more = self.rest().iter().take(2).take_while(|it| matches!(it, b'0'..=b'7')).count();
                let digits = &self.bytes[self.at - 1..self.at + more];
                self.at += more;
                Some(digits.iter().fold(0_u8, |sum, it| sum.wrapping_mul(8).wrapping_add(it - b'0')))
            }
            other => Some(other),
        })
    }
}

fn digit(byte: u8) -> Option<u8> {
    char::from(byte).to_digit(16).and_then(|it| u8::try_from(it).ok())
}

fn unlike(dict: &Dict) -> bool {
    let mut names: Vec<&[u8]> = dict.0.iter().map(|(name, _)| name.as_slice()).collect();
    names.sort_unstable();
    names.windows(2).all(|it| it[0] != it[1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Option<Value> {
        Walk::new(text.as_bytes(), 0).value()
    }

    #[test]
    fn one_value_is_the_same_however_it_is_written() {
        let plain = read("<< /Type /Page /MediaBox [0 0 595.276 842] /Parent 2 0 R /Lang (vi) >>");
        let other = read("<</Lang<7669>%of people\n/Parent\r2\n0  R/MediaBox[0 0 595.28 842.0]/#54ype/Page>>");
        assert!(plain.is_some());
        assert_eq!(plain, other);
        assert_eq!(read("(a\\(b\\)(c)\\101\\\n\\n)"), read("<61286229286329410A>"));
        assert_ne!(plain, read("<< /Type /Page /MediaBox [0 0 595.276 842] /Parent 3 0 R /Lang (vi) >>"));
    }

    #[test]
    fn what_programs_would_read_differently_is_no_value() {
        assert_eq!(read("<< /A 1 /A 2 >>"), None);
        assert_eq!(read("<< /A 1"), None);
        assert_eq!(read("<4g>"), None);
        assert_eq!(read("(never closed"), None);
        assert_eq!(read(&"[".repeat(100_000)), None);
        assert_eq!(read(&format!("[{}]", "1 ".repeat(MOST_VALUES))), None);
    }

    #[test]
    fn a_count_is_whole_and_not_negative() {
        assert_eq!(read("12").and_then(|it| it.count()), Some(12));
        for text in ["-1", "1.5", "99999999999999999999999999", "1e3", "(1)"] {
            assert_eq!(read(text).and_then(|it| it.count()), None, "{text}");
        }
    }
}
