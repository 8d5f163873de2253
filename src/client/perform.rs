//! One write: a request under its precondition, and what its answer means.

use super::change_reference::header_value;
use super::exchange::{Answer, ExchangeError, Repeat};
use super::refusal::{etag, refusal, said};
use super::resend::WriteTries;
use super::{Client, ObserveError};
use crate::domain::{Access, Button, ButtonId, ClinicId, Direction, Revision};
use crate::execute::{FatalError, Observed, PerformError, Performed, Port, Sending};
use crate::plan::Write;
use reqwest::header::IF_MATCH;
use reqwest::{RequestBuilder, StatusCode};
use serde_json::Value;

impl Port for Client {
    type Tries = WriteTries;

    async fn observe(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.fetch_state(clinic).await.map(|fetched| fetched.state_alone(clinic)).map_err(hopeless)
    }

    async fn observe_with_people(&self, clinic: &ClinicId) -> Result<Observed, FatalError> {
        self.fetch(clinic).await.map(|fetched| fetched.with_directory(clinic)).map_err(hopeless)
    }

    async fn perform(
        &self,
        Sending { clinic, precondition, write, reference }: Sending<'_>,
        tries: &mut WriteTries,
    ) -> Result<Performed, PerformError> {
        let mut request = self.request(clinic, write).header(IF_MATCH, format!("\"{precondition}\""));
        if let Some(reference) = reference.and_then(header_value) {
            request = request.header(clinic_wire::CHANGE_REFERENCE, reference);
        }
        let answered = self.exchange(request, self.limits.body, Repeat::Write, tries.going_on()).await;
        self.remember(&answered, tries);
        match answered {
            Ok(answer) => judge(&answer, precondition, write),
            Err(ExchangeError::TokenRefused) => Err(PerformError::Unauthenticated),
            Err(ExchangeError::Interrupted(reason)) => Err(PerformError::Interrupted(reason)),
            Err(error) if error.may_have_arrived() => Err(PerformError::Unknown(tries.told(&error))),
            Err(error) => Err(PerformError::Failed(error.sentence())),
        }
    }

    async fn once_more(&self, tries: &mut WriteTries) -> bool {
        self.write_once_more(tries).await
    }
}

impl Client {
    fn request(&self, clinic: &ClinicId, write: &Write) -> RequestBuilder {
        let resource = write.resource().to_string();
        let url = self.clinic_url(clinic, resource.split('/'));
        match write {
            Write::PutDirection { to, .. } => self.http.put(url).json(&direction(to)),
            Write::PutButton(to) => self.http.put(url).json(&button(to)),
            Write::DeleteButton(_) => self.http.delete(url),
            Write::PutOrder(to) => self.http.put(url).json(&clinic_wire::OrderBody { order: texts(to) }),
        }
    }
}

/// What the answer to a write means. Only success in the contract's form counts as done: a login page with status 200
/// does not, and what became of the write is then unknown.
///
/// # Errors
/// [`PerformError`] if it does not say that the write is done.
pub fn judge(answer: &Answer, precondition: Revision, write: &Write) -> Result<Performed, PerformError> {
    if !answer.status.is_success() {
        return Err(refusal(answer, matches!(write, Write::DeleteButton(_))));
    }
    if !matches!(answer.status, StatusCode::OK | StatusCode::CREATED | StatusCode::NO_CONTENT) {
        return Err(PerformError::Unknown(said(answer).to_string()));
    }
    let body = answer.body.trim_ascii();
    if !body.is_empty() && serde_json::from_slice::<Value>(body).is_err() {
        return Err(PerformError::Unknown("the answer is not one of a clinic system".to_owned()));
    }
    let revision = etag(answer).ok_or(PerformError::NoRevision)?;
    Ok(Performed { revision, changed: revision != precondition })
}

fn hopeless(error: ObserveError) -> FatalError {
    if matches!(error, ObserveError::Unauthenticated) {
        return FatalError::Unauthenticated;
    }
    FatalError::ProtocolError(error.to_string())
}

fn direction(to: &Direction) -> clinic_wire::DirectionBody {
    let Direction { enabled, accessible_to } = to;
    let accessible_to = match accessible_to {
        Access::Everyone => clinic_wire::Access::Everyone(clinic_wire::Everyone::Everyone),
        Access::Listed(people) => clinic_wire::Access::People(people.iter().map(ToString::to_string).collect()),
    };
    clinic_wire::DirectionBody { enabled: *enabled, accessible_to }
}

fn button(to: &Button) -> clinic_wire::ButtonBody {
    let Button { id: _, leads_to, title, active, shown_in } = to;
    clinic_wire::ButtonBody {
        leads_to: leads_to.to_string(),
        title: title.iter().map(|(language, text)| (language.to_string(), text.clone())).collect(),
        active: *active,
        shown_in: shown_in.surfaces().iter().map(ToString::to_string).collect(),
    }
}

fn texts(order: &[ButtonId]) -> Vec<String> {
    order.iter().map(ToString::to_string).collect()
}
