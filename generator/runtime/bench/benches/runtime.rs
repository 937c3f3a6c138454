//! `cargo bench -p restwright-bench`: each pair by the clock.

#![allow(missing_docs)]

use criterion::{Criterion, criterion_group, criterion_main};
use restwright_bench::{calls, leads, pairs, server};

fn benches(criterion: &mut Criterion) {
    let one = leads::lead(7).to_string().leak();
    let page = leads::page(100).leak();
    let small = calls::small(server::start(one).expect("loopback can be listened on"));
    let large = calls::large(server::start(page).expect("loopback can be listened on"));
    for pair in pairs().iter().chain([&small, &large]) {
        let mut group = criterion.benchmark_group(&pair.name);
        group.bench_function("hand", |bencher| bencher.iter(|| (pair.hand)()));
        group.bench_function("ours", |bencher| bencher.iter(|| (pair.ours)()));
        group.finish();
    }
}

criterion_group!(runtime, benches);
criterion_main!(runtime);
