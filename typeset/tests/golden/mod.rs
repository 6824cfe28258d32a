//! Compares with what is kept beside this file.

use std::path::PathBuf;

use super::read;

fn kept(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/golden").join(name)
}

fn is_written() -> bool {
    std::env::var("TYPESET_GOLDEN").is_ok_and(|it| it == "write")
}

/// All that the pages say, line by line.
pub fn text(name: &str, pdf: &[u8]) {
    let path = kept(&format!("{name}.txt"));
    let said = read::lines(pdf);
    if is_written() {
        std::fs::write(&path, &said).unwrap();
    }
    let expected = std::fs::read_to_string(&path).unwrap_or_default();
    for (line, (said, expected)) in said.lines().zip(expected.lines()).enumerate() {
        assert_eq!(said, expected, "line {} of {name}", line + 1);
    }
    assert_eq!(said.lines().count(), expected.lines().count(), "lines of {name}");
}

/// Where everything stands. Another machine may shade the edge of a letter otherwise; a line that moves by a millimetre is seen.
pub fn picture(name: &str, pdf: &[u8], page: usize) {
    let path = kept(&format!("{name}.png"));
    let (width, height, pixels) = read::picture(pdf, page);
    if is_written() {
        write(&path, width, height, &pixels);
    }
    let expected = load(&path);
    assert_eq!((width, height), (expected.0, expected.1), "size of {name}");
    let tiles = |pixels: &[u8]| -> Vec<f64> {
        let tile = |x: usize, y: usize| {
            let inside = (y..(y + 4).min(height)).flat_map(|y| (x..(x + 4).min(width)).map(move |x| y * width + x));
            let shades: Vec<f64> = inside.map(|at| f64::from(pixels[at])).collect();
            shades.iter().sum::<f64>() / shades.len() as f64
        };
        (0..height)
            .step_by(4)
            .flat_map(|y| (0..width).step_by(4).map(move |x| (x, y)))
            .map(|(x, y)| tile(x, y))
            .collect()
    };
    let apart: Vec<f64> = tiles(&pixels).iter().zip(tiles(&expected.2)).map(|(a, b)| (a - b).abs()).collect();
    let most = apart.iter().copied().fold(0.0, f64::max);
    let mean = apart.iter().sum::<f64>() / apart.len() as f64;
    assert!(most < 40.0 && mean < 1.5, "{name} looks otherwise: {most:.0} at most, {mean:.2} on average");
}

/// Sixteen shades are enough, and take half the room.
fn write(path: &PathBuf, width: usize, height: usize, pixels: &[u8]) {
    let mut encoder = png::Encoder::new(std::fs::File::create(path).unwrap(), width as u32, height as u32);
    encoder.set_color(png::ColorType::Grayscale);
    encoder.set_depth(png::BitDepth::Four);
    encoder.set_compression(png::Compression::High);
    let packed = |row: &[u8]| -> Vec<u8> {
        row.chunks(2).map(|pair| (shade(pair[0]) << 4) | pair.get(1).map_or(0, |it| shade(*it))).collect()
    };
    let bytes: Vec<u8> = pixels.chunks(width).flat_map(packed).collect();
    encoder.write_header().unwrap().write_image_data(&bytes).unwrap();
}

fn shade(grey: u8) -> u8 {
    ((u16::from(grey) + 8) / 17).min(15) as u8
}

fn load(path: &PathBuf) -> (usize, usize, Vec<u8>) {
    let file = std::fs::File::open(path).unwrap();
    let mut reader = png::Decoder::new(std::io::BufReader::new(file)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    let info = reader.next_frame(&mut bytes).unwrap();
    let (width, height) = (info.width as usize, info.height as usize);
    let grey =
        |row: &[u8]| -> Vec<u8> { row.iter().flat_map(|it| [(it >> 4) * 17, (it & 15) * 17]).take(width).collect() };
    (width, height, bytes.chunks(info.line_size).flat_map(grey).collect())
}
