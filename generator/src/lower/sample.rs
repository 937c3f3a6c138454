//! Samples: a value of a schema, as JSON, for the examples in the documentation and the answers of mocks.
//!
//! What the document gives as an example, a default or the first of a list is taken where it is a value of the
//! schema; otherwise a value is made up by type, format and bounds. May not report anything: what
//! has no sample gets no example.

mod alternatives;
mod bounds;
mod object;
mod pattern;
mod text;

use super::compose;
use super::draft::Side;
use super::enums;
use super::media::{self, Declared};
use super::parameter::node;
use super::scalar;
use super::schema::Cx;
use super::view::{Kind, Node};
use crate::read::Site;
use crate::source::Pointer;
use openapiv3::{ParameterData, ParameterSchemaOrContent, RequestBody, Response};
use serde_json::{Map, Value};

/// How much a sample has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Extent {
    /// What has to be there.
    Least,
    /// Everything.
    Full,
}

/// Values within values; what is required beyond that has no sample.
const MAX_DEPTH: usize = 24;

/// How deep members are added that may be left out.
const FULL_DEPTH: usize = 5;

/// The most values of a sample of what is sent; beyond them only what is required is added.
const MOST_VALUES: usize = 400;

/// The same for a sample of an answer, of which there is one for each operation.
const MOST_ANSWERED: usize = 60;

/// The most elements or members that a value may have to have; with more it is nothing to show.
const MOST_PARTS: usize = 1_000;

/// The most schemas that hold together: alternatives within alternatives add up.
const MOST_TOGETHER: usize = 500;

/// The most schemas that are looked at for a sample, if nothing of it comes to an end.
const MOST_STEPS: usize = 20_000;

/// What is known of the value to make.
#[derive(Clone, Default)]
struct Wish<'d> {
    /// What a made-up text says: the name of the member or the parameter.
    name: String,
    /// What the document gives for this place, or for something around it; the best first.
    hints: Vec<&'d Value>,
    /// Members that have to have these values: a discriminator.
    forced: Vec<(String, Value)>,
    /// Members that may not be added.
    unwanted: Vec<String>,
    /// How deep it stands.
    depth: usize,
}

impl<'d> Wish<'d> {
    fn within(&self, name: &str, hints: Vec<&'d Value>) -> Self {
        Self {
            name: name.to_owned(),
            hints,
            forced: Vec::new(),
            unwanted: Vec::new(),
            depth: self.depth + 1,
        }
    }
}

/// A sample of a parameter.
pub fn parameter<'d>(
    cx: &mut Cx<'d, '_>,
    data: &ParameterData,
    schema: Option<&Node<'d>>,
    at: &Pointer,
) -> Option<Value> {
    let beside = match &data.format {
        ParameterSchemaOrContent::Schema(_) => at.clone(),
        ParameterSchemaOrContent::Content(content) => {
            let (media, _) = content.first()?;
            at.key("content").key(media)
        }
    };
    match schema {
        Some(schema) => of(cx, schema, &data.name, &beside),
        None => Some(Value::String(text::of_name(&data.name))),
    }
}

/// A sample of a body in a media type; none of bytes.
pub fn body(cx: &mut Cx, site: &Site<RequestBody>, declared: &Declared) -> Option<Value> {
    let beside = site.at.key("content").key(declared.key);
    let schema = declared
        .media
        .schema
        .as_ref()
        .and_then(|schema| node(cx, schema));
    match (declared.kind, schema) {
        (media::Kind::Json | media::Kind::Form | media::Kind::Multipart, Some(schema)) => {
            of(cx, &schema, "value", &beside)
        }
        (media::Kind::Json | media::Kind::Form | media::Kind::Multipart, None) => {
            let hint = given(cx, &beside).into_iter().next();
            Some(hint.cloned().unwrap_or_else(|| Value::Object(Map::new())))
        }
        (media::Kind::Text, _) => {
            let hint = given(cx, &beside).into_iter().find(|hint| hint.is_string());
            Some(hint.cloned().unwrap_or_else(|| "text".into()))
        }
        (media::Kind::Lines | media::Kind::Bytes | media::Kind::Events, _) => None,
    }
}

/// A sample of an answer that is JSON.
pub fn answer(cx: &mut Cx, response: &Site<Response>, declared: &Declared) -> Option<Value> {
    let beside = response.at.key("content").key(declared.key);
    let schema = declared.media.schema.as_ref();
    let Some(schema) = schema.and_then(|schema| node(cx, schema)) else {
        return given(cx, &beside).into_iter().next().cloned();
    };
    let limits = (Side::Response, Extent::Full, MOST_ANSWERED);
    made(cx, &schema, "value", &beside, limits)
}

/// The text that the document gives as an answer.
pub fn answered_text(cx: &Cx, response: &Site<Response>, declared: &Declared) -> Option<String> {
    let beside = response.at.key("content").key(declared.key);
    let hints = given(cx, &beside).into_iter();
    hints.filter_map(Value::as_str).next().map(str::to_owned)
}

/// A sample of what callers send by a schema. `beside` is where the document may have an `example` or
/// `examples` beside the schema.
fn of<'d>(cx: &mut Cx<'d, '_>, node: &Node<'d>, name: &str, beside: &Pointer) -> Option<Value> {
    let limits = (Side::Request, cx.extent, MOST_VALUES);
    made(cx, node, name, beside, limits)
}

fn made<'d>(
    cx: &mut Cx<'d, '_>,
    node: &Node<'d>,
    name: &str,
    beside: &Pointer,
    (side, extent, most): (Side, Extent, usize),
) -> Option<Value> {
    let hints = given(cx, beside);
    let mut sampler = Sampler {
        cx,
        side,
        extent,
        most,
        values: 0,
        steps: 0,
        open: Vec::new(),
    };
    let wish = Wish {
        name: name.to_owned(),
        hints,
        ..Wish::default()
    };
    sampler.value(node, wish)
}

/// The examples beside a schema: `example`, and `examples` with their values.
fn given<'d>(cx: &Cx<'d, '_>, at: &Pointer) -> Vec<&'d Value> {
    let document = cx.document;
    let examples = document.get(&at.key("examples")).and_then(Value::as_object);
    let examples = examples.into_iter().flatten().filter_map(|(_, example)| {
        let reference = example.get("$ref").and_then(Value::as_str);
        let target = reference.and_then(|to| document.get(&document.resolve(to)?));
        target.unwrap_or(example).get("value")
    });
    document
        .get(&at.key("example"))
        .into_iter()
        .chain(examples)
        .collect()
}

struct Sampler<'c, 'd, 'r> {
    cx: &'c mut Cx<'d, 'r>,
    /// Who sends the value.
    side: Side,
    extent: Extent,
    /// How many values there may be before only what is required is added.
    most: usize,
    /// How many values there are.
    values: usize,
    /// How many schemas were looked at.
    steps: usize,
    /// The schemas that a value is being made of, one within the other.
    open: Vec<Pointer>,
}

impl<'d> Sampler<'_, 'd, '_> {
    /// A value of a schema.
    fn value(&mut self, node: &Node<'d>, mut wish: Wish<'d>) -> Option<Value> {
        let heir = self.heir(node);
        let node = match &heir {
            Some((heir, tag)) => {
                wish.forced.extend(tag.clone());
                heir
            }
            None => node,
        };
        let mut nodes = Vec::new();
        compose::gather(self.cx, node, &mut nodes);
        self.open.push(self.target(node));
        let value = self.of_all(nodes, wish);
        self.open.pop();
        value
    }

    /// Where a schema is, behind a reference.
    fn target(&self, node: &Node) -> Pointer {
        let target = node
            .text("$ref")
            .and_then(|to| self.cx.document.resolve(to));
        target.unwrap_or_else(|| node.at.clone())
    }

    /// A value of schemas that hold together.
    fn of_all(&mut self, nodes: Vec<Node<'d>>, mut wish: Wish<'d>) -> Option<Value> {
        self.steps += 1;
        if wish.depth > MAX_DEPTH || self.steps > MOST_STEPS || nodes.len() > MOST_TOGETHER {
            return None;
        }
        for node in &nodes {
            let examples = node.get("examples").and_then(Value::as_array);
            let own = node.get("example").into_iter();
            let own = own
                .chain(examples.into_iter().flatten())
                .chain(node.get("default"));
            wish.hints.extend(own);
        }
        if nodes.iter().any(Node::only_null) {
            return Some(Value::Null);
        }
        if let Some(values) = enums::values(&nodes) {
            let values = enums::as_declared(&nodes, &values);
            let hinted = values.iter().find(|value| wish.hints.contains(value));
            return hinted.or(values.first()).cloned();
        }
        if let Some(chosen) = self.alternative(&nodes, &wish) {
            return chosen;
        }
        self.values += 1;
        let (kinds, _) = compose::common_kinds(&nodes);
        let hinted = kinds
            .iter()
            .find(|kind| wish.hints.first().is_some_and(|hint| is(**kind, hint)));
        match hinted.or(kinds.first()) {
            None => Some(match wish.hints.first() {
                Some(hint) => (*hint).clone(),
                None => Value::String(text::of_name(&wish.name)),
            }),
            Some(Kind::Boolean) => {
                let hint = wish.hints.iter().find(|hint| hint.is_boolean());
                Some(hint.map_or(Value::Bool(true), |hint| (*hint).clone()))
            }
            Some(Kind::Integer) => bounds::number(&nodes, &wish.hints, true),
            Some(Kind::Number) => bounds::number(&nodes, &wish.hints, false),
            Some(Kind::String) if nodes.iter().any(scalar::is_file) => {
                Some(Value::String("content".to_owned()))
            }
            Some(Kind::String) => {
                text::of(&nodes, &wish.hints, &wish.name, &self.cx.patterns).map(Value::String)
            }
            Some(Kind::Array) => self.list(&nodes, &wish),
            Some(Kind::Object) => self.object(&nodes, &wish),
        }
    }

    /// Whether what may be left out is added at this depth.
    fn adds(&self, wish: &Wish) -> bool {
        self.extent == Extent::Full && wish.depth < FULL_DEPTH && self.values < self.most
    }

    fn list(&mut self, nodes: &[Node<'d>], wish: &Wish<'d>) -> Option<Value> {
        let least = bounds::count(nodes, "minItems", usize::max).unwrap_or(0);
        if least > MOST_PARTS {
            return None;
        }
        let most = bounds::count(nodes, "maxItems", usize::min).unwrap_or(usize::MAX);
        let places: Vec<Node> = nodes
            .iter()
            .flat_map(|node| node.children("prefixItems"))
            .collect();
        let wanted = least
            .max(places.len())
            .max(usize::from(self.adds(wish) || wish.depth == 0));
        let items: Vec<Node> = nodes
            .iter()
            .filter_map(|node| node.child("items"))
            .collect();
        let unique = nodes.iter().any(|node| node.flag("uniqueItems"));
        let mut list: Vec<Value> = Vec::new();
        for index in 0..wanted.min(most) {
            let schemas = places
                .get(index)
                .map_or(items.as_slice(), std::slice::from_ref);
            let hints = wish.hints.iter();
            let hints = hints.filter_map(|hint| hint.get(index).or_else(|| hint.get(0)));
            let name = text::singular(&wish.name);
            let inner = wish.within(&name, hints.collect());
            let value = self.of_several(schemas, inner);
            match value.map(|value| varied(value, unique, &list)) {
                Some(value) => list.push(value),
                None if index >= least => break,
                None => return None,
            }
        }
        Some(Value::Array(list))
    }

    /// A value of schemas of which each may be a reference; of anything, where there are none.
    fn of_several(&mut self, schemas: &[Node<'d>], wish: Wish<'d>) -> Option<Value> {
        match schemas {
            [only] => self.value(only, wish),
            several => {
                let nodes = compose::gather_all(self.cx, &several.iter().collect::<Vec<_>>());
                self.of_all(nodes, wish)
            }
        }
    }
}

/// A value unlike those before it, where they have to differ.
fn varied(value: Value, unique: bool, before: &[Value]) -> Value {
    if !unique || !before.contains(&value) {
        return value;
    }
    match &value {
        Value::String(text) => Value::String(format!("{text}{}", before.len() + 1)),
        Value::Number(number) => match number.as_i64() {
            Some(whole) => Value::from(whole.saturating_add_unsigned(before.len() as u64)),
            None => value,
        },
        _ => value,
    }
}

/// Whether a value is of a kind.
fn is(kind: Kind, value: &Value) -> bool {
    match kind {
        Kind::Boolean => value.is_boolean(),
        Kind::Integer => value.is_i64() || value.is_u64(),
        Kind::Number => value.is_number(),
        Kind::String => value.is_string(),
        Kind::Array => value.is_array(),
        Kind::Object => value.is_object(),
    }
}
