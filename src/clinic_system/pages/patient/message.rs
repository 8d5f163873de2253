//! A patient's conversations: starting one, reading, answering; and the page that a button leads to whose clinic takes
//! no messages.

use super::visit::Visit;
use crate::conversations::{ConversationService, Denied};
use crate::pages::call::Call;
use crate::pages::chat::{Bubble, Names};
use crate::pages::refusal::Refusal;
use crate::pages::sending::Typed;
use crate::pages::shell::Shell;
use crate::pages::text::conversations::Talk;
use crate::pages::text::patient::Patient;
use crate::pages::{answer, chat, sending, text};
use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use clinic_wire::Party;

#[derive(Template)]
#[template(path = "patient/new.html", config = "pages/askama.toml")]
struct NewPage {
    shell: Shell,
    text: &'static Patient,
    talk: &'static Talk,
    visit: Visit,
    title: String,
    typed: Typed,
}

#[derive(Template)]
#[template(path = "patient/shut.html", config = "pages/askama.toml")]
struct ShutPage {
    shell: Shell,
    text: &'static Patient,
    talk: &'static Talk,
    visit: Visit,
    /// What the patient had written before the clinic stopped taking messages.
    written: String,
}

#[derive(Template)]
#[template(path = "patient/conversation.html", config = "pages/askama.toml")]
struct ConversationPage {
    shell: Shell,
    text: &'static Patient,
    talk: &'static Talk,
    visit: Visit,
    /// Where the form goes.
    action: String,
    messages: Vec<Bubble>,
    typed: Typed,
}

/// The form for a first message, or the plain word that the clinic takes none.
pub(super) async fn new(call: Call) -> Result<Response, Refusal> {
    let visit = Visit::of(&call).await?;
    if visit.open() {
        return form(&call, visit, Typed::nothing()?, StatusCode::OK);
    }
    shut(&call, visit, String::new(), StatusCode::OK)
}

pub(super) async fn start(call: Call) -> Result<Response, Refusal> {
    let visit = Visit::of(&call).await?;
    let draft = match sending::draft(&call, Party::Patient(call.patient())) {
        Ok(draft) => draft,
        Err(problem) => return form(&call, visit, Typed::again(&call, problem)?, StatusCode::UNPROCESSABLE_ENTITY),
    };
    let to = Party::Clinic(visit.clinic.clone());
    match ConversationService::new(&call.app.store).start(&visit.clinic, &to, &draft).await {
        Ok(sent) => Ok(answer::see_other(&visit.href(&format!("/conversations/{}", sent.what.id)))),
        Err(Denied::Forbidden(_)) => shut(&call, visit, draft.text, StatusCode::FORBIDDEN),
        Err(denied) => {
            let problem = sending::told(&call, denied).await?;
            form(&call, visit, Typed::again(&call, problem)?, StatusCode::CONFLICT)
        }
    }
}

pub(super) async fn show(call: Call) -> Result<Response, Refusal> {
    let visit = Visit::of(&call).await?;
    conversation(&call, visit, Typed::nothing()?, StatusCode::OK).await
}

pub(super) async fn reply(call: Call) -> Result<Response, Refusal> {
    let visit = Visit::of(&call).await?;
    let id = call.segment("conversation").to_owned();
    let draft = match sending::draft(&call, Party::Patient(call.patient())) {
        Ok(draft) => draft,
        Err(problem) => {
            let typed = Typed::again(&call, problem)?;
            return conversation(&call, visit, typed, StatusCode::UNPROCESSABLE_ENTITY).await;
        }
    };
    match ConversationService::new(&call.app.store).reply(&visit.clinic, &id, &draft).await {
        Ok(_) => Ok(answer::see_other(&visit.href(&format!("/conversations/{id}")))),
        Err(Denied::Forbidden(_)) => Err(Refusal::UnknownPage),
        Err(denied) => {
            let typed = Typed::again(&call, sending::told(&call, denied).await?)?;
            conversation(&call, visit, typed, StatusCode::CONFLICT).await
        }
    }
}

fn form(call: &Call, visit: Visit, typed: Typed, status: StatusCode) -> Result<Response, Refusal> {
    let (text, talk) = (call.text(&text::patient::TEXTS), call.text(&text::conversations::TEXTS));
    let title = visit.title_of("new_message").unwrap_or_else(|| text.new.to_owned());
    answer::html_with(status, &NewPage { shell: call.shell(&title), text, talk, visit, title, typed })
}

fn shut(call: &Call, visit: Visit, written: String, status: StatusCode) -> Result<Response, Refusal> {
    let (text, talk) = (call.text(&text::patient::TEXTS), call.text(&text::conversations::TEXTS));
    answer::html_with(status, &ShutPage { shell: call.shell(text.shut), text, talk, visit, written })
}

/// The conversation, for the patient whose it is; nobody else learns that there is one.
async fn conversation(call: &Call, visit: Visit, typed: Typed, status: StatusCode) -> Result<Response, Refusal> {
    let (service, me) = (ConversationService::new(&call.app.store), Party::Patient(call.patient()));
    let id = call.segment("conversation").to_owned();
    let read = match service.read(&visit.clinic, &id, &me).await {
        Ok((read, _)) => read,
        Err(Denied::UnknownConversation) => return moved(call, &visit, &id, &me).await,
        Err(Denied::Forbidden(_)) => return Err(Refusal::UnknownPage),
        Err(denied) => return sending::told(call, denied).await.and(Err(Refusal::Failed)),
    };
    let (text, talk) = (call.text(&text::patient::TEXTS), call.text(&text::conversations::TEXTS));
    let messages = chat::bubbles(&mut Names::new(call), read.messages, &[me]).await?;
    let shell = call.shell(format!("{}: {}", text.conversation, visit.name));
    let action = visit.href(&format!("/conversations/{id}"));
    answer::html_with(status, &ConversationPage { shell, text, talk, visit, action, messages, typed })
}

/// To where the conversation is by now, if it is the patient's.
async fn moved(call: &Call, visit: &Visit, id: &str, me: &Party) -> Result<Response, Refusal> {
    let Ok(conversation) = ConversationService::new(&call.app.store).find(id).await else {
        return Err(Refusal::UnknownPage);
    };
    if conversation.with.party() != *me || conversation.clinic == visit.clinic {
        return Err(Refusal::UnknownPage);
    }
    let surface = if visit.app { "?surface=app" } else { "" };
    Ok(answer::see_other(&format!("/p/{}/conversations/{id}{surface}", conversation.clinic)))
}
