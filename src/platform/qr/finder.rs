//! Finds where symbols lie by the three squares in their corners. A whole page of symbols side by side confuses readers that
//! expect one: so each is found here first, and read alone.

use super::frame::Point;

/// Three for each of forty symbols, and some that only look alike.
const MOST_SQUARES: usize = 150;

/// Black and white, row by row.
pub struct Bitmap {
    /// Pixels in a row.
    pub width: usize,
    /// Rows.
    pub height: usize,
    /// True where it is dark.
    pub dark: Vec<bool>,
}

impl Bitmap {
    /// Whether the pixel is dark; outside the picture nothing is.
    pub fn is_dark(&self, x: usize, y: usize) -> bool {
        x < self.width && y < self.height && self.dark[y * self.width + x]
    }
}

/// A corner square: dark 7 modules wide, with a light ring inside.
#[derive(Debug, Clone, Copy)]
pub struct Square {
    /// Its middle.
    pub centre: Point,
    /// Pixels a module.
    pub module: f64,
    seen: u32,
}

/// Three corner squares that may belong to one symbol.
#[derive(Debug, Clone, Copy)]
pub struct Trio {
    /// Places in the list of squares: the corner, then its two neighbours.
    pub squares: [usize; 3],
    /// How far the shape is from that of a symbol; 0 is a perfect one.
    pub fault: f64,
}

/// All corner squares of the picture.
pub fn squares(bitmap: &Bitmap) -> Vec<Square> {
    let mut found: Vec<Square> = Vec::new();
    for y in 0..bitmap.height {
        for (left, runs) in five_runs(bitmap, y) {
            let middle = left as f64 + f64::from(runs[0] + runs[1]) + f64::from(runs[2]) / 2.0;
            if let Some(square) = checked(bitmap, middle as usize, y) {
                note(&mut found, square);
            }
        }
    }
    // A true one is crossed by several rows. A picture made of little squares must not cost minutes: the clearest are kept.
    found.retain(|it| it.seen > 1);
    found.sort_by_key(|square| std::cmp::Reverse(square.seen));
    found.truncate(MOST_SQUARES);
    found
}

/// Dark, light, dark, light, dark in the proportions 1:1:3:1:1, each with its left end.
fn five_runs(bitmap: &Bitmap, y: usize) -> Vec<(usize, [u32; 5])> {
    let row = &bitmap.dark[y * bitmap.width..(y + 1) * bitmap.width];
    let mut ends = vec![0];
    ends.extend((1..row.len()).filter(|x| row[*x] != row[x - 1]));
    ends.push(row.len());
    let runs = ends.windows(6).filter(|it| row[it[0]]);
    runs.map(|it| (it[0], std::array::from_fn(|at| (it[at + 1] - it[at]) as u32)))
        .filter(|it| proportioned(it.1))
        .collect()
}

fn proportioned(runs: [u32; 5]) -> bool {
    let total: u32 = runs.iter().sum();
    let module = f64::from(total) / 7.0;
    let near = |run: u32, modules: f64| (f64::from(run) - modules * module).abs() < modules.sqrt() * module * 0.6;
    total >= 7 && runs.iter().zip([1.0, 1.0, 3.0, 1.0, 1.0]).all(|(run, modules)| near(*run, modules))
}

/// Looks at the candidate from above and again from the side, which also puts its middle right.
fn checked(bitmap: &Bitmap, x: usize, y: usize) -> Option<Square> {
    let (y, tall) = across(y, bitmap.height, |at| bitmap.is_dark(x, at))?;
    let (x, wide) = across(x, bitmap.width, |at| bitmap.is_dark(at, y as usize))?;
    let alike = wide < tall * 1.7 && tall < wide * 1.7;
    alike.then_some(Square { centre: (x, y), module: (wide + tall) / 14.0, seen: 1 })
}

/// The middle and the length of the five runs around `from`, walking out to both sides.
fn across(from: usize, end: usize, dark: impl Fn(usize) -> bool) -> Option<(f64, f64)> {
    if !dark(from) {
        return None;
    }
    let [half_before, light_before, dark_before] = walk((0..from).rev(), &dark)?;
    let [half_after, light_after, dark_after] = walk(from + 1..end, &dark)?;
    let runs = [dark_before, light_before, half_before + 1 + half_after, light_after, dark_after];
    let start = from as f64 - f64::from(half_before + light_before + dark_before);
    let middle = start + f64::from(runs[0] + runs[1]) + f64::from(runs[2]) / 2.0;
    proportioned(runs).then(|| (middle, f64::from(runs.iter().sum::<u32>())))
}

/// How long the next dark, light and dark runs are; None when the picture ends before they do.
fn walk(way: impl Iterator<Item = usize>, dark: impl Fn(usize) -> bool) -> Option<[u32; 3]> {
    let mut runs = [0; 3];
    let mut at = 0;
    for place in way {
        if dark(place) != (at % 2 == 0) {
            at += 1;
        }
        match runs.get_mut(at) {
            Some(run) => *run += 1,
            None => return Some(runs),
        }
    }
    None
}

fn note(found: &mut Vec<Square>, new: Square) {
    let near = |it: &&mut Square| distance(it.centre, new.centre) < it.module * 2.0;
    let Some(known) = found.iter_mut().rev().find(near) else {
        found.push(new);
        return;
    };
    let (old, all) = (f64::from(known.seen), f64::from(known.seen + 1));
    let mean = |a: f64, b: f64| (a * old + b) / all;
    known.centre = (mean(known.centre.0, new.centre.0), mean(known.centre.1, new.centre.1));
    known.module = mean(known.module, new.module);
    known.seen += 1;
}

fn distance(a: Point, b: Point) -> f64 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// Trios that look like the corners of a symbol, the likeliest first.
pub fn trios(squares: &[Square]) -> Vec<Trio> {
    let mut trios = Vec::new();
    for (corner, square) in squares.iter().enumerate() {
        let near = |at: &usize| {
            let other = squares[*at];
            let modules = distance(square.centre, other.centre) / square.module;
            *at != corner && (10.0..60.0).contains(&modules) && (0.6..1.6).contains(&(other.module / square.module))
        };
        let neighbours: Vec<usize> = (0..squares.len()).filter(near).collect();
        for (at, one) in neighbours.iter().enumerate() {
            for other in &neighbours[at + 1..] {
                trios.extend(trio(squares, corner, *one, *other));
            }
        }
    }
    trios.sort_by(|a, b| a.fault.total_cmp(&b.fault));
    trios
}

fn trio(squares: &[Square], corner: usize, one: usize, other: usize) -> Option<Trio> {
    let (c, a, b) = (squares[corner], squares[one], squares[other]);
    let (ax, ay) = (a.centre.0 - c.centre.0, a.centre.1 - c.centre.1);
    let (bx, by) = (b.centre.0 - c.centre.0, b.centre.1 - c.centre.1);
    let (long_a, long_b) = (ax.hypot(ay), bx.hypot(by));
    let slant = ((ax * bx + ay * by) / (long_a * long_b)).abs();
    let uneven = (long_a / long_b).ln().abs();
    let fault = slant + uneven;
    (slant < 0.35 && uneven < 0.4).then_some(Trio { squares: [corner, one, other], fault })
}
