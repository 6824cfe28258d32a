//! How long papers take and how much memory: `cargo run --release -p typeset --example papers -- FOLDER two|certificates|list`, each in a
//! process of its own, since memory is the most that the process has held.
#![allow(clippy::unwrap_used, reason = "a tool for the developer: the place that fails is the message")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::time::Instant;

/// The most memory this process has held, as Linux says it.
fn peak_mb() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix("VmHWM:")).unwrap_or("0");
    line.trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

fn rss(what: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    status.lines().find(|it| it.starts_with(what)).unwrap_or_default().to_owned()
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, what] = arguments.as_slice() else { panic!("a folder, and what to measure") };
    let since = Instant::now();
    let file = match what.as_str() {
        "two" => typeset::papers(&[samples::letter()]),
        "certificates" => typeset::certificates(&(1..=24).map(samples::certificate).collect::<Vec<_>>()),
        "list" => typeset::papers(&[samples::list(std::env::var("ROWS").map_or(3000, |it| it.parse().unwrap()))]),
        "word-two" => typeset::word(&samples::letter()),
        "word-list" => typeset::word(&samples::list(3000)),
        other => panic!("{other} is not one of two, certificates, list, word-two, word-list"),
    }
    .unwrap();
    println!("{what}: {:.2} s, {} KB, peak {} MB", since.elapsed().as_secs_f32(), file.len() / 1024, peak_mb());
    eprintln!("{} {}", rss("RssAnon"), rss("RssFile"));
    std::fs::write(format!("{folder}/measured-{what}"), file).unwrap();
}
