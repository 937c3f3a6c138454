//! Where a `$ref` leads.
//!
//! May not leave the document, and may not run in circles.

use serde_json::Value;

use crate::report::Report;
use crate::source::Pointer;

/// References behind references, beyond which it must be a circle.
const MAX_HOPS: usize = 32;

/// What a node really is, after all references.
pub(super) struct Target<'d> {
    /// Where it really stands.
    pub(super) at: Pointer,
    /// The node itself.
    pub(super) value: &'d Value,
    /// A `description` beside the (first) `$ref`; OpenAPI 3.1 lets it win.
    pub(super) description: Option<&'d str>,
}

/// Follows the references at a node; `None`, with an error, when they lead nowhere.
pub(super) fn follow<'d>(root: &'d Value, at: &Pointer, report: &mut Report) -> Option<Target<'d>> {
    let mut target = Target {
        at: at.clone(),
        value: at.get(root)?,
        description: None,
    };
    for _ in 0..MAX_HOPS {
        let Some(reference) = target.value.get("$ref") else {
            return Some(target);
        };
        let Some(reference) = reference.as_str() else {
            report.warning(
                "broken-reference",
                &target.at.key("$ref"),
                "the reference is no text",
                "",
            );
            return None;
        };
        let beside = target.value.get("description").and_then(Value::as_str);
        let Some(next) = local(root, reference) else {
            nowhere(&target.at.key("$ref"), reference, report);
            return None;
        };
        let value = next.get(root)?;
        target = Target {
            at: next,
            value,
            description: target.description.or(beside),
        };
    }
    let message = "the reference leads back to itself";
    report.warning("reference-cycle", &at.key("$ref"), message, "");
    None
}

/// Says that a reference leads nowhere.
pub(crate) fn nowhere(at: &Pointer, reference: &str, report: &mut Report) {
    if reference.starts_with('#') {
        let message = format!("`{reference}` leads nowhere");
        report.warning("broken-reference", at, message, "");
    } else {
        let message = format!("`{reference}` leads out of this document");
        let help = "bundle the document into one file first";
        report.warning("external-reference", at, message, help);
    }
}

/// The node a local reference names, if there is one. A reference may pass through another one:
/// `#/paths/~1a/get/responses/200/content` is found although `200` is itself a `$ref`.
pub(super) fn local(root: &Value, reference: &str) -> Option<Pointer> {
    let plain = reference.strip_prefix('#')?;
    let candidates = [Pointer::parse(reference), Pointer::parse(plain)];
    let mut hops = MAX_HOPS;
    candidates.into_iter().flatten().find_map(|pointer| {
        let direct = pointer.get(root).is_some();
        if direct {
            Some(pointer)
        } else {
            through(root, &pointer, &mut hops)
        }
    })
}

fn through(root: &Value, pointer: &Pointer, hops: &mut usize) -> Option<Pointer> {
    let mut at = Pointer::root();
    for segment in pointer.segments() {
        let mut next = at.key(&segment);
        while next.get(root).is_none() {
            *hops = hops.checked_sub(1)?;
            let reference = at.get(root)?.get("$ref")?.as_str()?;
            at = Pointer::parse(reference)?;
            next = at.key(&segment);
        }
        at = next;
    }
    Some(at)
}
