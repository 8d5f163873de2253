//! The buttons of one clinic: layers merged by id, and their order.

use super::said;
use crate::compile::chains::Chain;
use crate::compile::layers::LayerStack;
use crate::compile::shape::{Button, Buttons, Placed, Title};
use crate::compile::suggest::Suggestions;
use crate::diagnostic::Finding;
use crate::domain::{ButtonId, ClinicId, DesiredButton, DesiredButtons, Language, ShortText, Sourced, Unlisted};
use litemap::LiteMap;
use std::collections::{BTreeMap, BTreeSet};

/// Merges the buttons; `None` if no layer lists any. `buttons: unmanaged` takes the order and the fate of unlisted
/// buttons that layers behind it declare back out of management too: they are about these buttons.
pub(super) fn lower(
    clinic: &Placed<ClinicId>,
    chain: &Chain<'_>,
    findings: &mut Vec<Finding>,
) -> Option<DesiredButtons> {
    let interface = LayerStack::of(chain.layers.iter().copied(), |layer| &layer.patient_interface);
    let (lists, depth) = interface.part(|interface| interface.buttons.as_ref()).until_unmanaged();
    let order = interface.part(|interface| interface.order.as_ref()).within(depth);
    let unlisted = interface.part(|interface| interface.unlisted.as_ref()).within(depth);
    let known = chain.complete && !lists.broken();
    let mut merged = merge(&lists);
    if known {
        findings.extend(remove_without_buttons(clinic, &lists, &unlisted));
        findings.extend(unknown_in_order(clinic, &merged, &order));
    }
    let (_, list_place) = lists.values().next()?;
    put_in_order(&mut merged, order.nearest().map_or(&[], |(order, _)| order));
    let mut listed = Vec::with_capacity(merged.len());
    listed.extend(merged.iter().filter_map(lower_button));
    Some(DesiredButtons {
        listed,
        order: order.said(|_| ()).unwrap_or_else(|| said(Placed { value: (), place: list_place })),
        unlisted: unlisted.said(|unlisted| *unlisted),
    })
}

/// What the layers say about one button, farthest first.
type ButtonLayers<'a> = Vec<&'a Button>;

/// Every listed button: those of the farthest layer first, as written.
fn merge<'a>(lists: &LayerStack<'a, Buttons>) -> Vec<ButtonLayers<'a>> {
    let mut merged: Vec<ButtonLayers<'a>> = Vec::new();
    let mut at: BTreeMap<&ButtonId, usize> = BTreeMap::new();
    for button in lists.values().rev().flat_map(|(buttons, _)| buttons) {
        let slot = *at.entry(&button.id.value).or_insert(merged.len());
        match merged.get_mut(slot) {
            Some(layers) => layers.push(button),
            None => merged.push(vec![button]),
        }
    }
    merged
}

fn id<'a>(layers: &ButtonLayers<'a>) -> Option<&'a ButtonId> {
    layers.last().map(|nearest| &nearest.id.value)
}

/// Moves the buttons that `order` names to the front; the others follow in the order that they have.
fn put_in_order(merged: &mut [ButtonLayers<'_>], order: &[Placed<ButtonId>]) {
    let ranks: BTreeMap<_, _> = order.iter().enumerate().map(|(rank, id)| (&id.value, rank)).collect();
    merged.sort_by_cached_key(|layers| id(layers).and_then(|id| ranks.get(id).copied()).unwrap_or(usize::MAX));
}

fn lower_button(layers: &ButtonLayers<'_>) -> Option<DesiredButton> {
    let nearest_first = || layers.iter().rev().copied();
    let Placed { value: id, place } = &layers.last()?.id;
    let titles = LayerStack::of(nearest_first(), |button| &button.title);
    Some(DesiredButton {
        id: id.clone(),
        place: *place,
        leads_to: LayerStack::of(nearest_first(), |button| &button.leads_to).said(Clone::clone),
        title_place: titles.nearest().map(|(_, place)| place),
        title: lower_title(&titles),
        active: LayerStack::of(nearest_first(), |button| &button.active).said(|active| *active),
        shown_in: LayerStack::of(nearest_first(), |button| &button.shown_in).said(|shown_in| *shown_in),
    })
}

fn lower_title(titles: &LayerStack<'_, Title>) -> LiteMap<Language, Sourced<ShortText>> {
    let mut languages: Vec<_> = titles.values().flat_map(|(title, _)| title.keys()).collect();
    languages.sort_unstable();
    languages.dedup();
    let said = |language: &Language| {
        let text = titles.part(|title| title.get(language).and_then(Option::as_ref)).said(Clone::clone)?;
        Some((language.clone(), text))
    };
    let mut title = LiteMap::with_capacity(languages.len());
    title.extend(languages.into_iter().filter_map(said));
    title
}

fn remove_without_buttons(
    clinic: &Placed<ClinicId>,
    lists: &LayerStack<'_, Buttons>,
    unlisted: &LayerStack<'_, Unlisted>,
) -> Option<Finding> {
    let (Unlisted::Remove, place) = unlisted.nearest().filter(|_| lists.values().next().is_none())? else {
        return None;
    };
    let clinic_id = &clinic.value;
    let message =
        format!("`unlisted_buttons: remove` without any `buttons` would remove every button of `{clinic_id}`");
    let finding = beside(Finding::error("remove-without-buttons", place, message), clinic);
    Some(finding.help("list the buttons that stay, or write `buttons: []` if none is to stay"))
}

fn unknown_in_order(
    clinic: &Placed<ClinicId>,
    merged: &[ButtonLayers<'_>],
    order: &LayerStack<'_, Vec<Placed<ButtonId>>>,
) -> Vec<Finding> {
    let Some((order, _)) = order.nearest() else { return Vec::new() };
    let listed: BTreeSet<_> = merged.iter().filter_map(id).collect();
    let mut suggestions = Suggestions::default();
    let unknown = order.iter().filter(|id| !listed.contains(&id.value)).map(|Placed { value: id, place }| {
        let message = format!("`order` names the button `{id}`, which `{}` does not list", clinic.value);
        let finding = Finding::error("order-unknown-button", *place, message);
        let near = suggestions.closest(id.as_str(), listed.iter().map(|id| id.as_str()));
        let finding = match near {
            Some(near) => finding.labelled(format!("did you mean `{near}`?")),
            None => finding.help("list the button under `buttons`, or take it out of `order`"),
        };
        beside(finding, clinic)
    });
    unknown.collect()
}

/// Shows the clinic too, where a baseline is to blame.
fn beside(finding: Finding, clinic: &Placed<ClinicId>) -> Finding {
    let elsewhere = finding.labels.first().is_some_and(|label| label.place.file != clinic.place.file);
    if elsewhere { finding.also(clinic.place, "in this clinic") } else { finding }
}
