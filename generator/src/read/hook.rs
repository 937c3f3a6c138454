//! What the server asks of others: webhooks, and the callbacks of operations.
//!
//! May not read what is answered to it: that is for whoever is asked.

use indexmap::IndexMap;
use openapiv3::RequestBody;
use serde_json::Value;

use crate::source::Pointer;

use super::copy::Copy;
use super::resolve::follow;
use super::version::Dialect;
use super::{Operation, Site, operation, path};

/// A request that the server makes.
#[derive(Clone, Debug)]
pub struct Hook {
    /// Where it stands.
    pub at: Pointer,
    /// The key of the webhook or the callback.
    pub name: String,
    /// Its method, upper case.
    pub method: String,
    /// Where a callback goes: an expression over the call that registers it.
    pub expression: Option<String>,
    /// The operations that register a callback; none for a webhook.
    pub registered_by: Vec<Pointer>,
    /// What the document says about it.
    pub item: openapiv3::Operation,
    /// What is sent.
    pub body: Option<Site<RequestBody>>,
}

/// All of them, each once: webhooks, then callbacks in the order of operations.
pub(super) fn all(copy: &mut Copy<'_>, operations: &[Operation]) -> Vec<Hook> {
    let mut hooks = IndexMap::new();
    if copy.dialect == Dialect::Swagger2 {
        return Vec::new();
    }
    // What has no home in 3.0 is often written so.
    for key in ["webhooks", "x-webhooks"] {
        for (name, item) in followed(copy, &Pointer::root().key(key)) {
            add(copy, &item, &name, None, &mut hooks);
        }
    }
    for operation in operations {
        for (name, callback) in followed(copy, &operation.at.key("callbacks")) {
            for (expression, item) in followed(copy, &callback) {
                let callback = Some((expression.as_str(), &operation.at));
                add(copy, &item, &name, callback, &mut hooks);
            }
        }
    }
    hooks.into_values().collect()
}

/// The entries of a map, with the places where they really stand.
fn followed(copy: &mut Copy<'_>, at: &Pointer) -> Vec<(String, Pointer)> {
    let map = at.get(copy.root).and_then(Value::as_object);
    let keys: Vec<&String> = map.into_iter().flat_map(|map| map.keys()).collect();
    // The keys of a callback are expressions, and may look like extensions only by mistake.
    let keys = keys.into_iter().filter(|key| !key.starts_with("x-"));
    keys.filter_map(|key| {
        Some((
            key.clone(),
            follow(copy.root, &at.key(key), copy.report)?.at,
        ))
    })
    .collect()
}

fn add(
    copy: &mut Copy<'_>,
    item: &Pointer,
    name: &str,
    callback: Option<(&str, &Pointer)>,
    hooks: &mut IndexMap<Pointer, Hook>,
) {
    for (method, at) in path::operations(copy.root, item) {
        let registrar = callback.map(|(_, operation)| operation.clone());
        if let Some(known) = hooks.get_mut(&at) {
            known.registered_by.extend(registrar);
            continue;
        }
        let Some(item) = operation::unit_of(copy, &at) else {
            continue;
        };
        let body = operation::body(copy, &at.key("requestBody"));
        let hook = Hook {
            at: at.clone(),
            name: name.to_owned(),
            method,
            expression: callback.map(|(expression, _)| expression.to_owned()),
            registered_by: registrar.into_iter().collect(),
            item,
            body,
        };
        hooks.insert(at, hook);
    }
}
