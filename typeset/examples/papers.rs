//! How long papers take and how much memory: `cargo run --release -p typeset --example papers -- FOLDER two|certificates|list [ROWS]`, each
//! in a process of its own, since memory is the most that the process has held.
#![allow(clippy::unwrap_used, reason = "a tool for the developer: the place that fails is the message")]

#[path = "../tests/samples/mod.rs"]
mod samples;

use std::time::Instant;

/// What Linux says of this process, in megabytes: `VmHWM` is the most it has held, `RssFile` what of it is the program itself.
fn held(what: &str) -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|it| it.strip_prefix(what)).unwrap_or(":0");
    line.trim_start_matches(':').trim().trim_end_matches(" kB").parse::<u64>().unwrap_or(0) / 1024
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let [folder, what, rest @ ..] = arguments.as_slice() else { panic!("a folder, and what to measure") };
    let rows = rest.first().map_or(3000, |it| it.parse().unwrap());
    let since = Instant::now();
    let file = match what.as_str() {
        "two" => typeset::papers(&[samples::letter()]),
        "certificates" => typeset::certificates(&(1..=24).map(samples::certificate).collect::<Vec<_>>()),
        "list" => typeset::papers(&[samples::list(rows)]),
        "word-two" => typeset::word(&samples::letter()),
        "word-list" => typeset::word(&samples::list(rows)),
        other => panic!("{other} is not one of two, certificates, list, word-two, word-list"),
    }
    .unwrap();
    let (most, program) = (held("VmHWM"), held("RssFile"));
    println!(
        "{what}: {:.2} s, {} KB, peak {most} MB, {program} MB of it the program",
        since.elapsed().as_secs_f32(),
        file.len() / 1024
    );
    std::fs::write(format!("{folder}/measured-{what}"), file).unwrap();
}
