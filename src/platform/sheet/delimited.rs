//! Text with separators (.csv, .txt), in whatever encoding the program of the day wrote.

use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1252, WINDOWS_1258};

use super::grid::{Budget, Grid};
use super::{Cell, Limits, Unreadable, Workbook};
use crate::platform::legacy;

const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];
/// How much of the file is looked at to find its separator.
const SAMPLE: usize = 64 * 1024;

pub(super) fn read(bytes: &[u8], name: &str, limits: &Limits) -> Result<Workbook, Unreadable> {
    let narrow = without_width(bytes);
    let bytes = narrow.as_deref().unwrap_or(bytes);
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let mut rows = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator(&bytes[..bytes.len().min(SAMPLE)]))
        .from_reader(bytes);
    let old = OldLetters::of(bytes);
    let mut budget = Budget::new(limits);
    let mut grid = Grid::new(&mut budget);
    let mut record = csv::ByteRecord::new();
    let mut lines = Lines { bytes, at: 0, line: 0, quoted: false };
    while rows.read_byte_record(&mut record).map_err(|_| Unreadable::Cut)? {
        let start = record.position().map_or(0, csv::Position::byte);
        let row = lines.at(usize::try_from(start).unwrap_or_default());
        for (column, field) in (0_u32..).zip(record.iter()) {
            grid.put(row, column, Cell::Text(old.text(field)))?;
        }
    }
    let stem = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    Ok(Workbook { sheets: vec![grid.finish(stem)] })
}

/// UTF-16 as UTF-8; Excel calls it "Unicode text".
fn without_width(bytes: &[u8]) -> Option<Vec<u8>> {
    let encoding = match bytes {
        [0xff, 0xfe, ..] => UTF_16LE,
        [0xfe, 0xff, ..] => UTF_16BE,
        _ => return None,
    };
    let (text, _, _) = encoding.decode(bytes);
    Some(text.into_owned().into_bytes())
}

/// The separator that stands equally often, and most often, in the lines of the sample, quoted text left out. Of two equals
/// the rarer sign: commas stand in addresses and decimals too.
fn separator(sample: &[u8]) -> u8 {
    let mut counts: Vec<[usize; 3]> = vec![[0; 3]];
    let mut quoted = false;
    for byte in sample {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => counts.push([0; 3]),
            byte if !quoted => {
                let at = SEPARATORS.iter().position(|it| it == byte);
                if let (Some(at), Some(line)) = (at, counts.last_mut()) {
                    line[at] += 1;
                }
            }
            _ => {}
        }
    }
    let weight = |at: usize| {
        let most = counts.iter().map(|line| line[at]).max().unwrap_or_default();
        let agreeing = counts.iter().filter(|line| line[at] > 0 && line[at] == most).count();
        (agreeing, counts.iter().map(|line| line[at]).sum::<usize>())
    };
    let best = (0..SEPARATORS.len()).max_by_key(|at| weight(*at)).unwrap_or_default();
    SEPARATORS[best]
}

/// Counts rows up to a place as Excel numbers them: blank lines count, line breaks inside a quoted cell do not.
struct Lines<'a> {
    bytes: &'a [u8],
    at: usize,
    line: u32,
    quoted: bool,
}

impl Lines<'_> {
    /// The number, from zero, of the row that begins at `start`. The reader's own position lies before the blank lines that
    /// it skips.
    fn at(&mut self, start: usize) -> u32 {
        let start = start.min(self.bytes.len());
        let skipped = self.bytes[start..].iter().take_while(|byte| matches!(byte, b'\n' | b'\r')).count();
        for byte in &self.bytes[self.at..start + skipped] {
            match byte {
                b'"' => self.quoted = !self.quoted,
                b'\n' if !self.quoted => self.line += 1,
                _ => {}
            }
        }
        self.at = start + skipped;
        self.line
    }
}

/// How fields that are not UTF-8 are read: with the code page of Vietnamese Windows, or letter for letter as the fonts of
/// TCVN3 and VNI had it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum OldLetters {
    Windows1258,
    AsTheyStand,
}

impl OldLetters {
    /// Whichever makes sense of more lines.
    fn of(bytes: &[u8]) -> Self {
        let odd = bytes.split(|byte| *byte == b'\n').filter(|line| std::str::from_utf8(line).is_err());
        let (mut windows, mut fonts) = (0, 0);
        for line in odd.take(2_000) {
            let text = Self::Windows1258.text(line);
            windows += usize::from(legacy::reads_as_vietnamese(&text));
            let fields = Self::AsTheyStand.text(line);
            fonts += usize::from(fields.split(['\t', ',', ';']).any(|field| legacy::mend(field).from.is_some()));
        }
        if windows >= fonts && windows > 0 { Self::Windows1258 } else { Self::AsTheyStand }
    }

    fn text(self, field: &[u8]) -> String {
        match (std::str::from_utf8(field), self) {
            (Ok(text), _) => legacy::composed(text),
            // Marks come after their letters in this code page.
            (Err(_), Self::Windows1258) => legacy::composed(&WINDOWS_1258.decode_without_bom_handling(field).0),
            (Err(_), Self::AsTheyStand) => WINDOWS_1252.decode_without_bom_handling(field).0.into_owned(),
        }
    }
}
