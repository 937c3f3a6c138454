//! Findings to actions of an overlay, which makes the document say what was found.
//!
//! May not narrow a document: an action allows more than before. Nothing is written but what `mask`
//! lets go.

use serde_json::{Value, json};

use super::context::Context;
use super::fit::refusing_keywords;
use super::infer::{self, Seen};
use super::{Cause, Finding, Kind, Site};
use crate::lower::media;
use crate::lower::view::Node;
use crate::read::{Dialect, Document};
use crate::source::Pointer;

/// An action of an overlay.
#[derive(Clone, PartialEq, Debug)]
pub struct Action {
    /// The node.
    pub target: Pointer,
    /// The element of the node that is a list, if not the node itself.
    pub element: Option<String>,
    pub description: String,
    /// What is merged into the node; `None` removes it.
    pub update: Option<Value>,
}

/// The actions for a finding; none where an overlay cannot say it.
pub fn actions(document: &Document, finding: &Finding) -> Vec<Action> {
    let cx = Cx {
        document,
        dialect: document.dialect(),
        modern: document.has_json_schema(),
        finding,
    };
    let (at, cause) = (&finding.at, &finding.cause);
    // An overlay does not reach other files.
    if at.file().is_some() {
        return Vec::new();
    }
    match finding.kind {
        Kind::Status => status(&cx),
        Kind::Media | Kind::Body => body(&cx),
        Kind::NoBody if cause.some_have_one => Vec::new(),
        Kind::NoBody => finding
            .sites
            .iter()
            .flat_map(|site| no_body(&cx, site))
            .collect(),
        Kind::NotJson => Vec::new(),
        Kind::Type => other_type(&cx),
        Kind::Null => null(&cx),
        Kind::Value => value(&cx),
        Kind::Format => vec![cx.remove(at.key("format"))],
        Kind::Missing => missing(&cx),
        Kind::Closed if cause.beside => vec![cx.remove(at.key("additionalProperties"))],
        Kind::Closed | Kind::Undeclared => member(&cx),
    }
}

struct Cx<'c> {
    document: &'c Document,
    dialect: Dialect,
    modern: bool,
    finding: &'c Finding,
}

impl Cx<'_> {
    fn update(&self, target: Pointer, update: Value) -> Action {
        Action {
            target,
            element: None,
            description: self.finding.sentence(self.document),
            update: Some(update),
        }
    }

    fn remove(&self, target: Pointer) -> Action {
        Action {
            update: None,
            ..self.update(target, Value::Null)
        }
    }

    fn schema(&self, seen: &Seen) -> Value {
        seen.schema(self.dialect, self.modern)
    }

    fn has(&self, at: &Pointer) -> bool {
        self.document.get(at).is_some()
    }

    /// A new answer. Swagger 2.0 has no media types there.
    fn answer(&self, cause: &Cause) -> Value {
        let fit = cause.fit.as_ref().and_then(|at| self.document.get(at));
        let fit = fit.filter(|schema| is_local_reference(schema));
        let schema = |seen: &Seen| fit.cloned().unwrap_or_else(|| self.schema(seen));
        let mut answer = json!({"description": "As recorded."});
        if cause.bodies.is_empty() {
            return answer;
        }
        match self.dialect {
            Dialect::Swagger2 => {
                let mut all = Seen::default();
                cause.bodies.values().for_each(|seen| all.join(seen));
                answer["schema"] = schema(&all);
            }
            Dialect::OpenApi3 => answer["content"] = self.content(cause, schema),
        }
        answer
    }

    fn content(&self, cause: &Cause, schema: impl Fn(&Seen) -> Value) -> Value {
        let bodies = cause.bodies.iter().map(|(media, seen)| {
            let content = match media::kind(media) {
                media::Kind::Json => json!({"schema": schema(seen)}),
                media::Kind::Text => json!({"schema": {"type": "string"}}),
                _ => json!({}),
            };
            (media.clone(), content)
        });
        Value::Object(bodies.collect())
    }
}

fn is_local_reference(schema: &Value) -> bool {
    let reference = schema.get("$ref").and_then(Value::as_str);
    let at = reference.and_then(Pointer::parse);
    at.is_some_and(|at| at.file().is_none()) && schema.as_object().is_some_and(|it| it.len() == 1)
}

fn status(cx: &Cx<'_>) -> Vec<Action> {
    let at = &cx.finding.at;
    let Some(status) = &cx.finding.member else {
        return Vec::new();
    };
    let answer = json!({status.as_str(): cx.answer(&cx.finding.cause)});
    match (cx.has(at), at.parent()) {
        (true, _) => vec![cx.update(at.clone(), answer)],
        (false, Some(operation)) => vec![cx.update(operation, json!({"responses": answer}))],
        (false, None) => Vec::new(),
    }
}

/// A body, or one of a media type, that is not declared.
fn body(cx: &Cx<'_>) -> Vec<Action> {
    let Finding { at, cause, .. } = cx.finding;
    if cause.bodies.is_empty() {
        return Vec::new();
    }
    match cx.dialect {
        Dialect::OpenApi3 => {
            let content = cx.content(cause, |seen| cx.schema(seen));
            vec![cx.update(at.clone(), json!({"content": content}))]
        }
        Dialect::Swagger2 if cx.finding.kind == Kind::Body => {
            let answer = cx.answer(cause);
            vec![cx.update(at.clone(), json!({"schema": answer["schema"]}))]
        }
        Dialect::Swagger2 => cx
            .finding
            .sites
            .iter()
            .flat_map(|site| produces(cx, site))
            .collect(),
    }
}

/// In Swagger 2.0 an operation has media types for all its answers.
fn produces(cx: &Cx<'_>, site: &Site) -> Option<Action> {
    let operation = cx.document.operations.get(site.operation)?;
    let mut media: Vec<&String> = cx.finding.cause.bodies.keys().collect();
    if !cx.has(&operation.at.key("produces")) {
        // Its own list is instead of that of the document.
        let declared = operation.responses.iter();
        media.extend(declared.flat_map(|(_, response)| response.item.content.keys()));
        media.dedup();
    }
    Some(cx.update(operation.at.clone(), json!({"produces": media})))
}

fn no_body(cx: &Cx<'_>, site: &Site) -> Vec<Action> {
    let Some(operation) = cx.document.operations.get(site.operation) else {
        return Vec::new();
    };
    let responses = operation.at.key("responses");
    let at = responses.key(&site.status.to_string());
    let content = match cx.dialect {
        Dialect::OpenApi3 => "content",
        Dialect::Swagger2 => "schema",
    };
    let empty = json!({"description": "As recorded: without a body."});
    if cx.has(&at.key("$ref")) {
        vec![cx.remove(at.key("$ref")), cx.update(at, empty)]
    } else if cx.has(&at.key(content)) {
        vec![cx.remove(at.key(content))]
    } else {
        // It is declared by its class or by default only.
        vec![cx.update(responses, json!({site.status.to_string(): empty}))]
    }
}

fn other_type(cx: &Cx<'_>) -> Vec<Action> {
    let Finding { at, cause, .. } = cx.finding;
    let inferred = cx.schema(&cause.seen);
    let declared = match cx.document.get(at) {
        // None of these alternatives fits.
        Some(Value::Array(_)) => return vec![cx.update(at.clone(), json!([inferred]))],
        Some(schema) => schema.get("type").cloned(),
        None => None,
    };
    let types = cause.seen.types();
    match declared {
        Some(Value::Array(known)) => {
            let new = types.iter().filter(|name| !known.contains(&json!(name)));
            vec![cx.update(at.key("type"), new.map(|name| json!(name)).collect())]
        }
        Some(known) if known == "integer" && types == ["number"] => {
            vec![cx.update(at.clone(), json!({"type": "number"}))]
        }
        Some(known) if cx.modern => {
            let all: Vec<Value> = [known]
                .into_iter()
                .chain(types.iter().map(|name| json!(name)))
                .collect();
            vec![
                cx.remove(at.key("type")),
                cx.update(at.clone(), json!({"type": all})),
            ]
        }
        // Before 3.1 there is one type, and in Swagger 2.0 there are no alternatives.
        Some(known) if cx.dialect == Dialect::OpenApi3 && !cx.has(&at.key("anyOf")) => {
            let alternatives = json!({"anyOf": [{"type": known}, inferred]});
            vec![
                cx.remove(at.key("type")),
                cx.update(at.clone(), alternatives),
            ]
        }
        Some(_) => vec![cx.remove(at.key("type"))],
        None => Vec::new(),
    }
}

fn null(cx: &Cx<'_>) -> Vec<Action> {
    let at = &cx.finding.at;
    let Some(value) = cx.document.get(at) else {
        return Vec::new();
    };
    if !cx.modern {
        let nullable = json!({infer::nullable(cx.dialect): true});
        return match value.get("$ref") {
            // What stands beside a reference does not count.
            Some(reference) => vec![
                cx.remove(at.key("$ref")),
                cx.update(at.clone(), json!({"allOf": [{"$ref": reference}]})),
                cx.update(at.clone(), nullable),
            ],
            None => vec![cx.update(at.clone(), nullable)],
        };
    }
    let node = Node::new(value, at.clone());
    let context = Context::new(cx.document);
    let mut actions = Vec::new();
    for keyword in refusing_keywords(&context, &node, 0) {
        let inner = at.key(keyword);
        let known = value.get(keyword).cloned().unwrap_or_default();
        match (keyword, known) {
            ("type", Value::Array(_)) => actions.push(cx.update(inner, json!(["null"]))),
            ("type", known) => {
                actions.push(cx.remove(inner));
                actions.push(cx.update(at.clone(), json!({"type": [known, "null"]})));
            }
            ("enum", _) => actions.push(cx.update(inner, json!([null]))),
            ("const", known) => {
                actions.push(cx.remove(inner));
                actions.push(cx.update(at.clone(), json!({"enum": [known, null]})));
            }
            ("allOf", known) => actions.extend(or_null(cx, value, "allOf", known)),
            _ => actions.push(cx.update(inner, json!([{"type": "null"}]))),
        }
    }
    if let Some(reference) = value.get("$ref") {
        actions.extend(or_null(cx, value, "$ref", reference.clone()));
    }
    actions
}

/// What a keyword asks for, or null.
fn or_null(cx: &Cx<'_>, schema: &Value, keyword: &str, known: Value) -> Vec<Action> {
    let at = &cx.finding.at;
    // Alternatives that are there already hold beside these: then it is opened.
    if schema.get("anyOf").is_some() {
        return vec![cx.remove(at.key(keyword))];
    }
    let alternatives = json!({"anyOf": [{keyword: known}, {"type": "null"}]});
    vec![
        cx.remove(at.key(keyword)),
        cx.update(at.clone(), alternatives),
    ]
}

/// Values that a list lacks; a list that lacks what may not be told is opened.
fn value(cx: &Cx<'_>) -> Vec<Action> {
    let Finding {
        at, values, masked, ..
    } = cx.finding;
    let told: Vec<Value> = values.iter().map(|(value, _)| value.clone()).collect();
    let only = cx.document.get(&at.key("const"));
    let keyword = if only.is_some() { "const" } else { "enum" };
    if *masked > 0 || told.is_empty() {
        return vec![cx.remove(at.key(keyword))];
    }
    match only {
        Some(only) => {
            let all: Vec<Value> = [only.clone()].into_iter().chain(told).collect();
            vec![
                cx.remove(at.key("const")),
                cx.update(at.clone(), json!({"enum": all})),
            ]
        }
        None => vec![cx.update(at.key("enum"), Value::Array(told))],
    }
}

fn missing(cx: &Cx<'_>) -> Vec<Action> {
    let at = cx.finding.at.key("required");
    let Some(name) = &cx.finding.member else {
        return Vec::new();
    };
    vec![Action {
        element: Some(name.clone()),
        ..cx.remove(at)
    }]
}

fn member(cx: &Cx<'_>) -> Vec<Action> {
    let Finding {
        at, cause, member, ..
    } = cx.finding;
    let update = match member {
        Some(name) => json!({"properties": {name.as_str(): cx.schema(&cause.seen)}}),
        // Keys of a map.
        None => json!({"additionalProperties": true}),
    };
    vec![cx.update(at.clone(), update)]
}
