//! The administrator's console: every form as a browser fills it in.

mod browser;
mod buttons;
mod clinics;
mod conflicts;
mod history;
mod hostile;
mod settings;

use super::super::world;
