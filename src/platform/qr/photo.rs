//! Reading a photographed sheet: which symbols are on it, and in which boxes beside them somebody wrote.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::GrayImage;
use rqrr::PreparedImage;
use typeset::sheet::ENTRY;

use super::finder::{self, Bitmap, Square};
use super::frame::{self, Frame, Point};
use super::gray::{self, Light};

/// From this share of dark points on, a box is proposed as signed. Measured: empty boxes stay below 0.010, where a tilted view lets a printed line
/// in; nearly all signatures lie above 0.019.
const SIGNED: f32 = 0.012;
/// Millimetres along the edge of a box that are not looked at: its printed line, and what the frame is wrong by.
const EDGE: f64 = 1.8;
/// Distance of the points looked at, in millimetres: finer than the stroke of a ball pen.
const STEP: f64 = 0.2;

/// Ways to tell dark from light: darker than so many percent of what lies within a fraction of the picture around. Thin light lines fill
/// up in a dim picture, thin dark ones vanish in a bright one; the last, close and strict, sharpens a blurred picture.
const WAYS: [(usize, u64); 4] = [(40, 85), (40, 92), (40, 75), (100, 97)];

/// How many times the area of the picture may be looked at in one way, symbol by symbol.
const MOST_LOOKED_AT: usize = 12;

/// What a photograph may cost.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// The most pixels that it may unpack to.
    pub pixels: u64,
    /// The longer side, in pixels, at which it is searched: larger ones are shrunk, much smaller ones blown up.
    pub side: u32,
}

impl Default for Limits {
    fn default() -> Self {
        Self { pixels: 64_000_000, side: 3000 }
    }
}

/// Why a photograph cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhotoError {
    /// Neither JPEG nor PNG, or a broken one.
    #[error("not a JPEG or PNG that can be read")]
    NotAPhoto,
    /// It would unpack to more than the limits allow.
    #[error("the photograph has too many pixels")]
    TooLarge,
}

/// A symbol on the photograph.
#[derive(Debug, Clone, PartialEq)]
pub struct Found {
    /// What it says.
    pub text: String,
    /// Its corners in pixels of the picture as it was sent, turned upright: upper left, upper right, lower right, lower left.
    pub corners: [(f32, f32); 4],
    /// The dark share of the box to sign in; None when the box is not on the photograph.
    pub ink: Option<f32>,
}

impl Found {
    /// Whether to propose the household as having signed.
    #[must_use]
    pub fn looks_signed(&self) -> bool {
        self.ink.is_some_and(|ink| ink >= SIGNED)
    }
}

/// All symbols on a photographed sheet, sorted by what they say.
///
/// # Errors
/// When it is no photograph, or too large a one.
pub fn read_photo(bytes: &[u8], limits: &Limits) -> Result<Vec<Found>, PhotoError> {
    let (photo, share) = gray::open(bytes, limits)?;
    let light = Light::of(&photo);
    let mut found = BTreeMap::new();
    for (fraction, percent) in WAYS {
        search(&light.bitmap(&photo, fraction, percent), &mut found);
    }
    let sent = |(x, y): (f32, f32)| (x / share, y / share);
    let seen = found.into_iter().map(|(text, frame)| seen(&photo, text, &frame));
    Ok(seen.map(|found| Found { corners: found.corners.map(sent), ..found }).collect())
}

/// Reads the symbols one by one. A corner square belongs to one symbol only, so those of a symbol that was read are out of the way.
fn search(bitmap: &Bitmap, found: &mut BTreeMap<String, Frame>) {
    let squares = finder::squares(bitmap);
    let known = |square: &Square, frame: &Frame| frame.covers(square.centre, ENTRY.symbol);
    let mut free: Vec<bool> = squares.iter().map(|it| !found.values().any(|frame| known(it, frame))).collect();
    // A sheet takes a few times its own area; a picture made to waste time takes no more than this.
    let mut budget = MOST_LOOKED_AT * bitmap.dark.len();
    for trio in finder::trios(&squares) {
        if !trio.squares.iter().all(|at| free[*at]) {
            continue;
        }
        let alone = Alone::around(trio.squares.map(|at| squares[at]), bitmap);
        let Some(left) = budget.checked_sub(alone.width * alone.height) else { break };
        budget = left;
        if let Some((text, frame)) = alone.read(bitmap) {
            trio.squares.iter().for_each(|at| free[*at] = false);
            found.entry(text).or_insert(frame);
        }
    }
}

/// The place of one symbol: everything outside its edges is blanked out.
struct Alone {
    edges: [Point; 4],
    left: usize,
    top: usize,
    width: usize,
    height: usize,
}

impl Alone {
    /// From the middles of three corner squares out to a bit of the quiet zone.
    fn around([corner, one, other]: [Square; 3], bitmap: &Bitmap) -> Self {
        let fourth = (one.centre.0 + other.centre.0 - corner.centre.0, one.centre.1 + other.centre.1 - corner.centre.1);
        let middle = ((one.centre.0 + other.centre.0) / 2.0, (one.centre.1 + other.centre.1) / 2.0);
        let module = corner.module.max(one.module).max(other.module);
        let edges = [corner.centre, one.centre, fourth, other.centre].map(|it| outwards(middle, it, 6.5 * module));
        let (left, width) = span(edges.map(|it| it.0), bitmap.width);
        let (top, height) = span(edges.map(|it| it.1), bitmap.height);
        Self { edges, left, top, width, height }
    }

    /// What the symbol says, and where it lies. A panic in the decoder counts as a symbol that cannot be read: pictures come from anywhere.
    fn read(&self, bitmap: &Bitmap) -> Option<(String, Frame)> {
        let dark = |x: usize, y: usize| {
            let (x, y) = (x + self.left, y + self.top);
            bitmap.is_dark(x, y) && frame::inside(self.edges, (x as f64, y as f64))
        };
        let decoded = || {
            let mut alone = PreparedImage::prepare_from_bitmap(self.width, self.height, dark);
            let decoded = |grid: &rqrr::Grid<_>| grid.decode().ok().map(|(meta, text)| (meta, text, grid.bounds));
            alone.detect_grids().iter().find_map(decoded)
        };
        let (meta, text, bounds) = catch_unwind(AssertUnwindSafe(decoded)).ok()??;
        // rqrr gives the corners of a square that is one module larger than the symbol.
        let side = ENTRY.symbol * (1.0 + 1.0 / meta.version.to_size() as f64);
        let square = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)];
        let at = |p: rqrr::Point| (f64::from(p.x) + self.left as f64, f64::from(p.y) + self.top as f64);
        Some((text, Frame::through(square, bounds.map(at))?))
    }
}

/// The point moved away from the middle along the diagonal, so that the side moves by `by` modules' worth.
fn outwards(middle: Point, (x, y): Point, by: f64) -> Point {
    let (dx, dy) = (x - middle.0, y - middle.1);
    let share = by * std::f64::consts::SQRT_2 / dx.hypot(dy).max(1.0);
    (x + dx * share, y + dy * share)
}

/// The least of the values, and how far it is from there to the largest; cut to the picture.
fn span(values: [f64; 4], end: usize) -> (usize, usize) {
    let least = values.into_iter().fold(f64::MAX, f64::min).max(0.0) as usize;
    let largest = values.into_iter().fold(0.0, f64::max).ceil() as usize;
    (least, largest.min(end).saturating_sub(least))
}

fn seen(photo: &GrayImage, text: String, frame: &Frame) -> Found {
    let side = ENTRY.symbol;
    let corner = |x, y| {
        let (x, y) = frame.place((x, y));
        (x as f32, y as f32)
    };
    let corners = [corner(0.0, 0.0), corner(side, 0.0), corner(side, side), corner(0.0, side)];
    Found { text, corners, ink: ink(photo, frame) }
}

/// The dark share inside the box: darker than the paper of this box, whatever light falls on it.
fn ink(photo: &GrayImage, frame: &Frame) -> Option<f32> {
    let mut shades = Vec::new();
    let (columns, rows) = (ENTRY.box_width - 2.0 * EDGE, ENTRY.box_height - 2.0 * EDGE);
    for row in 0..(rows / STEP) as u32 {
        for column in 0..(columns / STEP) as u32 {
            let x = ENTRY.box_x + EDGE + f64::from(column) * STEP;
            let y = ENTRY.box_y + EDGE + f64::from(row) * STEP;
            shades.push(shade(photo, frame.place((x, y)))?);
        }
    }
    let mut sorted = shades.clone();
    sorted.sort_unstable();
    let paper = u32::from(*sorted.get(sorted.len() * 3 / 4)?);
    let dark = shades.iter().filter(|it| u32::from(**it) * 100 < paper * 75).count();
    Some(dark as f32 / shades.len() as f32)
}

fn shade(photo: &GrayImage, (x, y): Point) -> Option<u8> {
    let inside = x >= 0.0 && y >= 0.0 && x < f64::from(photo.width()) && y < f64::from(photo.height());
    inside.then(|| photo.get_pixel(x as u32, y as u32).0[0])
}

#[cfg(test)]
mod tests;
