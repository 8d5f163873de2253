//! Every visible word of the pages, in both languages. One file an area; a word that is missing in one language does
//! not compile.

pub(crate) mod account;
pub(crate) mod console;
pub(crate) mod conversations;
pub(crate) mod home;
pub(crate) mod patient;
pub(crate) mod refusal;
pub(crate) mod shell;
pub(crate) mod sign_in;
pub(crate) mod work;

use super::language::Language;

/// The same words in each language.
#[derive(Debug)]
pub(crate) struct Texts<T> {
    pub(crate) sv: T,
    pub(crate) en: T,
}

impl<T> Texts<T> {
    /// The words in `language`.
    pub(crate) const fn of(&self, language: Language) -> &T {
        match language {
            Language::Swedish => &self.sv,
            Language::English => &self.en,
        }
    }
}
