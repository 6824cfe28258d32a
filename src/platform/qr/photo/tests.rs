//! Pages are the real ones: the type setter prints them, a renderer draws them, a made-up camera photographs them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{RenderCache, RenderSettings, render};
use image::codecs::png::PngEncoder;
use image::{GrayImage, ImageEncoder, Luma};
use typeset::{Day, Household, PledgeSheets, Style};

use super::super::bent::{Camera, Dice, photograph, scribble};
use super::*;

/// Pixels a millimetre of the drawn page, about 150 dpi.
const FINE: f64 = 6.0;
/// The household whose entry comes first on the second page.
const FIRST: usize = 17;

const STRAIGHT: Camera =
    Camera { turn: 0.0, tilt: (0.0, 0.0), blur: 0.0, light: 1.0, noise: 0.0, quality: 60, size: (1200, 1600) };

fn link(number: usize) -> String {
    format!("HTTPS://BINHYEN.EXAMPLE/Q/PL/2024/07-{number:04}")
}

/// The second page of a list: twenty households, nothing else.
static PAGE: LazyLock<GrayImage> = LazyLock::new(|| {
    let household = |number: usize| Household {
        code: format!("07-{number:04}"),
        head: "Nguyễn Thị Hồng Nhung".to_owned(),
        address: format!("{number} Dã Tượng"),
        members: Some(4),
        qr: link(number),
    };
    let pdf = typeset::pledge_sheets(&PledgeSheets {
        ward: "phường Bắc Nha Trang".to_owned(),
        group: "Tổ dân phố 7".to_owned(),
        year: 2024,
        place: "Bắc Nha Trang".to_owned(),
        printed: Day { year: 2024, month: 3, day: 5 },
        text: vec![],
        reasons: vec!["vắng".to_owned(), "đi làm xa".to_owned(), "từ chối".to_owned()],
        style: Style::List,
        households: (1..=45).map(household).collect(),
    });
    let pdf = Pdf::new(pdf.unwrap()).unwrap();
    let scale = (FINE * 25.4 / 72.0) as f32;
    let settings = RenderSettings { x_scale: scale, y_scale: scale, bg_color: WHITE, ..RenderSettings::default() };
    let drawn = render(&pdf.pages()[1], &RenderCache::new(), &InterpreterSettings::default(), &settings);
    let pixels = drawn.data_as_u8_slice().chunks_exact(4).map(|it| it[1]).collect();
    GrayImage::from_raw(drawn.width().into(), drawn.height().into(), pixels).unwrap()
});

/// The page with a scribble in about half of the boxes, and what was signed.
fn signed_page(dice: &mut Dice) -> (GrayImage, BTreeMap<String, bool>) {
    let mut page = PAGE.clone();
    let mut signed = BTreeMap::new();
    for at in 0..20 {
        let column = if at < 10 { 30.0 } else { 115.0 };
        let row = 20.0 + (at % 10) as f64 * ENTRY.pitch + ENTRY.pitch - ENTRY.symbol;
        let signs = dice.roll() < 0.5;
        if signs {
            let place = ((column + ENTRY.box_x) * FINE, (row + ENTRY.box_y) * FINE);
            let room = (ENTRY.box_width * dice.between(0.4, 1.0) * FINE, ENTRY.box_height * FINE);
            scribble(&mut page, place, room, 0.4 * FINE, 70, dice);
        }
        signed.insert(link(FIRST + at), signs);
    }
    (page, signed)
}

/// How many symbols of twenty were found, and how many of those judged right.
fn tried(camera: &Camera, dice: &mut Dice) -> (usize, usize) {
    let (page, signed) = signed_page(dice);
    let found = read_photo(&photograph(&page, camera, dice), &Limits::default()).unwrap();
    assert!(found.iter().all(|it| signed.contains_key(&it.text)), "{found:?}");
    (found.len(), found.iter().filter(|it| it.looks_signed() == signed[&it.text]).count())
}

#[test]
fn a_whole_page_is_read_and_its_signatures_proposed() {
    let mut dice = Dice(20_240_305);
    let from_the_hand = Camera { turn: 4.0, tilt: (0.1, -0.1), blur: 0.7, light: 0.5, noise: 8.0, ..STRAIGHT };
    let upside_down = Camera { turn: 180.0, tilt: (0.0, 0.15), noise: 4.0, ..STRAIGHT };
    for camera in [from_the_hand, upside_down] {
        let (found, right) = tried(&camera, &mut dice);
        assert!(found == 20 && right >= 19, "{found} found, {right} right with {camera:?}");
    }
}

/// Too slow for each run in a debug build: `cargo test --release --lib qr -- --ignored`.
#[test]
#[ignore = "two minutes in a debug build"]
fn photographs_of_many_kinds_are_read() {
    let mut dice = Dice(88_172_645);
    let large = Camera { size: (3000, 4000), ..STRAIGHT };
    let turned = [0.0, 3.0, -5.0, 10.0, -20.0, 90.0, 180.0].map(|turn| Camera { turn, noise: 8.0, ..large });
    let tilted = [(0.1, 0.0), (0.0, 0.15), (-0.15, 0.2), (0.2, -0.3)].map(|tilt| Camera { tilt, turn: 2.0, ..large });
    let blurred = [1.0, 2.0, 3.0].map(|blur| Camera { blur, light: 0.6, ..large });
    let dim = [0.5, 0.4, 0.25].map(|light| Camera { light, noise: 10.0, turn: -3.0, ..large });
    let sizes = [(960, 1280), (1200, 1600), (1500, 2000), (2448, 3264), (6000, 8000)];
    let sized = sizes.map(|size| Camera { size, turn: 3.0, tilt: (0.05, 0.1), light: 0.6, ..STRAIGHT });
    let cameras: Vec<Camera> = [&turned[..], &tilted, &blurred, &dim, &sized].concat();
    let (mut found, mut right) = (0, 0);
    for camera in &cameras {
        let (read, judged) = tried(camera, &mut dice);
        println!("{read} read, {judged} judged right: {camera:?}");
        found += read;
        right += judged;
    }
    let all = cameras.len() * 20;
    assert!(found * 100 >= all * 99 && right * 100 >= found * 98, "{found} of {all} found, {right} right");
}

#[test]
fn corners_stand_clockwise_from_the_upper_left() {
    let page = read_photo(&photograph(&PAGE, &STRAIGHT, &mut Dice(7)), &Limits::default()).unwrap();
    let [a, b, c, d] = page[0].corners;
    assert!(a.0 < b.0 && a.1 < d.1 && c.0 > d.0 && c.1 > b.1, "{:?}", page[0]);
}

#[test]
fn the_cameras_word_on_how_it_was_held_is_heard() {
    let jpeg = photograph(&PAGE, &Camera { turn: -90.0, size: (1600, 1200), ..STRAIGHT }, &mut Dice(7));
    // An EXIF segment that says "turn right by 90 degrees", put behind the start of the picture.
    let exif = b"\xff\xe1\x00\x22Exif\0\0MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\x06\0\0\0\0\0\0";
    let told = [&jpeg[..2], exif, &jpeg[2..]].concat();
    let upright = |bytes: &[u8]| {
        let found = read_photo(bytes, &Limits::default()).unwrap();
        let [a, b, ..] = found[0].corners;
        (a.1 - b.1).abs() < 3.0 && a.0 < b.0
    };
    assert!(!upright(&jpeg) && upright(&told));
}

#[test]
fn a_box_outside_the_picture_is_not_judged() {
    let (mut page, _) = signed_page(&mut Dice(3));
    // Only the left symbols are left on it, cut before the boxes.
    page = image::imageops::crop_imm(&page, 0, 0, (60.0 * FINE) as u32, page.height()).to_image();
    let mut png = Vec::new();
    PngEncoder::new(&mut png).write_image(&page, page.width(), page.height(), image::ExtendedColorType::L8).unwrap();
    let found = read_photo(&png, &Limits::default()).unwrap();
    assert_eq!(found.len(), 10);
    assert!(found.iter().all(|it| it.ink.is_none() && !it.looks_signed()));
}

#[test]
fn what_is_no_photograph_or_too_large_is_refused() {
    let limits = Limits { pixels: 1_000_000, ..Limits::default() };
    let jpeg = photograph(&GrayImage::from_pixel(40, 40, Luma([255])), &STRAIGHT, &mut Dice(7));
    assert_eq!(read_photo(&jpeg, &limits), Err(PhotoError::TooLarge));
    assert_eq!(read_photo(&jpeg, &Limits::default()), Ok(vec![]));
    for broken in [&b""[..], b"GIF89a\x01\0\x01\0", b"%PDF-1.7", &jpeg[..300], b"\x89PNG\r\n\x1a\n"] {
        assert_eq!(read_photo(broken, &Limits::default()), Err(PhotoError::NotAPhoto));
    }
    // A PNG of a few bytes that says it is 60,000 by 60,000 pixels.
    let bomb = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\xea\x60\0\0\xea\x60\x08\0\0\0\0\x9c\x4f\xd1\xbe";
    assert!(read_photo(bomb, &Limits::default()).is_err());
}
