//! Canonicalisation of two samples: reading, JCS, and RDFC-1.0, from a value and from bytes.
//!
//! `cargo bench --bench canonicalise`

use std::hint::black_box;
use std::path::Path;

use bewijs::canon::json::JsonLimits;
use bewijs::canon::{ContextSet, View, jcs, json};
use criterion::{Criterion, criterion_group, criterion_main};

fn canonicalise(criterion: &mut Criterion) {
    let set = ContextSet::issuing();
    let limits = JsonLimits::default();
    for name in ["mc1", "evc1"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/samples/expected")
            .join(name)
            .with_extension("json");
        let bytes = std::fs::read(path).expect("the sample is in the repository");
        let value = json::parse(&bytes, &limits).expect("the sample is JSON");
        let form = set.canonicalize(&value, View::default()).expect("the sample is in safe mode");
        let compact = value.to_string().into_bytes();
        let mut group = criterion.benchmark_group(name);
        group.bench_function("parse", |b| b.iter(|| json::parse(black_box(&compact), &limits)));
        group.bench_function("jcs", |b| b.iter(|| jcs::to_string(black_box(&value))));
        group.bench_function("canonicalise", |b| {
            b.iter(|| set.canonicalize(black_box(&value), View::default()));
        });
        group.bench_function("canonicalise and hash", |b| {
            b.iter(|| set.canonicalize(black_box(&value), View::default()).map(|c| c.sha256()));
        });
        group.bench_function("hash", |b| b.iter(|| black_box(&form).sha256()));
        group.finish();
    }
}

criterion_group! {
    name = benches;
    config = Criterion::default()
        .sample_size(50)
        .warm_up_time(std::time::Duration::from_millis(500))
        .measurement_time(std::time::Duration::from_secs(2));
    targets = canonicalise
}
criterion_main!(benches);
