//! What forms of conversations share: the text that was typed, the key that keeps a form from being sent twice, and
//! what to say when the service does not do it.

use super::call::Call;
use super::chat::Names;
use super::refusal::Refusal;
use super::text;
use crate::conversations::{Denied, Draft, check_text};
use crate::identity::Secret;
use clinic_wire::Party;

/// The longest key of a form that is taken for one.
const KEY_MAX: usize = 100;

/// A form for a message, as it is shown: with what was typed, and what was wrong with it.
#[derive(Debug, Default)]
pub(crate) struct Typed {
    pub(crate) text: String,
    /// What is wrong; empty if nothing is.
    pub(crate) problem: String,
    /// The key of the form: sent twice, it is taken once.
    pub(crate) once: String,
}

impl Typed {
    /// A form in which nothing has been typed yet.
    pub(crate) fn nothing() -> Result<Self, Refusal> {
        Ok(Self { once: Secret::random()?.as_str().to_owned(), ..Self::default() })
    }

    /// The form again, with what is wrong about it.
    pub(crate) fn again(call: &Call, problem: String) -> Result<Self, Refusal> {
        Ok(Self { text: text_of(call), problem, ..Self::nothing()? })
    }
}

/// What a form wants to say, in the name of `from`.
///
/// # Errors
/// What is wrong with the text.
pub(crate) fn draft(call: &Call, from: Party) -> Result<Draft, String> {
    let text = text_of(call);
    check_text(&text).map_err(|bad| call.text(&text::conversations::TEXTS).bad(bad))?;
    let key = call.form.one("once").filter(|key| !key.is_empty() && key.len() <= KEY_MAX);
    let key = key.filter(|key| !key.contains(char::is_control));
    // The keys of programs begin with the name of their token, which is never empty.
    let once = key.map(|key| format!("\n{from:?} {}\n{key}", call.viewer.path));
    Ok(Draft { from, text, once })
}

/// What to tell whoever sent a form that was not taken.
///
/// # Errors
/// Another page says it better.
pub(crate) async fn told(call: &Call, denied: Denied) -> Result<String, Refusal> {
    let text = call.text(&text::conversations::TEXTS);
    match denied {
        Denied::Forbidden(forbidden) => {
            let clinic = Names::new(call).clinic(&forbidden.clinic).await?;
            Ok((text.why)(forbidden.why, &clinic))
        }
        Denied::KeyReused => Ok(text.key_reused.to_owned()),
        Denied::Full => Ok(text.full.to_owned()),
        Denied::Unfit(problem) => Ok(problem.detail),
        Denied::UnknownClinic(_) | Denied::UnknownConversation => Err(Refusal::UnknownPage),
        Denied::Read(error) => Err(error.into()),
        Denied::Write(failure) => Err(failure.into()),
    }
}

/// Browsers end the lines of a form with two characters.
fn text_of(call: &Call) -> String {
    call.form.one("text").unwrap_or_default().replace("\r\n", "\n")
}
