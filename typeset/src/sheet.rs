//! Where things stand on a sheet that is photographed later. The template draws by these numbers and the reader of photographs
//! measures by them.

use serde::Serialize;

/// The side of a QR symbol, without its quiet zone.
pub const SYMBOL_MM: f64 = 20.0;

/// What stands in one entry of the list: the symbol, right of it the box to sign in. Millimetres; the box is counted from the
/// symbol's upper left corner, whatever else the entry holds.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Entry {
    /// The side of the symbol.
    pub symbol: f64,
    /// From the left edge of the symbol to that of the box.
    pub box_x: f64,
    /// From the upper edge of the symbol to that of the box.
    pub box_y: f64,
    /// How wide the box is.
    pub box_width: f64,
    /// How high the box is. Old hands need room.
    pub box_height: f64,
    /// The height of an entry whose name and address take one line each.
    pub pitch: f64,
}

/// The entry of the pledge list: ten of them fill a column of A4.
pub const ENTRY: Entry =
    Entry { symbol: SYMBOL_MM, box_x: 23.0, box_y: 8.2, box_width: 37.0, box_height: 11.8, pitch: 25.6 };
