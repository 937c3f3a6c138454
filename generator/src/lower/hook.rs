//! Webhooks and callbacks: what each is named after and what its body is.

use super::draft::{Owner, Place, Role, Side};
use super::parameter::node;
use super::schema::Cx;
use super::style::is_json;
use crate::ir::{Hook, Part, Slot, Type};
use crate::read;

/// Lowers every one that has a body of JSON.
pub fn hooks(cx: &mut Cx) -> Vec<Hook<Slot>> {
    let document = cx.document;
    let hooks = document.hooks.iter();
    hooks.filter_map(|hook| lower(cx, hook)).collect()
}

fn lower(cx: &mut Cx, hook: &read::Hook) -> Option<Hook<Slot>> {
    let registrars: Vec<&read::Operation> = cx
        .document
        .operations
        .iter()
        .filter(|operation| hook.registered_by.contains(&operation.at))
        .collect();
    let ids: Vec<String> = registrars.into_iter().map(super::operation::text).collect();
    let text = match ids.first() {
        Some(id) => format!("{id} {}", hook.name),
        None => hook.name.clone(),
    };
    let body = body(cx, hook, &text)?;
    let method = hook.method.to_lowercase();
    let own = Part::Text(text);
    let method_part = Part::Text(method);
    let whole = Part::Text(hook.at.to_string());
    let what = match &hook.expression {
        Some(expression) => format!("{} {expression}", hook.method),
        None => format!("{} {}", hook.method, hook.name),
    };
    Some(Hook {
        name: Slot {
            place: hook.at.clone(),
            candidates: vec![
                vec![own.clone()],
                vec![own.clone(), method_part],
                vec![own, whole],
            ],
        },
        what,
        registered_by: ids,
        doc: super::operation::doc(&hook.item),
        body,
    })
}

/// The type of what is sent; what cannot be read into one is reported.
fn body(cx: &mut Cx, hook: &read::Hook, text: &str) -> Option<Type> {
    let content = hook.body.as_ref().map(|body| &body.item.content);
    let json = content
        .into_iter()
        .flatten()
        .find(|(media_type, _)| is_json(media_type));
    let Some((_, media)) = json else {
        let found = content.and_then(|content| content.keys().next());
        let message = found.map_or_else(
            || format!("`{}` sends nothing that could be read", hook.name),
            |media| {
                format!(
                    "`{}` sends `{media}`, which is read into no type",
                    hook.name
                )
            },
        );
        cx.report.lost("hook-without-type", &hook.at, message, "");
        return None;
    };
    let Some(node) = media.schema.as_ref().and_then(|schema| node(cx, schema)) else {
        return Some(Type::Json);
    };
    let place = Place {
        at: node.at.clone(),
        owner: Owner::Operation {
            id: text.to_owned(),
            tag: "webhooks".to_owned(),
        },
        path: Vec::new(),
    };
    let used = cx.use_of(&node, &place, Side::Response);
    cx.mark_root(&used.ty, &node.at, Role::Payload);
    if used.nullable && used.ty != Type::Json {
        return Some(Type::Nullable(Box::new(used.ty)));
    }
    Some(used.ty)
}
