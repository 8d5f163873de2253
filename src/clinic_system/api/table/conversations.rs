//! The routes of conversations and of access answers.
//!
//! Whether somebody may send or respond says whether they have left and what they are: that is the directory's, and so
//! an access answer needs `directory:read`. What it says of the settings, every patient sees too. Conversations have
//! scopes of their own, because no token that manages settings has any business in them; such a token speaks for
//! whomever it names, and belongs to a system that knows who its people are.

use super::{CURSOR, JSON, LIMIT, ok};
use crate::api::conversations;
use crate::api::problem::Reason;
use crate::api::query::Parameter;
use crate::api::route::{Answer, Body, Route, Verb};
use crate::token::Scope;
use futures_util::FutureExt;

const PERSON: Parameter = Parameter {
    name: "person",
    required: true,
    repeatable: false,
    schema: r#"{"type": "string", "pattern": "^[^\\u0000-\\u001F\\u007F-\\u009F]{1,63}$"}"#,
    says: "A staff id.",
};
const ACTION: Parameter = Parameter {
    name: "action",
    required: true,
    repeatable: false,
    schema: r#"{"enum": ["send", "respond"]}"#,
    says: "`send`: start conversations with patients. `respond`: answer patients and other clinics.",
};
const PROFESSIONAL: Parameter = reader("professional", "A staff id: reads in the name of this professional.");
const PATIENT: Parameter = reader("patient", "Reads in the name of this patient.");
const CLINIC: Parameter = reader("clinic", "Reads in the name of the clinic that started the conversation.");

pub(super) const ROUTES: &[Route] = &[
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}/access",
        scope: Some(Scope::DirectoryRead),
        id: "access",
        summary: "Whether a person may send or respond, and if not, why not",
        query: &[PERSON, ACTION],
        body: None,
        answers: &[Answer {
            status: 200,
            says: "Yes or no, with the reason",
            etag: true,
            body: Some((JSON, |schemas| schemas.subschema_for::<clinic_wire::AccessAnswer>())),
        }],
        refuses: &[],
        run: |call| conversations::access(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}/conversations",
        scope: Some(Scope::MessagesRead),
        id: "conversations",
        summary: "The conversations at a clinic that one of its professionals, a patient or another clinic may read, newest first",
        query: &[PROFESSIONAL, PATIENT, CLINIC, LIMIT, CURSOR],
        body: None,
        answers: &[ok("A page", |schemas| {
            schemas.subschema_for::<clinic_wire::Page<clinic_wire::ConversationSummary>>()
        })],
        refuses: &[Reason::NotAllowed],
        run: |call| conversations::conversations(call).boxed(),
    },
    Route {
        method: Verb::Post,
        path: "/api/v1/clinics/{clinic}/conversations",
        scope: Some(Scope::MessagesWrite),
        id: "start-conversation",
        summary: "Start a conversation at a clinic",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::ConversationBody>()),
        answers: &added(|schemas| schemas.subschema_for::<clinic_wire::Conversation>()),
        refuses: &[],
        run: |call| conversations::start(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}/conversations/{conversation}",
        scope: Some(Scope::MessagesRead),
        id: "conversation",
        summary: "A conversation, for somebody who may read it",
        query: &[PROFESSIONAL, PATIENT, CLINIC],
        body: None,
        answers: &[ok("The conversation", |schemas| schemas.subschema_for::<clinic_wire::Conversation>())],
        refuses: &[Reason::NotAllowed],
        run: |call| conversations::conversation(call).boxed(),
    },
    Route {
        method: Verb::Post,
        path: "/api/v1/clinics/{clinic}/conversations/{conversation}/replies",
        scope: Some(Scope::MessagesWrite),
        id: "reply",
        summary: "Answer in a conversation",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::ReplyBody>()),
        answers: &added(|schemas| schemas.subschema_for::<clinic_wire::Message>()),
        refuses: &[Reason::ConversationFull],
        run: |call| conversations::reply(call).boxed(),
    },
    Route {
        method: Verb::Post,
        path: "/api/v1/clinics/{clinic}/conversations/{conversation}/handover",
        scope: Some(Scope::MessagesWrite),
        id: "hand-over",
        summary: "Hand a conversation to another clinic, which must allow incoming messages",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::HandoverBody>()),
        answers: &added(|schemas| schemas.subschema_for::<clinic_wire::Message>()),
        refuses: &[Reason::ConversationFull],
        run: |call| conversations::hand_over(call).boxed(),
    },
];

/// What a route answers that adds something: the same body whether it is new or was there.
const fn added(body: Body) -> [Answer; 2] {
    let new = Answer { status: 201, says: "It is added", etag: false, body: Some((JSON, body)) };
    [ok("It was there already, sent with the same key", body), new]
}

const fn reader(name: &'static str, says: &'static str) -> Parameter {
    Parameter { name, required: false, repeatable: false, schema: r#"{"type": "string"}"#, says }
}
