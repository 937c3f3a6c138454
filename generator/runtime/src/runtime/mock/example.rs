//! The answers that the generator has made for mocks: a JSON object in a file for each tag, with a
//! member for each operation.

use std::collections::HashMap;

use bytes::Bytes;
use serde_json::value::RawValue;

use super::state::Outcome;
use super::write::Wire;

/// The members of an object, each as it stands there.
type Members<'t> = HashMap<String, &'t RawValue>;

/// The example of an operation, by its method and path.
pub(super) fn find(files: &[&str], operation: &str) -> Outcome {
    let found = files.iter().find_map(|file| {
        let operations: Members = serde_json::from_str(file).ok()?;
        wire(operations.get(operation)?)
    });
    match found {
        Some(wire) => wire.into(),
        None => {
            let fault =
                format!("there is no example of an answer to {operation}; say one by `answer`");
            Outcome::Impossible(fault)
        }
    }
}

/// For example: `{"status":200,"type":"application/json","json":{"id":7}}`.
fn wire(example: &RawValue) -> Option<Wire> {
    let members: Members = serde_json::from_str(example.get()).ok()?;
    let text = |name: &str| serde_json::from_str::<String>(members.get(name)?.get()).ok();
    let status: u16 = serde_json::from_str(members.get("status")?.get()).ok()?;
    let body = match members.get("json") {
        Some(json) => Bytes::copy_from_slice(json.get().as_bytes()),
        None => text("text").unwrap_or_default().into(),
    };
    let media = text("type").unwrap_or_default();
    Some(Wire::new(status, &media, Ok(body)))
}
