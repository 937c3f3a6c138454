//! Values of schemas: each is valid, as it is made along its schema.

use super::components::Components;
use super::schema::{Extra, Object, Schema};
use super::words;
use crate::draw::Draw;
use serde_json::{Map, Value, json};

/// A value of a schema. The deeper, the fewer members that need not be there.
pub fn value(components: &Components, schema: &Schema, draw: &mut Draw, depth: usize) -> Value {
    let deeper = depth.saturating_sub(1);
    match schema {
        Schema::Any => any(draw, depth),
        Schema::Bool => json!(draw.once_in(2)),
        Schema::Integer(format, bounds) => {
            let most = if *format == Some("int32") {
                i64::from(i32::MAX)
            } else {
                i64::MAX
            };
            let (first, last) = bounds.unwrap_or((-most - 1, most));
            json!(draw.between(first, last))
        }
        Schema::Number(format) => number(draw, *format),
        Schema::Text(format) => json!(text(draw, *format)),
        Schema::Pattern(_, text) => json!(text),
        Schema::Listed(values) => draw.pick(values).clone(),
        Schema::Open(values) => match draw.once_in(2) {
            true => draw.pick(values).clone(),
            false => json!(words::value(draw)),
        },
        Schema::List(item) => {
            let count = if depth == 0 { 0 } else { draw.below(4) };
            (0..count)
                .map(|_| value(components, item, draw, deeper))
                .collect()
        }
        Schema::Tuple(items) => {
            let items = items.iter();
            items
                .map(|item| value(components, item, draw, deeper))
                .collect()
        }
        Schema::Map(of) => {
            let count = if depth == 0 { 0 } else { draw.below(4) };
            let members =
                (0..count).map(|_| (words::value(draw), value(components, of, draw, deeper)));
            Value::Object(members.collect())
        }
        Schema::Object(object) => Value::Object(members(components, object, draw, depth)),
        Schema::All(parts) => {
            let mut all = Map::new();
            for part in parts {
                if let Value::Object(members) = value(components, part, draw, depth) {
                    all.extend(members);
                }
            }
            Value::Object(all)
        }
        Schema::Forms(shared, forms) => {
            let mut all = members(components, shared, draw, depth);
            all.extend(members(components, draw.pick(forms), draw, depth));
            Value::Object(all)
        }
        Schema::Tagged { branches, .. } => {
            let (_, branch) = draw.pick(branches);
            value(components, &components.made[*branch], draw, deeper)
        }
        Schema::Kinds(_, kinds) | Schema::Several(kinds) => {
            let kind = draw.pick(kinds);
            value(components, kind, draw, deeper)
        }
        Schema::Nullable(of) if may_be_null(components, of) && (depth == 0 || draw.once_in(3)) => {
            Value::Null
        }
        Schema::Nullable(of) => value(components, of, draw, deeper),
        Schema::Ref(index) => value(components, &components.made[*index], draw, deeper),
        Schema::Part(index, name) => {
            let of = match &components.made[*index] {
                Schema::Object(object) => object.members.iter().find(|member| member.name == *name),
                _ => None,
            };
            let member = of.unwrap_or_else(|| panic!("there is no member {name}"));
            value(components, &member.schema, draw, deeper)
        }
        // It is one of its heirs.
        Schema::Base(base) => {
            let (_, heir) = draw.pick(&base.heirs);
            value(components, &components.made[*heir], draw, deeper)
        }
        Schema::Heir { parent, value, own } => {
            Value::Object(heir(components, (*parent, value, own), draw, depth))
        }
    }
}

/// What an heir has of its own and of those that it extends.
fn heir(
    components: &Components,
    (parent, tag, own): (usize, &str, &Object),
    draw: &mut Draw,
    depth: usize,
) -> Map<String, Value> {
    let mut all = match &components.made[parent] {
        Schema::Base(base) => {
            let mut all = members(components, &base.object, draw, depth);
            all.insert(base.tag.clone(), json!(tag));
            all
        }
        Schema::Heir { parent, own, .. } => heir(components, (*parent, tag, own), draw, depth),
        other => panic!("{other:?} is no base"),
    };
    all.extend(members(components, own, draw, depth));
    all
}

/// Whether `null` is valid: in 3.0 `nullable` says so of a type that stands beside it, and of nothing else.
fn may_be_null(components: &Components, of: &Schema) -> bool {
    let has_type = !matches!(
        of,
        Schema::Ref(_)
            | Schema::Part(..)
            | Schema::All(_)
            | Schema::Tagged { .. }
            | Schema::Kinds(..)
            | Schema::Open(_)
            | Schema::Forms(..)
    );
    components.new || has_type
}

fn members(
    components: &Components,
    object: &Object,
    draw: &mut Draw,
    depth: usize,
) -> Map<String, Value> {
    let mut members = Map::new();
    for member in &object.members {
        let given = member.required || (depth > 0 && draw.once_in(2));
        if given {
            let value = value(components, &member.schema, draw, depth.saturating_sub(1));
            members.insert(member.name.clone(), value);
        }
    }
    if let Extra::Of(schema) | Extra::Named(schema) = &object.extra
        && depth > 0
    {
        for _ in 0..draw.below(3) {
            let name = match object.extra {
                Extra::Named(_) => format!("x-{}", words::value(draw)),
                _ => words::value(draw),
            };
            if object.members.iter().all(|member| member.name != name) {
                let value = value(components, schema, draw, depth.saturating_sub(1));
                members.insert(name, value);
            }
        }
    }
    members
}

/// A text, a number, a flag or `null`.
pub fn scalar_of(draw: &mut Draw) -> Value {
    match draw.below(5) {
        0 => json!(words::value(draw)),
        1 => json!(draw.between(-9, 9)),
        2 => json!(draw.once_in(2)),
        3 => number(draw, None),
        _ => Value::Null,
    }
}

fn any(draw: &mut Draw, depth: usize) -> Value {
    match draw.below(8) {
        0 if depth > 0 => (0..draw.below(3)).map(|_| any(draw, depth - 1)).collect(),
        1 if depth > 0 => {
            let members = (0..draw.below(3)).map(|_| (words::value(draw), any(draw, depth - 1)));
            Value::Object(members.collect())
        }
        _ => scalar_of(draw),
    }
}

fn number(draw: &mut Draw, format: Option<&str>) -> Value {
    if format == Some("float") {
        return json!(draw.between(-64, 64) as f64 / 4.0);
    }
    match draw.below(6) {
        0 => json!(draw.between(i64::MIN, i64::MAX)),
        1 => json!(draw.between(-100, 100)),
        2 => json!(draw.between(-1000, 1000) as f64 / 8.0),
        3 => json!(*draw.pick(&[
            0.1,
            1e300,
            -1e-300,
            5e-324,
            1.797_693_134_862_315_7e308,
            1e21,
            0.0
        ])),
        _ => json!(draw.between(i64::MIN, i64::MAX) as f64 / 1e7),
    }
}

fn text(draw: &mut Draw, format: Option<&str>) -> String {
    let samples: &[&str] = match format {
        Some("uuid") => &[
            "1b4e28ba-2fa1-11d2-883f-0016d3cca427",
            "00000000-0000-0000-0000-000000000000",
        ],
        Some("date-time") => &["2026-01-31T09:30:00Z", "2026-01-31T09:30:00.123456+01:00"],
        Some("date") => &["2026-01-31", "1969-12-31"],
        Some("time") => &["09:30:00Z", "23:59:59.5+01:00"],
        Some("byte") => &["aGVsbG8=", "", "AAAA"],
        Some("email") => &["a@example.com"],
        Some("uri") => &["https://example.com/a?b=c#d", "urn:a:b"],
        _ => return words::value(draw),
    };
    (*draw.pick(samples)).to_owned()
}
