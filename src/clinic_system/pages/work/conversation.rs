//! One conversation: reading it, answering in it, and the form to hand it over.

use super::handover;
use super::handover::Handing;
use super::worker::{Seat, Worker};
use crate::conversations::{ConversationService, Denied};
use crate::pages::call::Call;
use crate::pages::chat::{Bubble, Names};
use crate::pages::refusal::Refusal;
use crate::pages::sending::Typed;
use crate::pages::shell::Shell;
use crate::pages::text::conversations::Talk;
use crate::pages::text::work::Work;
use crate::pages::{answer, chat, sending, text};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::Party;

#[derive(Template)]
#[template(path = "work/conversation.html", config = "pages/askama.toml")]
struct ConversationPage {
    shell: Shell,
    text: &'static Work,
    talk: &'static Talk,
    title: String,
    /// Where the form for an answer goes.
    action: String,
    messages: Vec<Bubble>,
    /// Why they may not answer; nothing if they may.
    shut: Option<String>,
    /// In whose name they answer, if it is not their own.
    speaks_for: Option<String>,
    typed: Typed,
    handing: Option<Handing>,
}

#[derive(Template)]
#[template(path = "work/unreadable.html", config = "pages/askama.toml")]
struct UnreadablePage {
    shell: Shell,
    text: &'static Work,
    why: String,
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let seat = Worker::of(&call)?.seat(&call).await?;
    page(&call, &seat, Typed::nothing()?, None, StatusCode::OK).await
}

pub(super) async fn reply(call: Call) -> Result<Response, Refusal> {
    let seat = Worker::of(&call)?.seat(&call).await?;
    let draft = match sending::draft(&call, seat.party.clone()) {
        Ok(draft) => draft,
        Err(problem) => {
            return page(&call, &seat, Typed::again(&call, problem)?, None, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match ConversationService::new(&call.app.store).reply(&seat.clinic, &seat.id, &draft).await {
        Ok(_) => Ok(answer::see_other(&call.viewer.path)),
        Err(denied) => {
            let status = status(&denied);
            let problem = sending::told(&call, denied).await?;
            page(&call, &seat, Typed::again(&call, problem)?, None, status).await
        }
    }
}

/// What a page says whose form was not taken.
pub(super) const fn status(denied: &Denied) -> StatusCode {
    match denied {
        Denied::Forbidden(_) => StatusCode::FORBIDDEN,
        Denied::Unfit(_) => StatusCode::UNPROCESSABLE_ENTITY,
        Denied::UnknownClinic(_)
        | Denied::UnknownConversation
        | Denied::KeyReused
        | Denied::Full
        | Denied::Read(_)
        | Denied::Write(_) => StatusCode::CONFLICT,
    }
}

/// The conversation, with a form to hand it over that may have been sent already.
pub(super) async fn page(
    call: &Call,
    seat: &Seat,
    typed: Typed,
    handing: Option<Handing>,
    status: StatusCode,
) -> Result<Response, Refusal> {
    let (text, talk) = (call.text(&text::work::TEXTS), call.text(&text::conversations::TEXTS));
    let (read, answers) =
        match ConversationService::new(&call.app.store).read(&seat.clinic, &seat.id, &seat.party).await {
            Ok(read) => read,
            Err(denied) => {
                let why = sending::told(call, denied).await?;
                let page = UnreadablePage { shell: call.shell(text.may_not_read), text, why };
                return answer::html_with(StatusCode::FORBIDDEN, &page);
            }
        };
    let mut names = Names::new(call);
    let (shut, handing) = match answers {
        Err(forbidden) => (Some(sending::told(call, Denied::Forbidden(forbidden)).await?), None),
        Ok(()) if matches!(seat.party, Party::Professional(_)) => {
            let shown = match handing {
                Some(handing) => handing,
                None => handover::blank(call).await?,
            };
            (None, Some(shown))
        }
        Ok(()) => (None, None),
    };
    let (other, speaks_for) = match &seat.party {
        Party::Clinic(own) => (Party::Clinic(seat.clinic.clone()), Some((text.as_clinic)(&names.clinic(own).await?))),
        Party::Professional(_) | Party::Patient(_) => (read.with, None),
    };
    let title = names.of(&other).await?;
    let messages = chat::bubbles(&mut names, read.messages, std::slice::from_ref(&seat.party)).await?;
    let (shell, action) = (call.shell(format!("{}: {title}", text.one)), seat.path(call));
    answer::html_with(
        status,
        &ConversationPage { shell, text, talk, title, action, messages, shut, speaks_for, typed, handing },
    )
}

impl Seat {
    /// The address of the conversation, for this reader.
    pub(super) fn path(&self, call: &Call) -> String {
        format!("/work/{}/conversations/{}", call.segment("clinic"), self.id)
    }
}
