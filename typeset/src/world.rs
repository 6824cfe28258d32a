//! The little world in which Typst compiles: our templates, four fonts, one file of data. No disk, no network, no clock.

use std::any::Any;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::LazyLock;
use std::sync::mpsc::RecvTimeoutError;

use serde::Serialize;
use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration};
use typst::layout::Abs;
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook, FontInstance, FontVariations};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::{PdfOptions, PdfStandard, PdfStandards};

/// How long something is remembered that nobody asks for again.
const MOMENT: std::time::Duration = std::time::Duration::from_millis(150);

/// Why no paper came out. Each of them is a fault of the program, not of the person who asked for a paper.
#[derive(Debug, thiserror::Error)]
pub enum TypesetError {
    /// The template and its data do not fit.
    #[error("the template failed: {0}")]
    Template(String),
    /// The PDF could not be written, for instance not as PDF/A.
    #[error("the PDF failed: {0}")]
    Pdf(String),
    /// The data cannot be told to the template.
    #[error("the data cannot be written as JSON")]
    Data(#[from] serde_json::Error),
    /// A QR symbol cannot hold its text.
    #[error(transparent)]
    Qr(#[from] crate::qr::TooLong),
    /// Nothing was given to set.
    #[error("there is no paper to set")]
    Empty,
    /// The Word document could not be written.
    #[error(transparent)]
    Word(#[from] crate::word::WordError),
    /// The type setter panicked.
    #[error("the type setter panicked: {0}")]
    Panic(String),
}

/// A template, and the letterhead that it imports, under the names that the templates use.
pub struct Template {
    /// The file name.
    pub name: &'static str,
    /// What it says.
    pub text: &'static str,
}

const LETTERHEAD: Template = Template { name: "letterhead.typ", text: include_str!("../templates/letterhead.typ") };

/// The name under which templates read what they print.
const DATA: &str = "data.json";

const FACES: [&[u8]; 4] = [
    include_bytes!("../fonts/Tinos-Regular.ttf"),
    include_bytes!("../fonts/Tinos-Bold.ttf"),
    include_bytes!("../fonts/Tinos-Italic.ttf"),
    include_bytes!("../fonts/Tinos-BoldItalic.ttf"),
];

static FONTS: LazyLock<Vec<Font>> =
    LazyLock::new(|| FACES.iter().filter_map(|face| Font::new(Bytes::new(*face), 0)).collect());
static INSTANCES: LazyLock<Vec<FontInstance>> = LazyLock::new(|| {
    let instance = |it: &Font| it.clone().instantiate(it.info().variant, Abs::pt(12.0), &FontVariations::default());
    FONTS.iter().map(instance).collect()
});
static BOOK: LazyLock<LazyHash<FontBook>> = LazyLock::new(|| LazyHash::new(FontBook::from_fonts(FONTS.iter())));
static LIBRARY: LazyLock<LazyHash<Library>> = LazyLock::new(|| LazyHash::new(Library::default()));

/// Whether the fonts have a shape for the letter.
pub fn fonts_have(letter: char) -> bool {
    FONTS.iter().all(|it| it.info().coverage.contains(u32::from(letter)))
}

/// The upright faces, by their place among the fonts.
#[derive(Debug, Clone, Copy)]
pub enum Face {
    Regular = 0,
    Bold = 1,
}

/// How wide a letter is, as a share of its size. What breaks words has no width, whatever shape the font has for it.
pub fn advance(letter: char, face: Face) -> f64 {
    if letter == '\u{200b}' {
        return 0.0;
    }
    let face = INSTANCES.get(face as usize);
    let glyph = face.and_then(|it| it.ttf().glyph_index(letter));
    face.zip(glyph).and_then(|(face, glyph)| face.x_advance(glyph.0)).map_or(0.0, |it| it.get())
}

/// Interned by Typst for ever, so only ever for these few names.
fn file_id(name: &str) -> Result<FileId, TypesetError> {
    let path = VirtualPath::new(name).map_err(|error| TypesetError::Template(error.to_string()))?;
    Ok(RootedPath::new(VirtualRoot::Project, path).intern())
}

struct Desk {
    main: FileId,
    template: Template,
    data: Bytes,
}

impl World for Desk {
    fn library(&self) -> &LazyHash<Library> {
        &LIBRARY
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &BOOK
    }

    fn main(&self) -> FileId {
        self.main
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        let name = id.get().vpath().get_without_slash();
        let known = [&self.template, &LETTERHEAD].into_iter().find(|it| it.name == name);
        let template = known.ok_or(FileError::AccessDenied)?;
        Ok(Source::new(id, template.text.to_owned()))
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let is_data = id.get().vpath().get_without_slash() == DATA;
        if is_data { Ok(self.data.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn font(&self, index: usize) -> Option<Font> {
        FONTS.get(index).cloned()
    }

    fn today(&self, _offset: Option<Duration>) -> Option<Datetime> {
        None
    }
}

/// Sets the data by the template. A panic in the type setter becomes an error: a strange name must not take the program down.
/// It works on as many threads as the machine has; how many papers are set at once is up to the caller.
///
/// # Errors
/// When the template, the data and the PDF/A rules do not agree.
pub fn render(template: Template, data: &impl Serialize) -> Result<Vec<u8>, TypesetError> {
    let data = Bytes::new(serde_json::to_vec(data)?);
    let desk = Desk { main: file_id(template.name)?, template, data };
    // Nothing of ours is shared with the closure, and Typst's caches only keep finished results.
    let pdf = catch_unwind(AssertUnwindSafe(|| compile(&desk))).unwrap_or_else(|panic| Err(panicked(&*panic)));
    // The caches would keep every household ever printed.
    typst::comemo::evict(0);
    pdf
}

fn compile(desk: &Desk) -> Result<Vec<u8>, TypesetError> {
    let document = laid_out(desk)?;
    // What was remembered for a second round of layout would lie beside the PDF while that is written: a third of all memory.
    typst::comemo::evict(0);
    let standards =
        PdfStandards::new(&[PdfStandard::A_2a]).map_err(|error| TypesetError::Pdf(error.message().to_string()))?;
    let options = PdfOptions { standards, ..PdfOptions::default() };
    typst_pdf::pdf(&document, &options).map_err(|errors| TypesetError::Pdf(messages(&errors)))
}

/// Lays the pages out. What Typst remembers of each cell lies beside the pages and is a third of all memory in a list of thousands of
/// rows, so what was not asked for again within a moment is let go of meanwhile.
fn laid_out(desk: &Desk) -> Result<PagedDocument, TypesetError> {
    let (done, is_done) = std::sync::mpsc::channel::<()>();
    std::thread::scope(|scope| {
        scope.spawn(move || {
            while is_done.recv_timeout(MOMENT) == Err(RecvTimeoutError::Timeout) {
                typst::comemo::evict(0);
            }
        });
        let laid_out = typst::compile(desk).output.map_err(|errors| TypesetError::Template(messages(&errors)));
        drop(done);
        laid_out
    })
}

fn messages(errors: &[SourceDiagnostic]) -> String {
    errors.iter().map(|it| it.message.as_str()).collect::<Vec<_>>().join("; ")
}

fn panicked(panic: &(dyn Any + Send)) -> TypesetError {
    let text = panic.downcast_ref::<&str>().map(|it| (*it).to_owned());
    TypesetError::Panic(text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(text: &'static str, data: &str) -> Result<Vec<u8>, TypesetError> {
        render(Template { name: "test.typ", text }, &data)
    }

    #[test]
    fn every_vietnamese_letter_has_a_shape_in_four_faces() {
        assert_eq!(FONTS.len(), 4);
        let letters = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵđ";
        for letter in letters.chars().flat_map(|it| [it].into_iter().chain(it.to_uppercase())) {
            assert!(fonts_have(letter), "{letter}");
        }
        assert!(fonts_have('□') && !fonts_have('李'));
    }

    #[test]
    fn a_template_reaches_its_data_and_nothing_else() {
        assert!(
            set(
                "#set document(title: \"x\", date: datetime(year: 2024, month: 3, day: 5))\n#json(\"data.json\")",
                "Lựu"
            )
            .unwrap()
            .starts_with(b"%PDF-")
        );
        for elsewhere in ["#read(\"/etc/passwd\")", "#read(\"fonts/Tinos-Bold.ttf\")", "#datetime.today()"] {
            assert!(matches!(set(elsewhere, ""), Err(TypesetError::Template(_))), "{elsewhere}");
        }
    }

    #[test]
    fn a_panic_is_an_error() {
        let payload: Box<dyn Any + Send> = Box::new("out of ink".to_owned());
        assert_eq!(panicked(&*payload).to_string(), "the type setter panicked: out of ink");
        let caught = catch_unwind(|| std::panic::panic_any("no paper")).unwrap_err();
        assert_eq!(panicked(&*caught).to_string(), "the type setter panicked: no paper");
    }
}
