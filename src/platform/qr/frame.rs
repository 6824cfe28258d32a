//! Where a place on the paper lies in the photograph.

/// A point, in pixels of the photograph or millimetres of the paper.
pub type Point = (f64, f64);

/// A projective map from the paper to the photograph: a flat sheet seen by a camera from anywhere.
#[derive(Debug, Clone, Copy)]
pub struct Frame([f64; 8]);

impl Frame {
    /// The map that takes four points of the paper to four of the photograph. None when there is no such map, or more than one.
    pub fn through(paper: [Point; 4], photo: [Point; 4]) -> Option<Self> {
        let mut rows = Vec::with_capacity(8);
        for ((x, y), (u, v)) in paper.into_iter().zip(photo) {
            rows.push([x, y, 1.0, 0.0, 0.0, 0.0, -x * u, -y * u, u]);
            rows.push([0.0, 0.0, 0.0, x, y, 1.0, -x * v, -y * v, v]);
        }
        solve(rows).map(Self)
    }

    /// Where a point of the paper lies in the photograph.
    pub fn place(&self, (x, y): Point) -> Point {
        let [a, b, c, d, e, f, g, h] = self.0;
        let depth = g * x + h * y + 1.0;
        ((a * x + b * y + c) / depth, (d * x + e * y + f) / depth)
    }

    /// Whether a point of the photograph lies in the symbol, whose upper left corner is the origin.
    pub fn covers(&self, (u, v): Point, side: f64) -> bool {
        let corners = [(0.0, 0.0), (side, 0.0), (side, side), (0.0, side)].map(|it| self.place(it));
        inside(corners, (u, v))
    }
}

/// Whether the point lies in the convex shape.
pub fn inside(corners: [Point; 4], (x, y): Point) -> bool {
    let side = |at: usize| {
        let (a, b) = (corners[at], corners[(at + 1) % 4]);
        (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0)
    };
    let sides: [f64; 4] = std::array::from_fn(side);
    sides.iter().all(|it| *it >= 0.0) || sides.iter().all(|it| *it <= 0.0)
}

/// Eight equations in eight unknowns, by elimination with the largest pivot.
fn solve(mut rows: Vec<[f64; 9]>) -> Option<[f64; 8]> {
    for column in 0..8 {
        let pivot = (column..8).max_by(|a, b| rows[*a][column].abs().total_cmp(&rows[*b][column].abs()))?;
        if rows[pivot][column].abs() < 1e-9 {
            return None;
        }
        rows.swap(column, pivot);
        let lead = rows[column];
        for (at, row) in rows.iter_mut().enumerate() {
            let share = row[column] / lead[column];
            if at != column {
                row.iter_mut().zip(lead).for_each(|(cell, above)| *cell -= share * above);
            }
        }
    }
    Some(std::array::from_fn(|at| rows[at][8] / rows[at][at]))
}

#[cfg(test)]
mod tests {
    use super::*;

    const SQUARE: [Point; 4] = [(0.0, 0.0), (20.0, 0.0), (20.0, 20.0), (0.0, 20.0)];

    #[test]
    fn corners_go_to_corners_and_diagonals_still_cross_in_the_middle() {
        let photo = [(100.0, 120.0), (260.0, 130.0), (250.0, 300.0), (90.0, 270.0)];
        let frame = Frame::through(SQUARE, photo).unwrap();
        for (paper, (u, v)) in SQUARE.into_iter().zip(photo) {
            let (x, y) = frame.place(paper);
            assert!((x - u).abs() < 1e-6 && (y - v).abs() < 1e-6);
        }
        let (x, y) = frame.place((10.0, 10.0));
        let beside = |a: Point, b: Point| (b.0 - a.0) * (y - a.1) - (b.1 - a.1) * (x - a.0);
        assert!(beside(photo[0], photo[2]).abs() < 1e-6 && beside(photo[1], photo[3]).abs() < 1e-6);
    }

    #[test]
    fn a_paper_without_extent_is_no_frame() {
        assert!(Frame::through([(1.0, 1.0); 4], SQUARE).is_none());
    }
}
