//! QR symbols, as a grid and as a path to draw.

use std::fmt::Write;

use qrcode::{Color, EcLevel, QrCode};

/// White modules that a symbol needs on every side.
pub const QUIET_MODULES: usize = 4;

/// The text does not fit any symbol.
#[derive(Debug, thiserror::Error)]
#[error("the text is too long for a QR symbol")]
pub struct TooLong;

/// The modules of a symbol, without the quiet zone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    side: usize,
    dark: Vec<bool>,
}

/// The symbol of a text, with error correction M: a crease or a stroke of a pen across it may cost 15%. Capital letters, digits and
/// `:/.-` make small symbols.
///
/// # Errors
/// When the text is longer than the largest symbol holds.
pub fn matrix(text: &str) -> Result<Matrix, TooLong> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).map_err(|_| TooLong)?;
    Ok(Matrix { side: code.width(), dark: code.to_colors().into_iter().map(|it| it == Color::Dark).collect() })
}

impl Matrix {
    /// Modules along one side.
    #[must_use]
    pub fn side(&self) -> usize {
        self.side
    }

    /// Whether the module is dark; outside the symbol nothing is.
    #[must_use]
    pub fn is_dark(&self, column: usize, row: usize) -> bool {
        column < self.side && row < self.side && self.dark[row * self.side + column]
    }

    /// The dark modules as data of an SVG path: one unit a module, one rectangle a run.
    #[must_use]
    pub fn path(&self) -> String {
        let mut path = String::new();
        for row in 0..self.side {
            let mut column = 0;
            while column < self.side {
                let run = (column..self.side).take_while(|at| self.is_dark(*at, row)).count();
                if run > 0 {
                    // Writing to a String cannot fail.
                    let _ = write!(path, "M{column} {row}h{run}v1h-{run}z");
                }
                column += run.max(1);
            }
        }
        path
    }

    /// The `viewBox` that shows the path with its quiet zone.
    #[must_use]
    pub fn view_box(&self) -> String {
        let full = self.side + 2 * QUIET_MODULES;
        format!("-{QUIET_MODULES} -{QUIET_MODULES} {full} {full}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_households_link_makes_a_small_symbol() {
        let matrix = matrix("HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-0123").unwrap();
        assert_eq!(matrix.side(), 29);
        // Three finder patterns, none at the lower right.
        let finder =
            |column, row| (0..7).all(|at| matrix.is_dark(column + at, row) && matrix.is_dark(column, row + at));
        assert!(finder(0, 0) && finder(22, 0) && finder(0, 22) && !finder(22, 22));
        assert!(!matrix.is_dark(29, 0) && !matrix.is_dark(0, 29));
    }

    #[test]
    fn the_path_covers_exactly_the_dark_modules() {
        let matrix = matrix("07-0123").unwrap();
        let mut drawn = vec![false; matrix.side() * matrix.side()];
        for part in matrix.path().split('M').skip(1) {
            let numbers: Vec<usize> = part
                .split(|c: char| !c.is_ascii_digit())
                .filter(|it| !it.is_empty())
                .map(|it| it.parse().unwrap())
                .collect();
            for column in numbers[0]..numbers[0] + numbers[2] {
                drawn[numbers[1] * matrix.side() + column] = true;
            }
        }
        assert_eq!(drawn, matrix.dark);
    }

    #[test]
    fn a_picture_keeps_its_quiet_zone() {
        assert_eq!(matrix("07-0123").unwrap().view_box(), "-4 -4 29 29");
    }

    #[test]
    fn too_much_text_is_said_so() {
        assert!(matrix(&"A".repeat(5000)).is_err());
    }
}
