//! Calls checks with seeds that are changed at random, for machines without a fuzzer: it does not
//! learn from what it finds, but it takes the stable toolchain only.
//!
//! `cargo run --release -p restwright-checks --example soak -- SECONDS FIRST-SEED [CHECK...]`

use restwright_checks::draw::{Draw, bytes_of};
use restwright_checks::seeds::seeds;
use restwright_checks::{CHECKS, Check};
use std::path::Path;
use std::time::{Duration, Instant};

fn main() -> std::io::Result<()> {
    let mut arguments = std::env::args().skip(1);
    let mut number = || arguments.next().and_then(|text| text.parse::<u64>().ok());
    let (Some(seconds), Some(first)) = (number(), number()) else {
        eprintln!("usage: soak SECONDS FIRST-SEED [CHECK...]");
        std::process::exit(2);
    };
    let wanted: Vec<String> = arguments.collect();
    for (name, check) in CHECKS {
        if wanted.is_empty() || wanted.iter().any(|wanted| wanted == name) {
            soak(name, *check, Duration::from_secs(seconds), first)?;
        }
    }
    Ok(())
}

/// Calls a check for a time, and keeps what it panics at.
fn soak(name: &str, check: Check, time: Duration, first: u64) -> std::io::Result<()> {
    let seeds: Vec<Vec<u8>> = seeds(name)?.into_iter().map(|(_, bytes)| bytes).collect();
    let artifacts = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../generator/fuzz/artifacts");
    let artifacts = artifacts.join(name);
    let begun = Instant::now();
    let (mut count, mut faults) = (0, 0);
    while begun.elapsed() < time && faults < 5 {
        let number = first + count;
        let bytes = changed(&seeds, number, name);
        if std::panic::catch_unwind(|| check(&bytes)).is_err() {
            faults += 1;
            std::fs::create_dir_all(&artifacts)?;
            std::fs::write(artifacts.join(format!("soak-{number}")), &bytes)?;
        }
        count += 1;
    }
    let seconds = begun.elapsed().as_secs();
    println!("{name}: {count} calls from {first} in {seconds} s, {faults} faults");
    Ok(())
}

/// One of the seeds with a few changes, or, for a document of choices, other choices.
fn changed(seeds: &[Vec<u8>], number: u64, name: &str) -> Vec<u8> {
    let choices = bytes_of(number, 8192);
    if matches!(name, "pipeline" | "stability") {
        return choices;
    }
    let mut draw = Draw::new(&choices);
    let mut bytes = draw.pick(seeds).clone();
    for _ in 0..=draw.below(6) {
        let at = draw.below(bytes.len() + 1);
        let end = (at + draw.below(8)).min(bytes.len());
        match draw.below(4) {
            0 => drop(bytes.drain(at..end)),
            1 => drop(bytes.splice(at..end, draw.bytes().iter().take(8).copied())),
            2 => {
                let other = draw.pick(seeds);
                let from = draw.below(other.len() + 1);
                let to = (from + draw.below(64)).min(other.len());
                drop(bytes.splice(at..at, other[from..to].iter().copied()));
            }
            _ => {
                if let Some(byte) = bytes.get_mut(at) {
                    *byte ^= 1 << draw.below(8);
                }
            }
        }
    }
    bytes
}
