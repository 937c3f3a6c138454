//! What each stage takes, and that none is more than linear in the document.
//!
//! `cargo bench -p restwright --bench stages` measures every stage with criterion, over a document that is made
//! up here and over some of `../shared`, where they are there, and then prints a table: what the stages
//! take of the made-up document once, twice, four and eight times under new names, in all and for each
//! copy. `-- linear` prints the table alone.

#![allow(missing_docs, clippy::unwrap_used)]

mod document;

use criterion::{BatchSize, Criterion, Throughput};
use restwright::config::Config;
use restwright::lower::{self, Extent};
use restwright::name::lock::Lock;
use restwright::report::Report;
use restwright::source::Source;
use restwright::timings::Timings;
use restwright::{Inputs, emit, generate_timed, name, package, print, read, threads};
use std::path::Path;
use std::time::Duration;

// As the program has it.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Documents of `../shared` to measure with: small, middle and large, in JSON and YAML.
const SHARED: &[&str] = &[
    "corpus/train-travel.yaml",
    "corpus/digitalocean.json",
    "corpus/openai.yaml",
    "corpus/kubernetes.json",
    "corpus/github-api.json",
];

fn main() {
    let only_table = std::env::args().any(|argument| argument == "linear");
    if !only_table {
        let mut criterion = Criterion::default()
            .sample_size(10)
            .warm_up_time(Duration::from_millis(500))
            .measurement_time(Duration::from_secs(3))
            .configure_from_args();
        let made_up = document::made_up().to_string();
        stages(
            &mut criterion,
            "made-up",
            Source::new("made-up.json", made_up),
        );
        for path in SHARED {
            let whole = Path::new("../../shared").join(path);
            match Source::read(&whole) {
                Ok(source) => stages(&mut criterion, path, source),
                Err(reason) => eprintln!("left out, as it is not there: {path} ({reason})"),
            }
        }
        criterion.final_summary();
    }
    linear();
}

fn inputs(source: Source) -> Inputs {
    Inputs {
        source,
        files: Vec::new(),
        overlays: Vec::new(),
        config: Config::default(),
        lock: Lock::default(),
    }
}

/// Measures each stage by itself, on what the stage before has made.
fn stages(criterion: &mut Criterion, title: &str, source: Source) {
    let inputs = inputs(source);
    let mut group = criterion.benchmark_group(title);
    group.throughput(Throughput::Bytes(inputs.source.text.len() as u64));
    let report = || inputs.report();
    let read = |report: &mut Report| read::read(&inputs.source, &[], &[], report).unwrap();
    let document = read(&mut report());
    let wishes = inputs.wishes(Extent::Least);
    let shapes = || lower::lower(&document, &wishes, &mut report());
    let names = |shapes| name::name(shapes, &inputs.config.names, &inputs.lock, &mut report());
    let api = names(shapes());
    let package = package(&api, &inputs.config);

    group.bench_function("read", |bencher| {
        bencher.iter_batched(
            report,
            |mut report| read(&mut report),
            BatchSize::PerIteration,
        );
    });
    group.bench_function("lower", |bencher| bencher.iter_with_large_drop(shapes));
    group.bench_function("name", |bencher| {
        bencher.iter_batched(shapes, names, BatchSize::PerIteration);
    });
    // The tokens are made while files are printed, one file at a time.
    group.bench_function("emit and print", |bencher| {
        let emitted = || emit::emit(&api, &package);
        bencher.iter_with_large_drop(|| threads::alone(|| print::print(emitted()).ok()));
    });
    group.finish();
}

/// Prints what the stages take of a document several times over: the best of some runs.
fn linear() {
    const RUNS: usize = 3;
    let document = document::made_up();
    println!(
        "\n{:<8}{:>8}{:>12}{:>14}",
        "stage", "copies", "ms", "ms per copy"
    );
    for copies in [1, 2, 4, 8] {
        let text = document::repeated(&document, copies).to_string();
        let inputs = inputs(Source::new("copies.json", text));
        let runs: Vec<Timings> = (0..RUNS)
            .map(|_| {
                let mut timings = Timings::default();
                generate_timed(&inputs, &mut inputs.report(), &mut timings).unwrap();
                timings
            })
            .collect();
        for (index, stage) in runs[0].stages().iter().enumerate() {
            let times = runs.iter().map(|run| run.stages()[index].time);
            let best = times.min().unwrap_or_default().as_secs_f64() * 1000.0;
            println!(
                "{:<8}{copies:>8}{best:>12.2}{:>14.2}",
                stage.name,
                best / copies as f64
            );
        }
    }
}
