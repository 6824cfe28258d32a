//! Opens the Word documents in LibreOffice, turns them into PDF there and compares what they say with ours:
//! `cargo run -p typeset --example office -- FOLDER`. Needs LibreOffice Writer, and says so where there is none.
#![allow(clippy::unwrap_used, reason = "a tool for the developer: the place that fails is the message")]

#[path = "../tests/read/mod.rs"]
mod read;
#[path = "../tests/samples/mod.rs"]
mod samples;

use std::path::Path;
use std::process::{Command, ExitCode};

use typeset::{Paper, papers, word, word_certificate};

/// What LibreOffice makes of the document.
fn converted(folder: &Path, name: &str, docx: &[u8]) -> Result<Vec<u8>, String> {
    let file = folder.join(format!("{name}.docx"));
    std::fs::write(&file, docx).unwrap();
    let mut command = Command::new("soffice");
    command.args(["--headless", "--convert-to", "pdf", "--outdir"]).arg(folder).arg(&file);
    let output = command.output().map_err(|error| format!("LibreOffice (soffice) cannot be started: {error}"))?;
    let pdf = folder.join(format!("{name}.pdf"));
    std::fs::read(pdf).map_err(|_| {
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        format!("LibreOffice did not open {}; is Writer installed? It said: {said}", file.display())
    })
}

/// All words, in an order that does not depend on which of two columns is read first.
fn words(pdf: &[u8]) -> Vec<String> {
    let mut words: Vec<String> = read::body(pdf).split(' ').map(str::to_owned).collect();
    words.sort();
    words
}

fn compare(folder: &Path, name: &str, paper: &Paper) -> Result<(), String> {
    let theirs = converted(folder, name, &word(paper).unwrap())?;
    let ours = papers(std::slice::from_ref(paper)).unwrap();
    // Both repeat the header on each page, on as many as they have.
    let unrepeated = |pdf: &[u8]| -> Vec<String> {
        let header = "TT Mã hộ Họ và tên chủ hộ Địa chỉ Nhân khẩu Ghi chú";
        let body = read::body(pdf).replace(header, "");
        let mut words: Vec<String> = body.split_whitespace().map(str::to_owned).collect();
        words.sort();
        words
    };
    let (pages, same) = (read::pages(&theirs), unrepeated(&ours) == unrepeated(&theirs));
    println!(
        "{name}: {pages} pages in LibreOffice, {} in ours, {}",
        read::pages(&ours),
        if same { "the same words" } else { "OTHER WORDS" }
    );
    if same {
        Ok(())
    } else {
        Err(format!("{name} says something else in LibreOffice:\n{}\n{}", read::body(&ours), read::body(&theirs)))
    }
}

fn all(folder: &Path) -> Result<(), String> {
    compare(folder, "letter", &samples::letter())?;
    compare(folder, "report", &samples::criteria_report())?;
    compare(folder, "minutes", &samples::minutes())?;
    compare(folder, "decision", &samples::decision())?;
    compare(folder, "list", &samples::list(60))?;
    let one = samples::certificate(7);
    let theirs = converted(folder, "certificate", &word_certificate(&one).unwrap())?;
    let ours = typeset::certificates(&[one]).unwrap();
    println!("certificate: {} page in LibreOffice", read::pages(&theirs));
    if words(&ours) == words(&theirs) { Ok(()) } else { Err(format!("{}\n{}", read::body(&ours), read::body(&theirs))) }
}

fn main() -> ExitCode {
    let Some(folder) = std::env::args().nth(1) else {
        eprintln!("Name a folder for the documents.");
        return ExitCode::FAILURE;
    };
    match all(Path::new(&folder)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(why) => {
            eprintln!("{why}");
            ExitCode::FAILURE
        }
    }
}
