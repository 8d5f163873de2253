//! `--changed-since`, the pure part: whatever is edited, every clinic that is then wanted to be otherwise is reached.

use crate::support::world::{live, professional, tried};
use clinicctl::compile::compile;
use clinicctl::diff::{resolve, scope};
use clinicctl::domain::{ClinicId, ClinicState, DesiredFleet, Directory};
use clinicctl::rules::Policy;
use clinicctl::source::{FileId, SourceFile, SourceSet};
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use std::collections::{BTreeMap, BTreeSet};

/// A folder: texts by path.
type Folder = BTreeMap<String, String>;

const BASELINES: [&str; 4] = ["a", "b", "c", "d"];
const GROUPS: [&str; 2] = ["night", "day"];

/// A folder, perhaps an invalid one: any file but the fleet's may be missing.
fn folder() -> impl Strategy<Value = Folder> {
    let baselines =
        BASELINES.into_iter().enumerate().map(|(at, name)| file("baseline", name, baseline(name, at)).boxed());
    let groups = GROUPS.into_iter().map(|name| file("group", name, group(name)).boxed());
    let clinics = ["x", "y", "z", "w"].into_iter().map(|name| file("clinic", name, clinic(name)).boxed());
    let files: Vec<_> = baselines.chain(groups).chain(clinics).collect();
    (fleet(), files)
        .prop_map(|(fleet, files)| files.into_iter().flatten().chain([("fleet.yaml".to_owned(), fleet)]).collect())
}

/// A file, nearly always there, and not always where one looks for it.
fn file(
    kind: &'static str,
    name: &'static str,
    text: impl Strategy<Value = String>,
) -> impl Strategy<Value = Option<(String, String)>> {
    let path = prop_oneof![4 => Just(format!("{kind}-{name}.yaml")), 1 => Just(format!("moved/{name}-{kind}.yaml"))];
    prop::option::weighted(0.95, (path, text))
}

fn fleet() -> impl Strategy<Value = String> {
    select(&["error", "warning"][..])
        .prop_map(|severity| format!("fleet: f\nrules: {{single-responder: {severity}}}\n"))
}

/// The baseline number `at`, which may extend those before it.
fn baseline(name: &'static str, at: usize) -> impl Strategy<Value = String> {
    (extends(at), messaging()).prop_map(move |(extends, messaging)| format!("baseline: {name}\n{extends}{messaging}"))
}

fn clinic(name: &'static str) -> impl Strategy<Value = String> {
    (extends(BASELINES.len()), messaging())
        .prop_map(move |(extends, messaging)| format!("clinic: {name}\n{extends}{messaging}"))
}

fn extends(before: usize) -> impl Strategy<Value = String> {
    prop::option::of(0..before.max(1)).prop_map(move |at| match at {
        Some(at) if at < before => format!("extends: {}\n", BASELINES[at]),
        _ => String::new(),
    })
}

fn messaging() -> impl Strategy<Value = String> {
    let list = subsequence(vec!["{group: night}", "{group: day}", "{title: nurse}", "st-1", "st-2"], 0..4);
    let list = prop_oneof![list.prop_map(|lines| format!("[{}]", lines.join(", "))), Just("everyone".to_owned())];
    (prop::option::of(any::<bool>()), prop::option::of(list)).prop_map(|(enabled, list)| {
        let enabled = enabled.map_or_else(String::new, |on| format!("    enabled: {on}\n"));
        let list = list.map_or_else(String::new, |list| format!("    accessible_to: {list}\n"));
        if enabled.is_empty() && list.is_empty() {
            return String::new();
        }
        format!("messaging:\n  healthcare_initiated:\n{enabled}{list}")
    })
}

fn group(name: &'static str) -> impl Strategy<Value = String> {
    let people = subsequence(vec!["st-1", "st-2", "st-3", "st-4"], 0..=4);
    people.prop_map(move |people| format!("group: {name}\nmembers: [{}]\n", people.join(", ")))
}

/// A folder and what became of it: of each file, mostly the same.
fn edited() -> impl Strategy<Value = (Folder, Folder)> {
    (folder(), folder(), prop::collection::vec(prop::bool::weighted(0.2), 16)).prop_map(|(old, other, edits)| {
        let paths: BTreeSet<_> = old.keys().chain(other.keys()).cloned().collect();
        let take = |(path, edit): (String, &bool)| {
            let text = if *edit { other.get(&path) } else { old.get(&path) };
            text.cloned().map(|text| (path, text))
        };
        let new = paths.into_iter().zip(edits.iter().cycle()).filter_map(take).collect();
        (old, new)
    })
}

fn sources(folder: &Folder) -> SourceSet {
    let file = |(path, text): (&String, &String)| SourceFile {
        path: path.as_str().into(),
        text: text.clone(),
        unreadable: None,
    };
    SourceSet::new(folder.iter().map(file).collect())
}

fn compiled(folder: &Folder) -> Option<(SourceSet, DesiredFleet)> {
    let sources = sources(folder);
    let fleet = compile(&sources, "2026-11-22".parse().expect("a day")).fleet?;
    Some((sources, fleet))
}

/// What the files want of each clinic, were it live as a new clinic with four people is.
fn wanted(fleet: &DesiredFleet) -> BTreeMap<ClinicId, (ClinicState, Policy)> {
    let live = live("any", ClinicState::new(), Directory::new((1..=4).map(professional).collect()));
    let wanted = fleet.clinics.iter().map(|(id, desired)| {
        let scoped = scope(desired, &live, &resolve(desired, &live.directory), false);
        (id.clone(), (scoped.wanted, Policy::of(fleet, desired)))
    });
    wanted.collect()
}

/// The files of `new` that are not in `old` word for word.
fn changed(old: &Folder, new: &SourceSet) -> BTreeSet<FileId> {
    new.iter().filter(|(_, file)| old.get(&*file.path) != Some(&file.text)).map(|(id, _)| id).collect()
}

proptest! {
    #![proptest_config(tried(256))]

    #[test]
    fn whoever_is_wanted_to_be_otherwise_is_reached((old, new) in edited()) {
        let (Some((_, before)), Some((sources, after))) = (compiled(&old), compiled(&new)) else {
            return Err(TestCaseError::reject("invalid files are never planned"));
        };
        let reached = after.reached_by(&changed(&old, &sources));
        let (was, will) = (wanted(&before), wanted(&after));
        for (clinic, wanted) in will {
            prop_assert!(was.get(&clinic) == Some(&wanted) || reached.contains(&clinic), "{clinic} is left out");
        }
    }

    #[test]
    fn nothing_is_reached_by_nothing_and_everything_by_all_files(folder in folder()) {
        let Some((sources, fleet)) = compiled(&folder) else {
            return Err(TestCaseError::reject("invalid files are never planned"));
        };
        prop_assert_eq!(fleet.reached_by(&BTreeSet::new()), BTreeSet::new());
        let all = sources.iter().map(|(id, _)| id).collect();
        prop_assert_eq!(fleet.reached_by(&all), fleet.clinics.keys().cloned().collect());
    }
}

/// One file at a time, in a folder where it is easy to see whom it reaches.
#[test]
fn a_file_reaches_those_that_are_built_on_it_and_nobody_else() {
    let list = "messaging:\n  incoming:\n    accessible_to: [{group: night}]\n";
    let folder: Folder = [
        ("fleet.yaml", "fleet: f\n".to_owned()),
        ("far.yaml", format!("baseline: far\n{list}")),
        ("near.yaml", "baseline: near\nextends: far\n".to_owned()),
        ("unused.yaml", "baseline: unused\n".to_owned()),
        ("night.yaml", "group: night\nmembers: [st-1]\n".to_owned()),
        ("indirect.yaml", "clinic: indirect\nextends: near\n".to_owned()),
        ("direct.yaml", format!("clinic: direct\n{list}")),
        (
            "shadowing.yaml",
            "clinic: shadowing\nextends: far\nmessaging: {incoming: {accessible_to: everyone}}\n".to_owned(),
        ),
        ("alone.yaml", "clinic: alone\n".to_owned()),
    ]
    .into_iter()
    .map(|(path, text)| (path.to_owned(), text))
    .collect();
    let (sources, fleet) = compiled(&folder).expect("a valid folder");
    for (path, expected) in [
        ("fleet.yaml", vec!["alone", "direct", "indirect", "shadowing"]),
        ("far.yaml", vec!["indirect", "shadowing"]),
        ("near.yaml", vec!["indirect"]),
        ("unused.yaml", vec![]),
        ("night.yaml", vec!["direct", "indirect"]),
        ("direct.yaml", vec!["direct"]),
        ("alone.yaml", vec!["alone"]),
    ] {
        let file = sources.iter().find(|(_, file)| &*file.path == path).expect("a file of the folder").0;
        let reached = fleet.reached_by(&[file].into());
        assert_eq!(reached.iter().map(ClinicId::as_str).collect::<Vec<_>>(), expected, "{path}");
    }
}
