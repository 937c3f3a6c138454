//! The ways to prove who is calling: `securityDefinitions` are security schemes.
//!
//! May not refuse the document for one of them.

use indexmap::IndexMap;
use openapiv3::SecurityScheme;
use serde_json::{Map, Value, json};

use crate::read::copy::Copy;
use crate::read::document::typed;
use crate::read::resolve::follow;
use crate::source::Pointer;

use super::shape::SCHEME;

/// The flows of OAuth 2: what 2.0 calls them, what 3.0 calls them, the addresses they need.
const FLOWS: &[(&str, &str, &[&str])] = &[
    ("implicit", "implicit", &["authorizationUrl"]),
    ("password", "password", &["tokenUrl"]),
    ("application", "clientCredentials", &["tokenUrl"]),
    (
        "accessCode",
        "authorizationCode",
        &["authorizationUrl", "tokenUrl"],
    ),
];

/// The security schemes of a document, in its order.
pub(in crate::read) fn schemes(copy: &mut Copy<'_>) -> IndexMap<String, SecurityScheme> {
    let at = Pointer::root().key("securityDefinitions");
    let mut schemes = IndexMap::new();
    let map = at.get(copy.root).and_then(Value::as_object);
    for name in map.into_iter().flat_map(|map| map.keys()) {
        let Some(target) = follow(copy.root, &at.key(name), copy.report) else {
            continue;
        };
        let Some(Value::Object(copied)) = copy.object(target.value, &target.at, &SCHEME) else {
            continue;
        };
        let Some(scheme) = scheme(copy, copied, &target.at) else {
            continue;
        };
        let (code, what) = ("unreadable-security-scheme", "the security scheme");
        let scheme = typed(scheme, &target.at, code, what, copy.report);
        schemes.extend(scheme.map(|scheme| (name.clone(), scheme)));
    }
    schemes
}

/// One scheme in the words of OpenAPI 3.
///
/// For example: `{type: basic}` is `{type: http, scheme: basic}`.
fn scheme(copy: &mut Copy<'_>, mut copied: Map<String, Value>, at: &Pointer) -> Option<Value> {
    let text = |key: &str| copied.get(key).and_then(Value::as_str).unwrap_or_default();
    let (kind, key, value) = match text("type") {
        "basic" => ("http", "scheme", json!("basic")),
        "oauth2" => ("oauth2", "flows", flows(copy, &copied, at)),
        "apiKey" => {
            let complete = !text("name").is_empty() && matches!(text("in"), "query" | "header");
            if !complete {
                let message = "an API key needs a `name` and has to be `in` query or header";
                let code = "unreadable-security-scheme";
                copy.report.warning(code, at, message, "it is left out");
                return None;
            }
            return Some(Value::Object(copied));
        }
        other => {
            let message = format!("`{other}` is no type of a security scheme");
            let code = "unknown-security-type";
            copy.report.warning(code, at, message, "it is left out");
            return None;
        }
    };
    copied.retain(|key, _| key == "description" || key.starts_with("x-"));
    copied.insert("type".to_owned(), kind.into());
    copied.insert(key.to_owned(), value);
    Some(Value::Object(copied))
}

/// The one flow a scheme has.
fn flows(copy: &mut Copy<'_>, copied: &Map<String, Value>, at: &Pointer) -> Value {
    let flow = copied.get("flow").and_then(Value::as_str);
    let known = FLOWS.iter().find(|(name, _, _)| Some(*name) == flow);
    let Some((_, name, addresses)) = known else {
        let message = format!(
            "`{}` is no flow of OAuth 2.0 that Swagger 2.0 knows",
            flow.unwrap_or_default()
        );
        let help = "the scheme is used without it";
        copy.report
            .note("unknown-flow", &at.key("flow"), message, help);
        return json!({});
    };
    let scopes = copied.get("scopes").cloned();
    let mut flow = Map::new();
    flow.insert("scopes".to_owned(), scopes.unwrap_or_else(|| json!({})));
    for address in *addresses {
        let url = copied.get(*address).cloned();
        if url.is_none() {
            let message = format!("`{address}` is missing in a security scheme");
            copy.report.note("missing-field", at, message, "");
        }
        flow.insert((*address).to_owned(), url.unwrap_or_else(|| json!("")));
    }
    json!({ *name: flow })
}
