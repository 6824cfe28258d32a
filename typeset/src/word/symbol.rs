//! A QR symbol as a picture.

use docx_rs::{Pic, Run};

use super::WordError;
use super::text::mm;
use crate::qr::{Matrix, QUIET_MODULES};

/// Pixels along a module: sharp in print.
const SCALE: usize = 8;

/// The symbol with its quiet zone, so many millimetres wide.
pub fn run(matrix: &Matrix, size: f32) -> Result<Run, WordError> {
    let side = (matrix.side() + 2 * QUIET_MODULES) * SCALE;
    let module = |at: usize| (at / SCALE).checked_sub(QUIET_MODULES);
    let is_dark = |x, y| module(x).zip(module(y)).is_some_and(|(x, y)| matrix.is_dark(x, y));
    let pixels: Vec<u8> = (0..side * side).map(|at| if is_dark(at % side, at / side) { 0 } else { 255 }).collect();
    let mut picture = Vec::new();
    let pixels_across = side as u32;
    let mut encoder = png::Encoder::new(&mut picture, pixels_across, pixels_across);
    encoder.set_color(png::ColorType::Grayscale);
    let mut writer = encoder.write_header()?;
    writer.write_image_data(&pixels)?;
    writer.finish()?;
    // A twentieth of a point is 635 EMU.
    let emu = mm(size).unsigned_abs() * 635;
    let picture = Pic::new_with_dimensions(picture, pixels_across, pixels_across).size(emu, emu);
    Ok(Run::new().add_image(picture))
}
