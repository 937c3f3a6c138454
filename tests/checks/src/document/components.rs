//! [`Components`]: schemas drawn so that values of them can be made, too.

use super::schema::{Base, Extra, Member, Object, Schema};
use super::value::scalar_of;
use super::words;
use crate::draw::Draw;
use serde_json::{Value, json};
use std::collections::BTreeSet;

/// The components while they are made, each with a name.
#[derive(Debug, Default)]
pub struct Components {
    /// Their names, all of them from the start.
    pub names: Vec<String>,
    /// Those that have been made.
    pub made: Vec<Schema>,
    /// Whether `null` is a type, and there are tuples: since 3.1.
    pub new: bool,
}

const TEXT_FORMATS: &[Option<&str>] = &[
    None,
    None,
    None,
    Some("uuid"),
    Some("date-time"),
    Some("date"),
    Some("time"),
    Some("byte"),
    Some("password"),
    Some("email"),
    Some("uri"),
    Some("x-odd"),
];

const PATTERNS: &[(&str, &str)] = &[
    ("^[a-z]+$", "abc"),
    ("^\\d{3}-\\d{2}$", "123-45"),
    ("\\p{L}", "ß"),
    ("^(a|b)*$", "abab"),
];

impl Components {
    /// Components, up to as many.
    pub fn draw(draw: &mut Draw, most: usize, new: bool) -> Self {
        let mut taken = BTreeSet::new();
        let mut components = Components {
            new,
            ..Components::default()
        };
        let count = 1 + draw.below(most);
        for _ in 0..count {
            // Names of components have few characters.
            let name = words::name(draw, &mut taken);
            let plain: String = name
                .chars()
                .map(|c| {
                    if c.is_ascii_alphanumeric() || ".-_".contains(c) {
                        c
                    } else {
                        '_'
                    }
                })
                .collect();
            components
                .names
                .push(if taken.insert(plain.clone()) || plain == name {
                    plain
                } else {
                    format!("C{}", components.names.len())
                });
        }
        while components.made.len() < components.names.len() {
            let left = components.names.len() - components.made.len();
            if left >= 3 && draw.once_in(4) {
                components.tagged(draw);
            } else if left >= 3 && draw.once_in(5) {
                components.base(draw);
            } else {
                let schema = match draw.below(3) {
                    0 => components.schema(draw, 3, true),
                    _ => Schema::Object(components.object(draw, 3)),
                };
                components.made.push(schema);
            }
        }
        components
    }

    /// Two components with a tag, and one that is either.
    fn tagged(&mut self, draw: &mut Draw) {
        let tag = words::name(draw, &mut BTreeSet::new());
        let mut values = BTreeSet::new();
        let mut branches = Vec::new();
        let by_name = draw.once_in(3);
        for _ in 0..2 {
            let value = match by_name {
                true => self.names[self.made.len()].clone(),
                false => words::name(draw, &mut values),
            };
            let mut object = self.object(draw, 2);
            object.members.retain(|member| member.name != tag);
            let one = Schema::Listed(vec![json!(value)]);
            object.members.push(Member {
                name: tag.clone(),
                schema: one,
                required: true,
                side: None,
            });
            branches.push((value, self.made.len()));
            self.made.push(Schema::Object(object));
        }
        let declared = draw.once_in(2);
        self.made.push(Schema::Tagged {
            tag,
            branches,
            declared,
        });
    }

    /// A component with a discriminator, and two that extend it, or one that and one the other.
    fn base(&mut self, draw: &mut Draw) {
        let tag = words::name(draw, &mut BTreeSet::new());
        let mut taken = BTreeSet::from([tag.clone()]);
        let [object, first, second] = [(); 3].map(|()| Object {
            // What is added has other names, also if one heir extends the other.
            members: self.members(draw, 2, &mut taken),
            extra: Extra::Unsaid,
        });
        let index = self.made.len();
        let mapped = draw.once_in(2);
        let mut values = BTreeSet::new();
        let heirs = [index + 1, index + 2].map(|heir| match mapped {
            true => (words::name(draw, &mut values), heir),
            false => (self.names[heir].clone(), heir),
        });
        let values = heirs.clone().map(|(value, _)| value);
        self.made.push(Schema::Base(Base {
            tag,
            object,
            heirs: heirs.to_vec(),
            mapped,
        }));
        let parents = [index, index + draw.below(2)];
        for ((own, value), parent) in [first, second].into_iter().zip(values).zip(parents) {
            self.made.push(Schema::Heir { parent, value, own });
        }
    }

    /// A schema; `always` says that it needs a value wherever it stands, so that it leads to
    /// components only that are made already.
    pub fn schema(&self, draw: &mut Draw, depth: usize, always: bool) -> Schema {
        if depth == 0 {
            return self.scalar(draw);
        }
        match draw.below(13) {
            12 => self.forms(draw, depth - 1),
            0..4 => self.scalar(draw),
            4 => self.reference(draw, always),
            5 => Schema::List(Box::new(self.schema(draw, depth - 1, false))),
            6 => Schema::Map(Box::new(self.schema(draw, depth - 1, false))),
            7 => Schema::Object(self.object(draw, depth - 1)),
            8 => self.all(draw, depth - 1),
            9 => self.kinds(draw, depth - 1),
            // A reference in 3.0 is not made `null` by a word beside it, so it needs a value as well.
            10 => match self.schema(draw, depth - 1, always && !self.new) {
                Schema::Nullable(of) => Schema::Nullable(of),
                Schema::Any => Schema::Any,
                of => Schema::Nullable(Box::new(of)),
            },
            _ if self.new => {
                let count = 1 + draw.below(3);
                Schema::Tuple(
                    (0..count)
                        .map(|_| self.schema(draw, depth - 1, always))
                        .collect(),
                )
            }
            _ => self.scalar(draw),
        }
    }

    fn reference(&self, draw: &mut Draw, always: bool) -> Schema {
        let known = if always {
            self.made.len()
        } else {
            self.names.len()
        };
        if known == 0 {
            return Schema::Bool;
        }
        let index = draw.below(known);
        match self.made.get(index) {
            Some(Schema::Object(object)) if draw.once_in(4) => {
                let has_value = |member: &&Member| !always || member.required;
                let members = object.members.iter().filter(has_value);
                // What is of one side is so by a word beside the type, which would come along.
                let members: Vec<&Member> =
                    members.filter(|member| member.side.is_none()).collect();
                match members.is_empty() {
                    true => Schema::Ref(index),
                    false => Schema::Part(index, draw.pick(&members).name.clone()),
                }
            }
            _ => Schema::Ref(index),
        }
    }

    fn scalar(&self, draw: &mut Draw) -> Schema {
        match draw.below(11) {
            10 => Schema::Open(vec![json!("known"), json!(words::value(draw))]),
            9 if self.new => {
                let kinds = [
                    Schema::Text(None),
                    Schema::Integer(None, None),
                    Schema::Bool,
                ];
                let first = draw.below(2);
                Schema::Several(kinds[first..=first + 1].to_vec())
            }
            0 => Schema::Any,
            1 => Schema::Bool,
            2 => {
                let format = *draw.pick(&[None, Some("int32"), Some("int64")]);
                let first = draw.between(-1000, 1000);
                Schema::Integer(
                    format,
                    draw.once_in(3)
                        .then(|| (first, first + draw.between(0, 1000))),
                )
            }
            3 => {
                Schema::Number(*draw.pick(&[None, Some("double"), Some("float"), Some("decimal")]))
            }
            4 | 5 => Schema::Text(*draw.pick(TEXT_FORMATS)),
            6 => {
                let (pattern, text) = *draw.pick(PATTERNS);
                Schema::Pattern(pattern, text)
            }
            _ => listed(draw),
        }
    }

    /// An object; members that need not be there may lead anywhere.
    pub fn object(&self, draw: &mut Draw, depth: usize) -> Object {
        let mut taken = BTreeSet::new();
        let members = self.members(draw, depth, &mut taken);
        let extra = match draw.below(6) {
            0 => Extra::None,
            1 => Extra::Of(Box::new(Schema::Any)),
            2 => Extra::Of(Box::new(self.scalar(draw))),
            3 if self.new && draw.once_in(2) => Extra::Named(Box::new(self.scalar(draw))),
            _ => Extra::Unsaid,
        };
        Object { members, extra }
    }

    fn members(&self, draw: &mut Draw, depth: usize, taken: &mut BTreeSet<String>) -> Vec<Member> {
        let count = draw.below(6);
        let members = (0..count).map(|_| {
            let required = draw.once_in(2);
            let sides = [
                None,
                None,
                None,
                None,
                None,
                None,
                Some("readOnly"),
                Some("writeOnly"),
            ];
            Member {
                name: words::name(draw, taken),
                schema: self.schema(draw, depth.saturating_sub(1), required),
                required,
                side: *draw.pick(&sides),
            }
        });
        members.collect()
    }

    /// Parts of one object: a component that says nothing of other members, and one or two more.
    fn all(&self, draw: &mut Draw, depth: usize) -> Schema {
        let mut taken = BTreeSet::new();
        let mut parts = Vec::new();
        let mut narrowed = None;
        let open: Vec<usize> = (0..self.made.len())
            .filter(|index| {
                matches!(
                    &self.made[*index],
                    Schema::Object(Object {
                        extra: Extra::Unsaid,
                        ..
                    })
                )
            })
            .collect();
        if !open.is_empty() && draw.once_in(2) {
            let index = *draw.pick(&open);
            if let Schema::Object(object) = &self.made[index] {
                taken.extend(object.members.iter().map(|member| member.name.clone()));
                narrowed = narrower(object).filter(|_| draw.once_in(2));
            }
            parts.push(Schema::Ref(index));
        }
        for _ in 0..=draw.below(2) {
            let mut members = self.members(draw, depth, &mut taken);
            members.extend(narrowed.take());
            parts.push(Schema::Object(Object {
                members,
                extra: Extra::Unsaid,
            }));
        }
        Schema::All(parts)
    }

    /// Members, and beside them one of some objects that each need a member of their own.
    fn forms(&self, draw: &mut Draw, depth: usize) -> Schema {
        let mut taken = BTreeSet::new();
        let open = |members| Object {
            members,
            extra: Extra::Unsaid,
        };
        let shared = open(self.members(draw, depth, &mut taken));
        let forms = (0..=draw.below(3)).map(|index| {
            let mut members = self.members(draw, depth, &mut taken);
            members.truncate(2);
            members.push(Member {
                name: format!("only_{index}"),
                schema: self.scalar(draw),
                required: true,
                side: None,
            });
            open(members)
        });
        let forms = forms.collect();
        Schema::Forms(shared, forms)
    }

    /// Values of different kinds; of objects one at most, or several that each need a member of
    /// their own.
    fn kinds(&self, draw: &mut Draw, depth: usize) -> Schema {
        let word = *draw.pick(&["oneOf", "anyOf"]);
        let mut kinds: Vec<Schema> = Vec::new();
        if draw.once_in(2) {
            kinds.push(Schema::Text(*draw.pick(&[
                None,
                None,
                Some("date"),
                Some("uuid"),
            ])));
        }
        if draw.once_in(2) {
            kinds.push(match draw.once_in(2) {
                true => Schema::Integer(None, None),
                false => Schema::Number(None),
            });
        }
        if draw.once_in(3) {
            kinds.push(Schema::Bool);
        }
        if draw.once_in(2) {
            kinds.push(Schema::List(Box::new(self.schema(
                draw,
                depth.saturating_sub(1),
                false,
            ))));
        }
        let mut own = BTreeSet::new();
        for _ in 0..draw.below(3) {
            let mut object = self.object(draw, depth);
            object.members.truncate(3);
            let name = words::plain_name(draw, &mut own);
            let name = format!("only_{name}");
            object
                .members
                .retain(|member| !member.name.starts_with("only_"));
            if let Extra::Of(_) = object.extra {
                object.extra = Extra::Unsaid;
            }
            let schema = self.scalar(draw);
            // Of `anyOf` a value may be several.
            if word == "oneOf" || !draw.once_in(3) {
                object.members.push(Member {
                    name,
                    schema,
                    required: true,
                    side: None,
                });
            }
            kinds.push(Schema::Object(object));
        }
        if kinds.is_empty() {
            kinds.push(Schema::Bool);
        }
        Schema::Kinds(word, kinds)
    }
}

/// A member that is one of any text in an object, and one of two texts in what extends it.
fn narrower(object: &Object) -> Option<Member> {
    let is_text = |member: &&Member| matches!(member.schema, Schema::Text(None));
    let mut members = object.members.iter().filter(is_text);
    let member = members.find(|member| member.side.is_none())?;
    Some(Member {
        schema: Schema::Listed(vec![json!("wide"), json!("narrow")]),
        required: true,
        ..member.clone()
    })
}

/// Listed values: of text, of numbers, or mixed.
fn listed(draw: &mut Draw) -> Schema {
    let kind = draw.below(4);
    let mut values: Vec<Value> = Vec::new();
    for _ in 0..=draw.below(5) {
        let value = match kind {
            0 | 1 => json!(words::value(draw)),
            2 => json!(draw.between(-5, 500)),
            _ => scalar_of(draw),
        };
        if !values.contains(&value) {
            values.push(value);
        }
    }
    Schema::Listed(values)
}
