//! Who exists: everything that clinics share by its name, and the findings of a folder that has too many or too few.

use super::documents::Shared;
use super::shape::{Baseline, Claim, Fleet, Group, Placed};
use crate::diagnostic::{Finding, Severity};
use crate::domain::{BaselineName, GroupName};
use crate::schema::Kind;
use crate::source::Place;
use std::collections::{BTreeMap, HashSet};

/// All documents of a folder by name; of two with the same name, the first.
#[derive(Default)]
pub(super) struct Index<'a> {
    /// The fleet's own document.
    pub(super) fleet: Option<&'a Fleet>,
    /// The baselines.
    pub(super) baselines: BTreeMap<&'a BaselineName, &'a Baseline>,
    /// The groups.
    pub(super) groups: BTreeMap<&'a GroupName, &'a Group>,
    claims: Claims<'a>,
}

/// What files claim to be without being usable under that name.
#[derive(Default)]
struct Claims<'a> {
    named: HashSet<(Kind, &'a str)>,
    kinds: HashSet<Kind>,
    unclear: bool,
}

impl<'a> Index<'a> {
    /// Indexes the documents, and reports duplicates and what a fleet cannot be without.
    /// There are `waiting` more files, which open with a clinic's name.
    pub(super) fn of(shared: &'a Shared, waiting: usize, findings: &mut Vec<Finding>) -> Self {
        let Shared { fleets, baselines, groups, checks: _, claims } = shared;
        let mut index = Self::default();
        claims.iter().for_each(|claim| index.claims.add(claim));
        index.claims.kinds.extend((waiting > 0).then_some(Kind::Clinic));
        findings.extend(fleets.iter().filter_map(|fleet| index.add_fleet(fleet)));
        findings.extend(baselines.iter().filter_map(|baseline| index.add_baseline(baseline)));
        findings.extend(groups.iter().filter_map(|group| index.add_group(group)));
        index.require(claims.len() + waiting == 0, findings);
        index
    }

    /// Whether a document of this kind and name may be in the folder after all, in a file that has its own finding.
    pub(super) fn may_exist(&self, kind: Kind, name: &str) -> bool {
        self.claims.unclear || self.claims.named.contains(&(kind, name))
    }

    fn add_baseline(&mut self, baseline: &'a Baseline) -> Option<Finding> {
        let name = baseline.name.as_ref()?;
        let before = first_of(&mut self.baselines, &name.value, baseline)?;
        Some(duplicate(Kind::Baseline, name.value.as_str(), name.place, before.name.as_ref()?.place))
    }

    fn add_group(&mut self, group: &'a Group) -> Option<Finding> {
        let name = group.name.as_ref()?;
        let before = first_of(&mut self.groups, &name.value, group)?;
        Some(duplicate(Kind::Group, name.value.as_str(), name.place, before.name.as_ref()?.place))
    }

    fn add_fleet(&mut self, fleet: &'a Fleet) -> Option<Finding> {
        let before = *self.fleet.get_or_insert(fleet);
        let (Placed { place: first, .. }, Placed { place, .. }) = (before.name.as_ref()?, fleet.name.as_ref()?);
        (first != place).then(|| {
            Finding::error("several-fleets", *place, "there is a second fleet in this folder")
                .labelled("again here")
                .also(*first, "first here")
                .help("a folder is one fleet: take one of the two documents out")
        })
    }

    fn require(&self, no_files: bool, findings: &mut Vec<Finding>) {
        if no_files {
            let message = "there is no YAML file in this folder";
            findings.push(nowhere(
                "no-files",
                message,
                "name the folder of a fleet; its files end in `.yaml` or `.yml`",
            ));
            return;
        }
        if self.claims.unclear {
            return;
        }
        if !self.claims.kinds.contains(&Kind::Fleet) {
            let help = "add a file that starts with `fleet: ` and the fleet's name";
            findings.push(nowhere("no-fleet", "no file of this folder describes the fleet", help));
        }
        if !self.claims.kinds.contains(&Kind::Clinic) {
            let help = "add a file that starts with `clinic: ` and the clinic's id in the live system";
            findings.push(nowhere("no-clinics", "no file of this folder describes a clinic", help));
        }
    }
}

impl<'a> Claims<'a> {
    fn add(&mut self, claim: &'a Claim) {
        match claim {
            Claim::Unclear => self.unclear = true,
            Claim::Named(kind, name) => {
                self.kinds.insert(*kind);
                self.named.insert((*kind, name));
            }
        }
    }
}

/// Keeps the first document of each name; gives the first one back where this is a second.
fn first_of<'a, K: Ord, D>(index: &mut BTreeMap<&'a K, &'a D>, name: &'a K, document: &'a D) -> Option<&'a D> {
    let kept = *index.entry(name).or_insert(document);
    (!std::ptr::eq(kept, document)).then_some(kept)
}

/// The finding that `name` is described a second time at `place`.
pub(super) fn duplicate(kind: Kind, name: &str, place: Place, first: Place) -> Finding {
    let kind = kind.key();
    Finding::error("duplicate-document", place, format!("the {kind} `{name}` is described twice"))
        .labelled("again here")
        .also(first, "first here")
        .help("put everything about it into one of the two files, and delete the other")
}

/// An error of the folder as a whole.
fn nowhere(rule: &'static str, message: &str, help: &str) -> Finding {
    let (message, help) = (message.to_owned(), vec![help.to_owned()]);
    Finding { rule, severity: Severity::Error, message, labels: Vec::new(), help }
}
