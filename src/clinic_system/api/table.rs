//! The table of routes.

mod conversations;

use super::problem::Reason;
use super::query::Parameter;
use super::route::{Answer, Body, Route, Run, Verb};
use super::{operations, reads, snapshot, writes};
use crate::clinic::Direction;
use crate::metrics::OPENMETRICS;
use crate::token::Scope;
use futures_util::FutureExt;
use serde_json::{Map, Value};
use std::sync::LazyLock;

const JSON: &str = "application/json";

const LIMIT: Parameter = Parameter {
    name: "limit",
    required: false,
    repeatable: false,
    schema: r#"{"type": "integer", "minimum": 1, "maximum": 500, "default": 100}"#,
    says: "The most to answer.",
};
const CURSOR: Parameter = Parameter {
    name: "cursor",
    required: false,
    repeatable: false,
    schema: r#"{"type": "string"}"#,
    says: "The `next_cursor` of the page before.",
};
const SEARCH: Parameter = Parameter {
    name: "q",
    required: false,
    repeatable: false,
    schema: r#"{"type": "string", "maxLength": 200, "pattern": "^[^\\u0000-\\u001F\\u007F-\\u009F]*$"}"#,
    says: "A part of a name, an e-mail address or an HSA-id, in any case.",
};
const SURFACE: Parameter = Parameter {
    name: "surface",
    required: true,
    repeatable: false,
    schema: r#"{"enum": ["app", "web"]}"#,
    says: "Where the patient looks.",
};
const LANGUAGE: Parameter = Parameter {
    name: "language",
    required: false,
    repeatable: false,
    schema: r##"{"type": "string", "maxLength": 100, "$ref": "#/components/schemas/ButtonBody/properties/title/propertyNames"}"##,
    says: "The patient's language tag (BCP 47). A button without a title in it shows its title in a shorter form of the \
           tag, else in Swedish, else the first by tag.",
};
const INCLUDE: Parameter = Parameter {
    name: "include",
    required: false,
    repeatable: false,
    schema: r#"{"const": "staff"}"#,
    says: "`staff` adds the directory, and needs the scope `directory:read` too.",
};
const CLINICS: Parameter = Parameter {
    name: "clinic",
    required: false,
    repeatable: true,
    schema: r#"{"type": "array", "items": {"type": "string"}}"#,
    says: "Only these clinics; unknown ones are left out.",
};

/// Every route of the system.
#[must_use]
pub fn routes() -> &'static [Route] {
    static ALL: LazyLock<Vec<Route>> = LazyLock::new(|| [ROUTES, conversations::ROUTES].concat());
    &ALL
}

const ROUTES: &[Route] = &[
    Route {
        method: Verb::Get,
        path: "/api/v1",
        scope: None,
        id: "root",
        summary: "What this system is and offers",
        query: &[],
        body: None,
        answers: &[ok("What the system is", |schemas| schemas.subschema_for::<clinic_wire::ApiRoot>())],
        refuses: &[],
        run: |call| reads::root(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics",
        scope: Some(Scope::SettingsRead),
        id: "clinics",
        summary: "All clinics, in the order of their keys",
        query: &[LIMIT, CURSOR],
        body: None,
        answers: &[ok("A page", |schemas| schemas.subschema_for::<clinic_wire::Page<clinic_wire::ClinicSummary>>())],
        refuses: &[],
        run: |call| reads::clinics(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}",
        scope: Some(Scope::SettingsRead),
        id: "clinic",
        summary: "A clinic's whole live state",
        query: &[],
        body: None,
        answers: &[Answer {
            status: 200,
            says: "The live state",
            etag: true,
            body: Some((JSON, |schemas| schemas.subschema_for::<clinic_wire::ClinicLine>())),
        }],
        refuses: &[],
        run: |call| reads::clinic(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}/staff",
        scope: Some(Scope::DirectoryRead),
        id: "staff",
        summary: "The people of a clinic, in the order of their ids",
        query: &[SEARCH, LIMIT, CURSOR],
        body: None,
        answers: &[ok("A page", |schemas| schemas.subschema_for::<clinic_wire::Page<clinic_wire::StaffItem>>())],
        refuses: &[],
        run: |call| reads::staff(call).boxed(),
    },
    Route {
        method: Verb::Put,
        path: "/api/v1/clinics/{clinic}/messaging/healthcare-initiated",
        scope: Some(Scope::SettingsWrite),
        id: "put-healthcare-initiated",
        summary: "Whether professionals may start conversations, and who may send",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::DirectionBody>()),
        answers: &[written(|schemas| schemas.subschema_for::<clinic_wire::DirectionState>())],
        refuses: &[],
        run: |call| writes::direction(call, Direction::HealthcareInitiated).boxed(),
    },
    Route {
        method: Verb::Put,
        path: "/api/v1/clinics/{clinic}/messaging/incoming",
        scope: Some(Scope::SettingsWrite),
        id: "put-incoming",
        summary: "Whether patients and other clinics may start conversations, and who may respond",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::DirectionBody>()),
        answers: &[written(|schemas| schemas.subschema_for::<clinic_wire::DirectionState>())],
        refuses: &[],
        run: |call| writes::direction(call, Direction::Incoming).boxed(),
    },
    Route {
        method: Verb::Put,
        path: "/api/v1/clinics/{clinic}/buttons/{button}",
        scope: Some(Scope::SettingsWrite),
        id: "put-button",
        summary: "Create or replace a button; a new one goes to the end of the order",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::ButtonBody>()),
        answers: &[
            written(|schemas| schemas.subschema_for::<clinic_wire::ButtonState>()),
            Answer {
                status: 201,
                says: "The new button",
                etag: true,
                body: Some((JSON, |schemas| schemas.subschema_for::<clinic_wire::ButtonState>())),
            },
        ],
        refuses: &[],
        run: |call| writes::put_button(call).boxed(),
    },
    Route {
        method: Verb::Delete,
        path: "/api/v1/clinics/{clinic}/buttons/{button}",
        scope: Some(Scope::SettingsWrite),
        id: "delete-button",
        summary: "Delete a button",
        query: &[],
        body: None,
        answers: &[Answer { status: 204, says: "It is gone", etag: true, body: None }],
        refuses: &[Reason::UnknownButton],
        run: |call| writes::delete_button(call).boxed(),
    },
    Route {
        method: Verb::Put,
        path: "/api/v1/clinics/{clinic}/button-order",
        scope: Some(Scope::SettingsWrite),
        id: "put-button-order",
        summary: "The order of the menu: exactly the clinic's buttons",
        query: &[],
        body: Some(|schemas| schemas.subschema_for::<clinic_wire::OrderBody>()),
        answers: &[written(|schemas| schemas.subschema_for::<clinic_wire::OrderState>())],
        refuses: &[],
        run: |call| writes::order(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}/menu",
        scope: None,
        id: "menu",
        summary: "What a patient sees now",
        query: &[SURFACE, LANGUAGE],
        body: None,
        answers: &[ok("The active buttons of that surface, in order", |schemas| {
            schemas.subschema_for::<clinic_wire::Menu>()
        })],
        refuses: &[],
        run: |call| reads::menu(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/clinics/{clinic}/changes",
        scope: Some(Scope::AuditRead),
        id: "changes",
        summary: "The change log, newest first",
        query: &[LIMIT, CURSOR],
        body: None,
        answers: &[ok("A page", |schemas| schemas.subschema_for::<clinic_wire::Page<clinic_wire::ChangeEntry>>())],
        refuses: &[],
        run: |call| reads::changes(call).boxed(),
    },
    Route {
        method: Verb::Get,
        path: "/api/v1/snapshot",
        scope: Some(Scope::SettingsRead),
        id: "snapshot",
        summary: "Every clinic, one line of JSON each; each line was true at one moment",
        query: &[INCLUDE, CLINICS],
        body: None,
        answers: &[Answer {
            status: 200,
            says: "One live state a line",
            etag: false,
            body: Some((clinic_wire::NDJSON, |schemas| schemas.subschema_for::<clinic_wire::ClinicLine>())),
        }],
        refuses: &[],
        run: |call| snapshot::snapshot(call).boxed(),
    },
    operation("/healthz", "alive", "Whether the process answers", STATUS, |call| operations::alive(call).boxed()),
    operation("/readyz", "ready", "Whether the store can be written and the server is not stopping", STATUS, |call| {
        operations::ready(call).boxed()
    }),
    operation("/metrics", "metrics", "What the server counts, as Prometheus reads it", METRICS, |call| {
        operations::metrics(call).boxed()
    }),
    operation("/openapi.json", "description", "This description", STATUS, |call| operations::description(call).boxed()),
];

/// A success that carries no revision.
const fn ok(says: &'static str, body: Body) -> Answer {
    Answer { status: 200, says, etag: false, body: Some((JSON, body)) }
}

/// The success of a write.
const fn written(body: Body) -> Answer {
    let says = "What it is now; where nothing changed, the revision is the same";
    Answer { status: 200, says, etag: true, body: Some((JSON, body)) }
}

/// What the routes of operations answer.
const STATUS: &[Answer] = &[ok("An object", |schemas| schemas.subschema_for::<Map<String, Value>>())];

/// What the counts are answered as.
const METRICS: &[Answer] = &[Answer {
    status: 200,
    says: "The counts",
    etag: false,
    body: Some((OPENMETRICS, |schemas| schemas.subschema_for::<String>())),
}];

/// A route for those who run the system.
const fn operation(
    path: &'static str,
    id: &'static str,
    summary: &'static str,
    answers: &'static [Answer],
    run: Run,
) -> Route {
    Route { method: Verb::Get, path, scope: None, id, summary, query: &[], body: None, answers, refuses: &[], run }
}
