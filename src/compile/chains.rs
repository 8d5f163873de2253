//! Which document extends which: the layers of a clinic, and the cycles that baselines must not form.

use super::index::Index;
use super::shape::{Layer, Placed};
use super::words::quoted;
use crate::diagnostic::Finding;
use crate::domain::BaselineName;
use petgraph::algo::kosaraju_scc;
use petgraph::graph::{DiGraph, NodeIndex};
use std::collections::{BTreeMap, BTreeSet};

/// The baselines of a folder as chains.
pub(super) struct Chains<'a> {
    index: &'a Index<'a>,
    in_circles: BTreeSet<&'a BaselineName>,
}

/// The layers of one clinic.
pub(super) struct Chain<'a> {
    /// The names of the baselines, nearest first.
    pub(super) names: Vec<&'a BaselineName>,
    /// The clinic's own layer, then the baselines', nearest first.
    pub(super) layers: Vec<&'a Layer>,
    /// Whether nothing is missing; what is, has its finding.
    pub(super) complete: bool,
}

impl<'a> Chains<'a> {
    /// Finds the chains, and reports circles.
    pub(super) fn of(index: &'a Index<'a>, findings: &mut Vec<Finding>) -> Self {
        let circles = circles(index);
        findings.extend(circles.iter().filter_map(|circle| report(index, circle)));
        Self { index, in_circles: circles.into_iter().flatten().collect() }
    }

    /// The layers that a document of this layer is built of.
    pub(super) fn chain(&self, own: &'a Layer) -> Chain<'a> {
        let mut chain = Chain { names: Vec::new(), layers: vec![own], complete: own.whole };
        let mut next = own.extends.as_ref();
        while let Some(Placed { value: name, place: _ }) = next {
            let Some(baseline) = self.index.baselines.get(name).filter(|_| !self.in_circles.contains(name)) else {
                chain.complete = false;
                break;
            };
            chain.complete &= baseline.layer.whole;
            chain.names.push(name);
            chain.layers.push(&baseline.layer);
            next = baseline.layer.extends.as_ref();
        }
        chain
    }
}

/// The circles, each from the baseline whose file comes first, in the order in which each extends the next.
fn circles<'a>(index: &Index<'a>) -> Vec<Vec<&'a BaselineName>> {
    let mut graph = DiGraph::<&'a BaselineName, ()>::with_capacity(index.baselines.len(), index.baselines.len());
    let nodes: BTreeMap<_, NodeIndex> = index.baselines.keys().map(|name| (*name, graph.add_node(*name))).collect();
    for (name, baseline) in &index.baselines {
        let behind = baseline.layer.extends.as_ref().and_then(|extends| nodes.get(&extends.value));
        if let (Some(from), Some(to)) = (nodes.get(name), behind) {
            graph.add_edge(*from, *to, ());
        }
    }
    let components = kosaraju_scc(&graph).into_iter();
    let circular = components.filter(|nodes| match nodes.as_slice() {
        [only] => graph.contains_edge(*only, *only),
        _ => true,
    });
    circular.filter_map(|nodes| in_order(index, nodes.into_iter().map(|node| graph[node]))).collect()
}

/// A baseline extends one other at most, so that a circle has one order.
fn in_order<'a>(index: &Index<'a>, circle: impl Iterator<Item = &'a BaselineName>) -> Option<Vec<&'a BaselineName>> {
    let extends = |name: &BaselineName| index.baselines.get(name).and_then(|baseline| baseline.layer.extends.as_ref());
    let start = circle.min_by_key(|name| extends(name).map(|extends| extends.place))?;
    let mut order = vec![start];
    let mut next = &extends(start)?.value;
    while next != start {
        order.push(next);
        next = &extends(next)?.value;
    }
    Some(order)
}

fn report(index: &Index<'_>, circle: &[&BaselineName]) -> Option<Finding> {
    let mut steps = circle.iter().filter_map(|name| {
        let extends = index.baselines.get(*name)?.layer.extends.as_ref()?;
        Some((extends.place, format!("`{name}` extends `{}`", extends.value)))
    });
    let (place, label) = steps.next()?;
    let names: Vec<_> = circle.iter().map(|name| name.as_str()).collect();
    let message = match names.as_slice() {
        [only] => format!("the baseline `{only}` extends itself"),
        several => format!("the baselines {} extend each other in a circle", quoted(several)),
    };
    let finding = Finding::error("baseline-cycle", place, message).labelled(label);
    let finding = steps.fold(finding, |finding, (place, label)| finding.also(place, label));
    Some(finding.help("let one of them extend nothing, or something outside the circle"))
}
