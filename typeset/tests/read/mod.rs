//! Reads a PDF back with the parts that Typst itself brings along: another reader would change which features they are built with, and the
//! whole of Typst would be compiled twice.

#![allow(dead_code, reason = "each test takes what it needs")]

use std::collections::BTreeMap;

use hayro::{RenderCache, RenderSettings};
use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};
use hayro_interpret::hayro_syntax::page::Page;
use hayro_interpret::{
    BlendMode, ClipPath, Context, Device, GlyphDrawMode, Image, InterpreterCache, InterpreterSettings, Paint,
    PathDrawMode, SoftMask, font::Glyph, interpret_page,
};
use kurbo::{Affine, BezPath, Rect};

pub fn open(pdf: &[u8]) -> Pdf {
    Pdf::new(pdf.to_vec()).unwrap()
}

pub fn pages(pdf: &[u8]) -> usize {
    open(pdf).pages().len()
}

/// All words, each line break a space: where lines break is the template's business.
pub fn words(pdf: &[u8]) -> String {
    let pdf = open(pdf);
    let mut listener = Listener::default();
    for page in pdf.pages().iter() {
        listener.hear(page);
    }
    flat(&listener.lines.iter().map(|it| it.1.as_str()).collect::<Vec<_>>().join(" "))
}

/// What the pages say, line by line and without the small breaks within long words. The draft's mark is a picture, not a text.
pub fn lines(pdf: &[u8]) -> String {
    let listen = |page: &Page<'_>| {
        let mut listener = Listener { upright: true, ..Listener::default() };
        listener.hear(page);
        listener.lines.iter().map(|it| flat(&it.1)).filter(|it| !it.is_empty()).collect::<Vec<_>>()
    };
    let pages: Vec<String> = open(pdf).pages().iter().map(|it| listen(it).join("\n")).collect();
    pages.join("\n--- page ---\n") + "\n"
}

/// The same without what stands in the margins, as one line.
pub fn body(pdf: &[u8]) -> String {
    let margin = 20.0 / 25.4 * 72.0;
    let listen = |page: &Page<'_>| {
        let mut listener = Listener { upright: true, ..Listener::default() };
        listener.hear(page);
        let inside = margin..f64::from(page.render_dimensions().1) - margin;
        let lines = listener.lines.into_iter().filter(|it| inside.contains(&it.0));
        lines.map(|it| it.1).collect::<Vec<_>>().join(" ")
    };
    flat(&open(pdf).pages().iter().map(listen).collect::<Vec<_>>().join(" "))
}

/// One space between words, whatever stood there.
pub fn flat(text: &str) -> String {
    text.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A page in grey, at about 29 points an inch: enough to see where everything stands, small enough to keep.
pub fn picture(pdf: &[u8], page: usize) -> (usize, usize, Vec<u8>) {
    const SCALE: f32 = 0.4;
    let pdf = open(pdf);
    let settings = RenderSettings { x_scale: SCALE, y_scale: SCALE, ..RenderSettings::default() };
    let picture = hayro::render(&pdf.pages()[page], &RenderCache::new(), &InterpreterSettings::default(), &settings);
    // Premultiplied; the paper is white.
    let grey = |it: &[u8]| {
        let colour = u32::from(it[0]) * 30 + u32::from(it[1]) * 59 + u32::from(it[2]) * 11;
        u8::try_from(colour / 100 + 255 - u32::from(it[3])).unwrap_or(255)
    };
    let pixels = picture.data_as_u8_slice().chunks(4).map(grey).collect();
    (usize::from(picture.width()), usize::from(picture.height()), pixels)
}

/// Each embedded font by its name, and whether its file is in the PDF.
pub fn fonts(pdf: &[u8]) -> BTreeMap<String, bool> {
    let pdf = open(pdf);
    let descriptors = pdf.objects().into_iter().filter_map(|it| match it {
        Object::Dict(dict) => Some(dict),
        _ => None,
    });
    let named = |dict: Dict<'_>| {
        let name = dict.get::<Name<'_>>(b"FontName")?;
        let name = name.as_str().split_once('+')?.1.to_owned();
        Some((name, dict.get::<Stream<'_>>(b"FontFile2").is_some()))
    };
    descriptors.filter_map(named).collect()
}

/// The metadata and all other streams that are text.
pub fn texts(pdf: &[u8]) -> String {
    let pdf = open(pdf);
    let streams = pdf.objects().into_iter().filter_map(|it| match it {
        Object::Stream(stream) => stream.decoded().ok().and_then(|it| String::from_utf8(it.to_vec()).ok()),
        _ => None,
    });
    streams.collect()
}

/// Hears each letter, and sees where a line ends.
#[derive(Default)]
struct Listener {
    /// How high above the page's lower edge, and what.
    lines: Vec<(f64, String)>,
    /// Where the last letter ends.
    end: f64,
    /// Deaf to what is turned.
    upright: bool,
}

impl Listener {
    fn hear(&mut self, page: &Page<'_>) {
        let cache = InterpreterCache::new();
        let area = Rect::new(0.0, 0.0, 1000.0, 1000.0);
        let settings = InterpreterSettings::default();
        self.lines.push((0.0, String::new()));
        interpret_page(page, &mut Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings), self);
    }
}

impl Device<'_> for Listener {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, at: Affine, scale: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let whole = at * scale;
        let [size, turn, ..] = whole.as_coeffs();
        if self.upright && turn.abs() > 1e-6 {
            return;
        }
        let (left, height) = (whole.translation().x, whole.translation().y);
        if self.lines.last().is_none_or(|it| (it.0 - height).abs() > 1.0) {
            self.lines.push((height, String::new()));
        }
        let Some((_, line)) = self.lines.last_mut() else { return };
        // A seventh of the size: less than any space.
        if (left - self.end).abs() > size * 140.0 {
            line.push(' ');
        }
        let advance = if let Glyph::Outline(it) = glyph { it.advance_width().unwrap_or_default() } else { 0.0 };
        self.end = left + f64::from(advance) * size;
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => line.push(letter),
            Some(BfString::String(letters)) => line.push_str(&letters),
            None => line.push('\u{fffd}'),
        }
    }

    fn set_soft_mask(&mut self, _: Option<SoftMask<'_>>) {}
    fn set_blend_mode(&mut self, _: BlendMode) {}
    fn draw_path(&mut self, _: &BezPath, _: Affine, _: &Paint<'_>, _: &PathDrawMode) {}
    fn push_clip_path(&mut self, _: &ClipPath) {}
    fn push_transparency_group(&mut self, _: f32, _: Option<SoftMask<'_>>, _: BlendMode) {}
    fn draw_image(&mut self, _: Image<'_, '_>, _: Affine) {}
    fn pop_clip_path(&mut self) {}
    fn pop_transparency_group(&mut self) {}
}
