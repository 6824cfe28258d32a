//! Reads a PDF back with the parts that Typst itself brings along: another reader would change which features they are built with, and the
//! whole of Typst would be compiled twice.

use std::collections::BTreeMap;

use hayro_interpret::hayro_cmap::BfString;
use hayro_interpret::hayro_syntax::Pdf;
use hayro_interpret::hayro_syntax::object::{Dict, Name, Object, Stream};
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
        let cache = InterpreterCache::new();
        let area = Rect::new(0.0, 0.0, 1000.0, 1000.0);
        let settings = InterpreterSettings::default();
        interpret_page(page, &mut Context::new(Affine::IDENTITY, area, &cache, page.xref(), settings), &mut listener);
        listener.said.push(' ');
    }
    listener.said.replace('\u{200b}', "").split_whitespace().collect::<Vec<_>>().join(" ")
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
    said: String,
    line: f64,
}

impl Device<'_> for Listener {
    fn draw_glyph(&mut self, glyph: &Glyph<'_>, at: Affine, _: Affine, _: &Paint<'_>, _: &GlyphDrawMode) {
        let line = at.translation().y;
        if (line - self.line).abs() > 1.0 {
            self.said.push(' ');
            self.line = line;
        }
        match glyph.as_unicode() {
            Some(BfString::Char(letter)) => self.said.push(letter),
            Some(BfString::String(letters)) => self.said.push_str(&letters),
            None => self.said.push('\u{fffd}'),
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
