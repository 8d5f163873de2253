//! Fuzzing: the harnesses on the committed corpus and on mutations of it, the same ones in every run.
//!
//! `tests/fuzz/run` looks longer and further, with a fuzzer that follows which code each input reaches. What it finds
//! becomes a file of the corpus.

pub(crate) mod harness;
mod mutate;
mod programs;

use mutate::{Random, mutate};
use std::path::Path;
use std::{fs, panic};

/// Mutations of each harness.
const MUTATIONS: u64 = 2_000;

/// The corpus of a harness.
fn corpus(name: &str) -> Vec<Vec<u8>> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(name);
    let mut files: Vec<_> = fs::read_dir(&folder)
        .unwrap_or_else(|error| panic!("{}: {error}", folder.display()))
        .map(|file| file.expect("a file").path())
        .collect();
    files.sort();
    files.into_iter().map(|file| fs::read(file).expect("a file of the corpus")).collect()
}

#[test]
fn every_harness_takes_its_corpus_and_mutations_of_it() {
    for (name, harness) in harness::ALL {
        let corpus = corpus(name);
        assert!(!corpus.is_empty(), "{name} has a corpus");
        corpus.iter().for_each(|bytes| try_one(name, *harness, bytes));
        for seed in 0..MUTATIONS {
            let mut random = Random(seed);
            let (one, other) = (random.below(corpus.len()), random.below(corpus.len()));
            try_one(name, *harness, &mutate(&corpus[one], &corpus[other], &mut random));
        }
    }
}

/// A plan of another day's format would be refused at its first field, and its mutations with it.
#[test]
fn the_saved_plans_of_the_corpus_are_of_todays_format() {
    let texts = corpus("plan_file").into_iter().map(|bytes| String::from_utf8(bytes).expect("text"));
    let taken = texts.filter(|text| clinicctl::plan::SavedPlan::from_json(text).is_ok()).count();
    assert!(taken >= 10, "{taken} are taken: write them again with `plan --out`");
}

/// Calls a harness; where it panics, says with which bytes.
fn try_one(name: &str, harness: harness::Harness, bytes: &[u8]) {
    let outcome = panic::catch_unwind(|| harness(bytes));
    assert!(outcome.is_ok(), "{name} fails with {:?}", String::from_utf8_lossy(bytes));
}
