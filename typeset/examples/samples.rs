//! Writes the sample papers to a folder, to be looked at: `cargo run -p typeset --example samples -- FOLDER`.
#![allow(clippy::unwrap_used, reason = "a tool for the developer: the place that fails is the message")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::fs::write;

fn main() {
    let folder = std::env::args().nth(1).unwrap();
    let papers = [
        ("letter", samples::letter()),
        ("report", samples::criteria_report()),
        ("minutes", samples::minutes()),
        ("decision", samples::decision()),
        ("list", samples::list(60)),
    ];
    for (name, paper) in &papers {
        write(format!("{folder}/{name}.pdf"), typeset::papers(std::slice::from_ref(paper)).unwrap()).unwrap();
        write(format!("{folder}/{name}.docx"), typeset::word(paper).unwrap()).unwrap();
    }
    let one = samples::certificate(7);
    write(format!("{folder}/certificate.pdf"), typeset::certificates(std::slice::from_ref(&one)).unwrap()).unwrap();
    write(format!("{folder}/certificate.docx"), typeset::word_certificate(&one).unwrap()).unwrap();
}
