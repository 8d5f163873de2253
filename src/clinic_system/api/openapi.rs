//! The OpenAPI document, assembled from the table of routes and the schemas of the contract.

use super::problem::Reason;
use super::route::{Answer, Route};
use super::table::routes;
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The OpenAPI 3.1 document of the API.
///
/// # Errors
/// When the document cannot be written as JSON.
pub fn openapi() -> Result<String, serde_json::Error> {
    let settings = SchemaSettings::draft2020_12().with(|settings| {
        settings.definitions_path = "/components/schemas".into();
        settings.meta_schema = None;
    });
    let mut schemas = settings.into_generator();
    let mut paths: BTreeMap<&str, Map<String, Value>> = BTreeMap::new();
    for route in routes() {
        let method = route.method().as_str().to_ascii_lowercase();
        paths.entry(route.path).or_default().insert(method, operation(route, &mut schemas));
    }
    let document = json!({
        "openapi": "3.1.1",
        "info": {
            "title": "Clinic Settings API",
            "version": "1",
            "description": "The messaging settings of clinics: read them, and change them under the revision that a \
                            change is based on.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "servers": [{"url": "/"}],
        "security": [],
        "paths": paths,
        "components": {
            "schemas": schemas.take_definitions(true),
            "securitySchemes": {"token": {"type": "http", "scheme": "bearer"}},
        },
    });
    serde_json::to_string_pretty(&document).map(|text| text + "\n")
}

fn operation(route: &Route, schemas: &mut SchemaGenerator) -> Value {
    let mut operation = json!({
        "operationId": route.id,
        "summary": route.summary,
        "parameters": parameters(route),
        "responses": responses(route, schemas),
    });
    if let Some(scope) = route.scope {
        operation["security"] = json!([{"token": [scope.word()]}]);
    }
    if let Some(body) = route.body {
        operation["requestBody"] =
            json!({"required": true, "content": {"application/json": {"schema": body(schemas)}}});
    }
    operation
}

fn parameters(route: &Route) -> Vec<Value> {
    let slug = json!({"type": "string", "pattern": "^[a-z0-9][a-z0-9-]{0,62}$"});
    let path =
        route.path_parameters().map(|name| json!({"name": name, "in": "path", "required": true, "schema": slug}));
    let query = route.query.iter().map(|parameter| {
        let schema: Value = serde_json::from_str(parameter.schema).unwrap_or_default();
        let required = parameter.required;
        json!({"name": parameter.name, "in": "query", "required": required, "description": parameter.says, "schema": schema})
    });
    let mut all: Vec<Value> = path.chain(query).collect();
    if route.needs_revision() {
        all.extend(headers());
    }
    if route.adds() {
        all.push(key());
    }
    all
}

fn headers() -> [Value; 2] {
    let reference = json!({"type": "string", "pattern": "^[ -~]*$", "maxLength": clinic_wire::CHANGE_REFERENCE_MAX});
    [
        json!({"name": "If-Match", "in": "header", "required": true, "schema": {"type": "string", "pattern": "^\"[^\"]*\"$"},
            "description": "The `ETag` of the clinic that the change is based on."}),
        json!({"name": "Change-Reference", "in": "header", "required": false, "schema": reference,
            "description": "The commit or pull request behind the change, in at most 200 bytes without control characters. Characters outside \
                ASCII, which the schema of a header cannot describe, are sent as UTF-8."}),
    ]
}

fn key() -> Value {
    json!({"name": "Idempotency-Key", "in": "header", "required": false,
        "schema": {"type": "string", "pattern": "^[!-~]([ -~]*[!-~])?$", "maxLength": clinic_wire::IDEMPOTENCY_KEY_MAX},
        "description": "Any text that the sender uses for this message alone. Sending the same again with the same key \
                        answers 200 with what is there already, and adds nothing."})
}

fn responses(route: &Route, schemas: &mut SchemaGenerator) -> Map<String, Value> {
    let answers = route.answers.iter().map(|answer| (answer.status.to_string(), success(answer, schemas)));
    let mut all: Map<String, Value> = answers.collect();
    let mut refusals: BTreeMap<u16, Vec<Reason>> = BTreeMap::new();
    for reason in route.refusals() {
        refusals.entry(reason.row().1).or_default().push(reason);
    }
    all.extend(refusals.into_iter().map(|(status, reasons)| (status.to_string(), refusal(&reasons, schemas))));
    all
}

fn success(answer: &Answer, schemas: &mut SchemaGenerator) -> Value {
    let mut response = json!({"description": answer.says});
    if answer.etag {
        let schema = json!({"type": "string"});
        response["headers"] = json!({"ETag": {"description": "The clinic's revision, quoted.", "schema": schema}});
    }
    if let Some((media_type, schema)) = answer.body {
        response["content"] = json!({media_type: {"schema": schema(schemas)}});
    }
    response
}

fn refusal(reasons: &[Reason], schemas: &mut SchemaGenerator) -> Value {
    let said: Vec<String> =
        reasons.iter().map(|reason| reason.row()).map(|(slug, _, title)| format!("`{slug}`: {title}")).collect();
    let mut response = json!({
        "description": said.join("; "),
        "content": {clinic_wire::PROBLEM_JSON: {"schema": schemas.subschema_for::<clinic_wire::Problem>()}},
    });
    if let Some(name) = reasons.iter().find_map(|reason| reason.header()) {
        let always = reasons.iter().all(|reason| reason.header() == Some(name));
        response["headers"] = json!({name: {"required": always, "schema": {"type": "string"}}});
    }
    response
}
