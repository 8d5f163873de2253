//! How long whole fleets take: the real binary, against the reference system over HTTP.
//!
//! `cargo bench` measures fleets of 100 and 1,000 clinics; `CLINICCTL_BENCH_CLINICS=100,1000,10000 cargo bench` names
//! the sizes. All figures are of whole processes, with their start and the memory that each of them asks the system for
//! anew. `parse` is the floor: a program that reads the files, turns them into trees with places, on all cores, and does
//! nothing else. It is this program, started again with `CLINICCTL_BENCH_FLOOR=FOLDER`.

use clinicctl::{files, source};
use criterion::measurement::WallTime;
use criterion::{BatchSize, BenchmarkGroup, BenchmarkId, Criterion, Throughput};
use mimalloc::MiMalloc;
use rayon::prelude::*;
use std::hint::black_box;
use std::path::Path;
use std::time::Duration;
use world::World;

mod world;

/// As in the binary: a floor on another allocator would be the floor of another program.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

fn main() {
    if let Some(folder) = std::env::var_os(world::FLOOR) {
        return parse(Path::new(&folder));
    }
    let mut criterion = Criterion::default().configure_from_args();
    for clinics in sizes() {
        measure(&mut criterion, clinics);
    }
    criterion.final_summary();
}

/// How many clinics the fleets have.
fn sizes() -> Vec<u32> {
    let named = std::env::var("CLINICCTL_BENCH_CLINICS").unwrap_or_else(|_| "100,1000".to_owned());
    named
        .split(',')
        .map(|size| size.trim().parse().expect("sizes are whole numbers with commas between them"))
        .collect()
}

fn measure(criterion: &mut Criterion, clinics: u32) {
    let world = World::new(clinics);
    let mut group = criterion.benchmark_group("fleet");
    group.sample_size(10).warm_up_time(Duration::from_millis(500)).measurement_time(Duration::from_secs(5));
    group.throughput(Throughput::Elements(u64::from(clinics)));
    group.bench_function(BenchmarkId::new("parse", clinics), |bench| bench.iter(|| world.floor()));
    group.bench_function(BenchmarkId::new("validate", clinics), |bench| bench.iter(|| world.validate()));
    against_a_system(&mut group, clinics, &world);
    group.finish();
}

fn against_a_system(group: &mut BenchmarkGroup<'_, WallTime>, clinics: u32, world: &World) {
    let same = world.same();
    group
        .bench_function(BenchmarkId::new("plan_without_changes", clinics), |bench| bench.iter(|| world.plan(&same, 0)));
    drop(same);
    let differing = world.differing();
    group.bench_function(BenchmarkId::new("plan_1_percent", clinics), |bench| {
        bench.iter(|| world.plan(&differing, world.changed()));
    });
    drop(differing);
    // Every round gets a system of its own that still differs; its start is not measured.
    group.bench_function(BenchmarkId::new("apply_1_percent", clinics), |bench| {
        bench.iter_batched_ref(
            || world.differing(),
            |system| world.apply(system, world.changed()),
            BatchSize::PerIteration,
        );
    });
}

/// The floor: files to trees, on all cores.
fn parse(folder: &Path) {
    let sources = files::read(folder).expect("the fleet is readable");
    let trees = sources.files().par_iter().map(|file| source::read(&file.text).document.is_some());
    assert!(trees.all(black_box), "every file has a document");
}
