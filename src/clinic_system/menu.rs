//! What a patient sees: the menu that results from a clinic's buttons. Pure; the API and the pages show the same.

use crate::clinic::ClinicState;
use crate::language;
use clinic_wire::{ButtonState, MenuButton};

/// The active buttons of a surface (`app` or `web`) in order, in one language: the dead button of a clinic that takes
/// no messages included.
pub(crate) fn of(state: ClinicState, surface: &str, language: Option<&str>) -> Vec<MenuButton> {
    let shown = |button: &ButtonState| button.active && button.shown_in.iter().any(|place| place == surface);
    state.buttons.into_iter().filter(shown).map(|button| in_language(button, language)).collect()
}

/// A button without any title shows its id: better a strange word than an empty button.
fn in_language(button: ButtonState, language: Option<&str>) -> MenuButton {
    let ButtonState { id, leads_to, title, active: _, shown_in: _, last_change: _ } = button;
    let title = language::choose(&title, language).map_or_else(|| id.clone(), str::to_owned);
    MenuButton { id, title, leads_to }
}
