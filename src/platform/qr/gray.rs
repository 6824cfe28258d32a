//! A photograph as shades of grey, upright and of a size that can be searched quickly.

use std::io::Cursor;

use image::imageops::{self, FilterType};
use image::{DynamicImage, GrayImage, ImageDecoder, ImageFormat, ImageReader};

use super::finder::Bitmap;
use super::photo::{Limits, PhotoError};

/// Reads a JPEG or PNG, refuses what would unpack to more than the limits, turns it as the camera says it was held, and scales it.
/// Gives by how much, too.
pub fn open(bytes: &[u8], limits: &Limits) -> Result<(GrayImage, f32), PhotoError> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|_| PhotoError::NotAPhoto)?;
    if !matches!(reader.format(), Some(ImageFormat::Jpeg | ImageFormat::Png)) {
        return Err(PhotoError::NotAPhoto);
    }
    let mut guard = image::Limits::default();
    // Four bytes a pixel, and as much again while it is converted.
    guard.max_alloc = Some(limits.pixels * 8);
    reader.limits(guard);
    let mut decoder = reader.into_decoder().map_err(|error| refused(&error))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > limits.pixels {
        return Err(PhotoError::TooLarge);
    }
    let turned = decoder.orientation().map_err(|error| refused(&error))?;
    let photo = DynamicImage::from_decoder(decoder).map_err(|error| refused(&error))?;
    let (fitted, share) = fitted(photo.into_luma8(), limits.side);
    let mut gray = DynamicImage::ImageLuma8(fitted);
    gray.apply_orientation(turned);
    Ok((gray.into_luma8(), share))
}

fn refused(error: &image::ImageError) -> PhotoError {
    match error {
        image::ImageError::Limits(_) => PhotoError::TooLarge,
        _ => PhotoError::NotAPhoto,
    }
}

/// Modules of less than three pixels are lost to black and white; between the pixels of a small picture there is still some grey.
fn fitted(photo: GrayImage, side: u32) -> (GrayImage, f32) {
    let longest = photo.width().max(photo.height());
    // Every picture comes to the same size, so that one threshold fits all; a very small one has no more than this to give.
    let share = (f64::from(side) / f64::from(longest.max(1))).min(2.0);
    if longest == side {
        return (photo, 1.0);
    }
    let scaled = |length: u32| ((f64::from(length) * share).round() as u32).max(1);
    (imageops::resize(&photo, scaled(photo.width()), scaled(photo.height()), FilterType::Triangle), share as f32)
}

/// Sums over rectangles, so that the brightness around a pixel costs four look-ups however large the neighbourhood.
pub struct Light {
    width: usize,
    height: usize,
    sums: Vec<u64>,
}

impl Light {
    /// Adds the picture up.
    pub fn of(photo: &GrayImage) -> Self {
        let (width, height) = (photo.width() as usize, photo.height() as usize);
        let mut sums = vec![0; (width + 1) * (height + 1)];
        for (row, line) in photo.as_raw().chunks_exact(width.max(1)).enumerate() {
            let mut so_far = 0;
            for (column, shade) in line.iter().enumerate() {
                so_far += u64::from(*shade);
                sums[(row + 1) * (width + 1) + column + 1] = sums[row * (width + 1) + column + 1] + so_far;
            }
        }
        Self { width, height, sums }
    }

    /// Dark is what is darker than `percent` of the mean around it, within a fraction of the picture's size.
    pub fn bitmap(&self, photo: &GrayImage, fraction: usize, percent: u64) -> Bitmap {
        let reach = (self.width.min(self.height) / fraction).max(8);
        let shades = photo.as_raw().iter().enumerate();
        let dark = |(at, shade): (usize, &u8)| {
            u64::from(*shade) * 100 < self.around(at % self.width, at / self.width, reach) * percent
        };
        Bitmap { width: self.width, height: self.height, dark: shades.map(dark).collect() }
    }

    /// The mean shade within `reach` of a pixel.
    fn around(&self, x: usize, y: usize, reach: usize) -> u64 {
        let (left, right) = (x.saturating_sub(reach), (x + reach + 1).min(self.width));
        let (top, bottom) = (y.saturating_sub(reach), (y + reach + 1).min(self.height));
        let at = |column: usize, row: usize| self.sums[row * (self.width + 1) + column];
        let sum = at(right, bottom) + at(left, top) - at(left, bottom) - at(right, top);
        sum / ((right - left) * (bottom - top)).max(1) as u64
    }
}
