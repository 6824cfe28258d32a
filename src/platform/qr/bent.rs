//! Makes photographs of a page for tests: pen strokes, a tilted camera, uneven light, blur, noise, JPEG.

use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma, imageops};

use super::frame::{Frame, Point};

/// Numbers that look random and are the same every time.
pub struct Dice(pub u64);

impl Dice {
    /// From 0 to below 1.
    pub fn roll(&mut self) -> f64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as f64 / (1u64 << 53) as f64
    }

    /// From `low` to below `high`.
    pub fn between(&mut self, low: f64, high: f64) -> f64 {
        low + (high - low) * self.roll()
    }
}

/// How a photograph was taken.
#[derive(Debug, Clone, Copy)]
pub struct Camera {
    /// Degrees by which the page is turned.
    pub turn: f64,
    /// How much narrower the far side of the page looks, left to right and top to bottom: 0.1 is a tenth.
    pub tilt: (f64, f64),
    /// In pixels of the photograph.
    pub blur: f32,
    /// The darkest corner, as a share of the brightest.
    pub light: f64,
    /// Shades by which pixels differ by chance.
    pub noise: f64,
    /// Of the JPEG.
    pub quality: u8,
    /// Pixels of the photograph, upright.
    pub size: (u32, u32),
}

/// A scribble of a few strokes inside a rectangle given in pixels of the page: a ball pen of `thick` pixels.
pub fn scribble(
    page: &mut GrayImage,
    (left, top): Point,
    (width, height): Point,
    thick: f64,
    shade: u8,
    dice: &mut Dice,
) {
    let mut pen = (left + width * dice.between(0.08, 0.25), top + height * dice.between(0.3, 0.8));
    for stroke in 0..(6.0 + 8.0 * dice.roll()) as u32 {
        let forward = width * dice.between(-0.05, 0.14);
        let up = if stroke % 2 == 0 { dice.between(0.15, 0.4) } else { dice.between(0.6, 0.9) };
        let next = ((pen.0 + forward).min(left + width * 0.95), top + height * up);
        draw(page, pen, next, thick, shade);
        pen = next;
    }
}

fn draw(page: &mut GrayImage, from: Point, to: Point, thick: f64, shade: u8) {
    let steps = ((to.0 - from.0).hypot(to.1 - from.1) * 2.0).ceil().max(1.0);
    for step in 0..=steps as u32 {
        let share = f64::from(step) / steps;
        let (x, y) = (from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share);
        let reach = thick / 2.0;
        for row in (y - reach).round() as i64..=(y + reach).round() as i64 {
            for column in (x - reach).round() as i64..=(x + reach).round() as i64 {
                if let (Ok(column), Ok(row)) = (u32::try_from(column), u32::try_from(row))
                    && (f64::from(column) - x).hypot(f64::from(row) - y) <= reach
                    && column < page.width()
                    && row < page.height()
                {
                    page.put_pixel(column, row, Luma([shade]));
                }
            }
        }
    }
}

/// The page as the camera sees it, as a JPEG.
pub fn photograph(page: &GrayImage, camera: &Camera, dice: &mut Dice) -> Vec<u8> {
    let (width, height) = camera.size;
    let corners = seen_corners(page, camera);
    let (w, h) = (f64::from(page.width()), f64::from(page.height()));
    let back = Frame::through(corners, [(0.0, 0.0), (w, 0.0), (w, h), (0.0, h)]).unwrap();
    let mut photo = GrayImage::from_fn(width, height, |x, y| {
        let shade = sampled(page, back.place((f64::from(x) + 0.5, f64::from(y) + 0.5)));
        let away = (f64::from(x) / f64::from(width) + f64::from(y) / f64::from(height)) / 2.0;
        Luma([(shade * (1.0 - (1.0 - camera.light) * away) * 0.92) as u8])
    });
    if camera.blur > 0.0 {
        photo = imageops::blur(&photo, camera.blur);
    }
    for pixel in photo.pixels_mut() {
        pixel.0[0] = (f64::from(pixel.0[0]) + dice.between(-camera.noise, camera.noise)).clamp(0.0, 255.0) as u8;
    }
    let mut jpeg = Vec::new();
    JpegEncoder::new_with_quality(&mut jpeg, camera.quality).encode_image(&photo).unwrap();
    jpeg
}

/// Where the corners of the page come to lie: it fills nine tenths of the picture.
fn seen_corners(page: &GrayImage, camera: &Camera) -> [Point; 4] {
    let (width, height) = (f64::from(camera.size.0), f64::from(camera.size.1));
    let (w, h) = (f64::from(page.width()), f64::from(page.height()));
    let (sin, cos) = camera.turn.to_radians().sin_cos();
    // Around the middle of the page, tilted and turned.
    let turned = [(-0.5, -0.5), (0.5, -0.5), (0.5, 0.5), (-0.5, 0.5)].map(|(x, y)| {
        let near = 1.0 + camera.tilt.0 * x + camera.tilt.1 * y;
        let (x, y) = (x * w * near, y * h * near);
        (x * cos - y * sin, x * sin + y * cos)
    });
    let reach = |pick: fn(&Point) -> f64| turned.iter().map(pick).fold(0.0, |a: f64, b| a.max(b.abs()));
    let scale = (0.46 * width / reach(|it| it.0)).min(0.46 * height / reach(|it| it.1));
    turned.map(|(x, y)| (width / 2.0 + x * scale, height / 2.0 + y * scale))
}

fn sampled(page: &GrayImage, (x, y): Point) -> f64 {
    let (x, y) = (x - 0.5, y - 0.5);
    if x < 0.0 || y < 0.0 || x >= f64::from(page.width() - 1) || y >= f64::from(page.height() - 1) {
        return 90.0;
    }
    let (left, top, right, down) = (x as u32, y as u32, x.fract(), y.fract());
    let at = |column, row| f64::from(page.get_pixel(column, row).0[0]);
    let above = at(left, top) * (1.0 - right) + at(left + 1, top) * right;
    let below = at(left, top + 1) * (1.0 - right) + at(left + 1, top + 1) * right;
    above * (1.0 - down) + below * down
}
