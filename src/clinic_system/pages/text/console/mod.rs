//! The words of the administrator's console.

pub(crate) mod button;
pub(crate) mod clinics;
pub(crate) mod conflict;
pub(crate) mod frame;
pub(crate) mod history;
pub(crate) mod interface;
pub(crate) mod people;
pub(crate) mod settings;
pub(crate) mod words;

use super::Texts;
