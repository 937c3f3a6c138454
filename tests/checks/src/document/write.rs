//! Schemas as JSON, in the words of the document's version, with what else stands in schemas.

use super::components::Components;
use super::schema::{Base, Extra, Object, Schema};
use super::value::value;
use super::words;
use crate::draw::Draw;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use restwright::source::Pointer;
use serde_json::{Map, Value, json};

/// How deep the values in examples are.
pub const DEPTH: usize = 4;

/// A schema as JSON.
pub fn schema(components: &Components, of: &Schema, draw: &mut Draw) -> Value {
    let mut written = bare(components, of, draw);
    let is_reference = matches!(of, Schema::Ref(_) | Schema::Part(..));
    if let Value::Object(members) = &mut written
        && (!is_reference || components.new)
    {
        decorate(components, of, members, draw);
    }
    written
}

/// What says nothing about which values are valid.
fn decorate(
    components: &Components,
    of: &Schema,
    members: &mut Map<String, Value>,
    draw: &mut Draw,
) {
    if draw.once_in(4) {
        members.insert("description".to_owned(), json!(words::text(draw)));
    }
    if draw.once_in(8) {
        members.insert("title".to_owned(), json!(words::value(draw)));
    }
    if draw.once_in(12) {
        members.insert("deprecated".to_owned(), json!(true));
    }
    if draw.once_in(6) && !members.contains_key("$ref") {
        let value = value(components, of, draw, DEPTH);
        match components.new && draw.once_in(2) {
            true => members.insert("examples".to_owned(), json!([value])),
            false => members.insert("example".to_owned(), value),
        };
    }
}

fn bare(components: &Components, of: &Schema, draw: &mut Draw) -> Value {
    match of {
        Schema::Any => json!({}),
        Schema::Bool => json!({"type": "boolean"}),
        Schema::Integer(format, bounds) => {
            let mut written = typed("integer", *format);
            if let Some((first, last)) = bounds {
                written["minimum"] = json!(first);
                written["maximum"] = json!(last);
            }
            written
        }
        Schema::Number(format) => typed("number", *format),
        Schema::Text(format) => typed("string", *format),
        Schema::Pattern(pattern, _) => json!({"type": "string", "pattern": pattern}),
        Schema::Listed(values) => listed(components, values, draw),
        Schema::Open(values) => {
            json!({"anyOf": [{"type": "string", "enum": values}, {"type": "string"}]})
        }
        Schema::Forms(shared, forms) => {
            let mut written = object(components, shared, draw);
            let forms = forms.iter().map(|form| object(components, form, draw));
            written["oneOf"] = forms.collect();
            // Another choice among members would be a second one.
            written
                .as_object_mut()
                .map(|written| written.remove("anyOf"));
            written
        }
        Schema::List(item) => json!({"type": "array", "items": schema(components, item, draw)}),
        Schema::Tuple(items) => {
            let items: Vec<Value> = items
                .iter()
                .map(|item| schema(components, item, draw))
                .collect();
            let count = items.len();
            json!({"type": "array", "prefixItems": items, "items": false, "minItems": count})
        }
        Schema::Map(of) => {
            json!({"type": "object", "additionalProperties": schema(components, of, draw)})
        }
        Schema::Object(of) => object(components, of, draw),
        Schema::All(parts) => {
            let parts: Vec<Value> = parts
                .iter()
                .map(|part| schema(components, part, draw))
                .collect();
            json!({"allOf": parts})
        }
        Schema::Tagged {
            tag,
            branches,
            declared,
        } => tagged(components, tag, branches, *declared),
        Schema::Kinds(word, kinds) => {
            let kinds = kinds.iter().map(|kind| {
                let mut written = schema(components, kind, draw);
                if let Schema::Object(_) = kind {
                    // Without it a text would be one of these, too.
                    written["type"] = json!("object");
                }
                written
            });
            json!({*word: kinds.collect::<Vec<_>>()})
        }
        Schema::Several(kinds) => {
            let kinds = kinds
                .iter()
                .map(|kind| bare(components, kind, draw)["type"].clone());
            json!({"type": kinds.collect::<Vec<_>>()})
        }
        Schema::Nullable(of) => nullable(components, of, draw),
        Schema::Ref(index) => json!({"$ref": reference(components, *index)}),
        Schema::Part(index, name) => {
            let at = Pointer::root().key("properties").key(name);
            let at = utf8_percent_encode(at.as_str(), FRAGMENT);
            json!({"$ref": format!("{}{at}", reference(components, *index))})
        }
        Schema::Base(of) => base(components, of, draw),
        Schema::Heir { parent, own, .. } => {
            json!({"allOf": [{"$ref": reference(components, *parent)}, object(components, own, draw)]})
        }
    }
}

/// What does not stand in the fragment of an address as it is.
const FRAGMENT: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'/')
    .remove(b'~')
    .remove(b'-')
    .remove(b'_')
    .remove(b'.');

/// An object with its tag and the `discriminator`.
fn base(components: &Components, of: &Base, draw: &mut Draw) -> Value {
    let mut written = object(components, &of.object, draw);
    let tag = of.tag.as_str();
    // Alternatives would be what the `discriminator` is about.
    written
        .as_object_mut()
        .map(|written| written.remove("anyOf"));
    written["type"] = json!("object");
    written["properties"][tag] = json!({"type": "string"});
    match written.get_mut("required").and_then(Value::as_array_mut) {
        Some(required) => required.push(json!(tag)),
        None => written["required"] = json!([tag]),
    }
    written["discriminator"] = json!({"propertyName": tag});
    if of.mapped {
        let heirs = of.heirs.iter();
        let mapping =
            heirs.map(|(value, index)| (value.clone(), json!(reference(components, *index))));
        written["discriminator"]["mapping"] = Value::Object(mapping.collect());
    }
    written
}

fn typed(kind: &str, format: Option<&str>) -> Value {
    match format {
        Some(format) => json!({"type": kind, "format": format}),
        None => json!({"type": kind}),
    }
}

fn reference(components: &Components, index: usize) -> String {
    format!("#/components/schemas/{}", components.names[index])
}

fn listed(components: &Components, values: &[Value], draw: &mut Draw) -> Value {
    if let [value] = values
        && components.new
        && draw.once_in(2)
    {
        return json!({"const": value});
    }
    let all = |is: fn(&Value) -> bool| values.iter().all(is);
    let kind = match () {
        () if all(Value::is_string) => Some("string"),
        () if all(Value::is_i64) => Some(*draw.pick(&["integer", "number"])),
        () => None,
    };
    if components.new && kind.is_some() && draw.once_in(6) {
        let each = values
            .iter()
            .map(|value| json!({"const": value, "title": words::value(draw)}));
        return json!({"oneOf": each.collect::<Vec<_>>()});
    }
    let mut written = json!({"enum": values});
    if let Some(kind) = kind.filter(|_| !draw.once_in(4)) {
        written["type"] = json!(kind);
    }
    if draw.once_in(5) {
        let names: Vec<String> = values.iter().map(|_| words::value(draw)).collect();
        written["x-enum-varnames"] = json!(names);
    }
    written
}

fn object(components: &Components, of: &Object, draw: &mut Draw) -> Value {
    let mut properties = Map::new();
    let mut required = Vec::new();
    for member in &of.members {
        let mut written = schema(components, &member.schema, draw);
        let is_reference = written.get("$ref").is_some();
        if let Some(side) = member.side.filter(|_| !is_reference) {
            written[side] = json!(true);
        }
        if !member.required && !is_reference && draw.once_in(8) {
            written["default"] = value(components, &member.schema, draw, DEPTH);
        }
        if member.required {
            required.push(member.name.clone());
        }
        properties.insert(member.name.clone(), written);
    }
    let mut written = json!({"type": "object"});
    if !properties.is_empty() || draw.once_in(2) {
        written["properties"] = Value::Object(properties);
    }
    if !required.is_empty() {
        written["required"] = json!(required);
    }
    match &of.extra {
        Extra::Unsaid => {}
        Extra::None => written["additionalProperties"] = json!(false),
        Extra::Of(extra) if matches!(**extra, Schema::Any) => {
            written["additionalProperties"] = json!(true)
        }
        Extra::Of(extra) => written["additionalProperties"] = schema(components, extra, draw),
        Extra::Named(extra) => {
            written["patternProperties"] = json!({"^x-": schema(components, extra, draw)});
        }
    }
    let has_members = written.get("properties").is_some();
    if has_members && draw.once_in(8) {
        written
            .as_object_mut()
            .map(|written| written.remove("type"));
    }
    // Says nothing, since the first has to be there.
    if let [first, .., last] = of.members.as_slice()
        && first.required
        && draw.once_in(8)
    {
        written["anyOf"] = json!([{"required": [first.name]}, {"required": [last.name]}]);
    }
    written
}

fn tagged(
    components: &Components,
    tag: &str,
    branches: &[(String, usize)],
    declared: bool,
) -> Value {
    let each = branches
        .iter()
        .map(|(_, index)| json!({"$ref": reference(components, *index)}));
    let mut written = json!({"oneOf": each.collect::<Vec<_>>()});
    if declared {
        let mapping = branches
            .iter()
            .map(|(value, index)| (value.clone(), json!(reference(components, *index))));
        let mapping: Map<String, Value> = mapping.collect();
        written["discriminator"] = json!({"propertyName": tag});
        // The names of components need none.
        if branches
            .iter()
            .any(|(value, index)| *value != components.names[*index])
        {
            written["discriminator"]["mapping"] = Value::Object(mapping);
        }
    }
    written
}

/// In 3.0 a word beside the type, since 3.1 a type or another schema.
fn nullable(components: &Components, of: &Schema, draw: &mut Draw) -> Value {
    let mut written = bare(components, of, draw);
    if let Some(values) = written.get_mut("enum").and_then(Value::as_array_mut)
        && !values.contains(&Value::Null)
    {
        values.push(Value::Null);
        if let Some(names) = written
            .get_mut("x-enum-varnames")
            .and_then(Value::as_array_mut)
        {
            names.push(json!("nothing"));
        }
    }
    if !components.new {
        if written.get("$ref").is_some() {
            written = json!({"allOf": [written]});
        }
        written["nullable"] = json!(true);
        return written;
    }
    // A type beside alternatives would have to be one of these, too.
    let kind = written
        .get("type")
        .filter(|_| written.get("oneOf").is_none());
    match kind.cloned() {
        Some(Value::Array(mut kinds)) => {
            kinds.push(json!("null"));
            written["type"] = json!(kinds);
        }
        Some(kind) => written["type"] = json!([kind, "null"]),
        None if written.get("enum").is_some() => {}
        None => written = json!({"anyOf": [written, {"type": "null"}]}),
    }
    written
}
