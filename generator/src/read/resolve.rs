//! Where a `$ref` leads.
//!
//! May not run in circles. References to other files are pointers by now, see [`link`](super::link).

use serde_json::Value;

use crate::report::Report;
use crate::source::Pointer;

/// References behind references, beyond which it must be a circle.
pub(super) const MAX_HOPS: usize = 32;

/// What a node really is, after all references.
pub(super) struct Target<'d> {
    /// Where it really stands.
    pub(super) at: Pointer,
    /// The node itself.
    pub(super) value: &'d Value,
    /// A `description` beside the (first) `$ref`; OpenAPI 3.1 lets it win.
    pub(super) description: Option<&'d str>,
}

/// Follows the references at a node; `None` when they lead nowhere, which `link` has told, or in a
/// circle, which is told here.
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
        let beside = target.value.get("description").and_then(Value::as_str);
        let next = local(root, reference.as_str()?)?;
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

/// The node a settled reference names, if there is one. A reference may pass through another one:
/// `#/paths/~1a/get/responses/200/content` is found although `200` is itself a `$ref`.
pub(super) fn local(root: &Value, reference: &str) -> Option<Pointer> {
    let (_, fragment) = reference.split_once('#')?;
    let plain = || Pointer::parse(fragment).filter(|_| reference.starts_with('#'));
    let candidates = std::iter::once(Pointer::parse(reference));
    let candidates = candidates.chain(std::iter::once_with(plain));
    let mut hops = MAX_HOPS;
    candidates.flatten().find_map(|pointer| {
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
