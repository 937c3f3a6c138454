//! A JSON value as Rust, by its type.
//!
//! In a place that takes what fills it (`impl Fill<T>`) it is short: `"text"`, `10`, `[..]`, a builder. Elsewhere
//! it is of the very type.

use super::{Expr, Paths};
use crate::emit::ident;
use crate::ir::{
    Api, Branch, Extra, Integer, Member, Name, Presence, Shape, Type, TypeId, Variant,
};
use crate::numbers::same;
use serde_json::{Map, Value};

/// Writes values.
pub struct Values<'a> {
    pub api: &'a Api<Name>,
    paths: &'a Paths,
    /// Whether a model was named.
    pub models: bool,
    /// How many members had no place.
    lost: usize,
    /// How many types lead to this one.
    depth: usize,
}

/// More types within types than any sample has.
const MAX_DEPTH: usize = 64;

impl<'a> Values<'a> {
    pub fn new(api: &'a Api<Name>, paths: &'a Paths) -> Self {
        Self {
            api,
            paths,
            models: false,
            lost: 0,
            depth: 0,
        }
    }

    /// What fills a place of this type.
    pub fn fill(&mut self, ty: &Type, value: &Value) -> Option<Expr> {
        let plain = |text: String| Some(Expr::Plain(text));
        match ty {
            Type::Text | Type::Format(_) | Type::File => plain(format!("{:?}", value.as_str()?)),
            Type::Integer(kind) => {
                let number = whole(*kind, value)?;
                let short = i32::try_from(number).is_ok() && *kind != Integer::U64;
                let end = if short { "" } else { suffix(*kind) };
                plain(format!("{number}{end}"))
            }
            Type::List(element) => self.array(element, value),
            Type::Boxed(of) => self.fill(of, value),
            Type::Named(id) => match &self.api.types[id.0].shape {
                Shape::Alias(of) => self.deeper(|values| values.fill(of, value)),
                Shape::Record { fields, extra } => {
                    self.builder(*id, fields, extra.as_ref(), value.as_object()?)
                }
                Shape::Enum { .. } | Shape::Union { .. } | Shape::Replies(_) | Shape::Bodies(_) => {
                    self.exact(ty, value)
                }
            },
            Type::Bool
            | Type::Number
            | Type::Decimal
            | Type::Json
            | Type::Map(_)
            | Type::Tuple(_)
            | Type::Nullable(_) => self.exact(ty, value),
        }
    }

    /// An array of what fills places of this type; of lists the elements are exact, since arrays of
    /// different lengths are different types.
    pub fn array(&mut self, element: &Type, value: &Value) -> Option<Expr> {
        let values = value.as_array()?;
        if values.is_empty() {
            return Some(Expr::Plain("Vec::new()".to_owned()));
        }
        let list = matches!(self.unaliased(element), Type::List(_));
        let items = values.iter().map(|value| match list {
            true => self.exact(element, value),
            false => self.fill(element, value),
        });
        let items = items.collect::<Option<_>>()?;
        Some(Expr::Group("[".to_owned(), items, "]"))
    }

    /// A value of this type.
    pub fn exact(&mut self, ty: &Type, value: &Value) -> Option<Expr> {
        self.deeper(|values| values.exact_within(ty, value))
    }

    fn deeper(&mut self, write: impl FnOnce(&mut Self) -> Option<Expr>) -> Option<Expr> {
        if self.depth > MAX_DEPTH {
            return None;
        }
        self.depth += 1;
        let written = write(self);
        self.depth -= 1;
        written
    }

    fn exact_within(&mut self, ty: &Type, value: &Value) -> Option<Expr> {
        let root = &self.paths.root;
        let plain = |text: String| Some(Expr::Plain(text));
        let call = |open: String, inner: Expr| Some(Expr::Group(open, vec![inner], ")"));
        match ty {
            Type::Bool => plain(value.as_bool()?.to_string()),
            Type::Integer(kind) => plain(format!("{}{}", whole(*kind, value)?, suffix(*kind))),
            Type::Number => plain(format!("{:?}", value.as_f64()?)),
            Type::Decimal => plain(match value.as_i64() {
                Some(whole) => format!("{root}::Decimal::from({whole}_i64)"),
                None => format!("{root}::Decimal::try_from({:?}).unwrap()", value.as_f64()?),
            }),
            Type::Text => plain(format!("{:?}.to_owned()", value.as_str()?)),
            Type::Format(_) => {
                let name = crate::emit::ty(self.api, ty).to_string().replace([' '], "");
                let name = name.replacen("crate", root, 1);
                plain(format!("{name}::from({:?})", value.as_str()?))
            }
            Type::File => plain(format!("{root}::File::new({:?})", value.as_str()?)),
            Type::Json => Some(self.json(value)),
            Type::Map(of) => self.map(of, value.as_object()?),
            Type::List(of) => {
                let items = value.as_array()?.iter().map(|value| self.exact(of, value));
                Some(Expr::Group(
                    "vec![".to_owned(),
                    items.collect::<Option<_>>()?,
                    "]",
                ))
            }
            Type::Tuple(types) => {
                let values = value
                    .as_array()
                    .filter(|values| values.len() == types.len())?;
                let pairs = types.iter().zip(values);
                let items = pairs.map(|(ty, value)| self.exact(ty, value));
                Some(Expr::Group(
                    "(".to_owned(),
                    items.collect::<Option<_>>()?,
                    ",)",
                ))
            }
            Type::Nullable(_) if value.is_null() => plain("None".to_owned()),
            Type::Nullable(of) => call("Some(".to_owned(), self.exact(of, value)?),
            Type::Boxed(of) => call("Box::new(".to_owned(), self.exact(of, value)?),
            Type::Named(id) => self.declared(*id, value),
        }
    }

    fn declared(&mut self, id: TypeId, value: &Value) -> Option<Expr> {
        let api = self.api;
        match &api.types[id.0].shape {
            Shape::Alias(of) => self.exact(of, value),
            Shape::Record { fields, extra } => {
                let built = self.builder(id, fields, extra.as_ref(), value.as_object()?)?;
                let Expr::Chain(head, mut calls) = built else {
                    return None;
                };
                calls.push(("build".to_owned(), Vec::new()));
                Some(Expr::Then(Box::new(Expr::Chain(head, calls)), "?"))
            }
            Shape::Enum { variants, .. } => {
                let same = |variant: &&Variant<Name>| same(&variant.value, value);
                let variant = variants.iter().find(same)?;
                Some(Expr::Plain(format!(
                    "{}::{}",
                    self.named(id),
                    ident(&variant.name)
                )))
            }
            Shape::Union { tag, branches, .. } => self.union(id, tag.as_deref(), branches, value),
            Shape::Replies(_) | Shape::Bodies(_) => None,
        }
    }

    /// The form that the value has by its discriminator, else the first that loses the least.
    fn union(
        &mut self,
        id: TypeId,
        tag: Option<&str>,
        branches: &[Branch<Name>],
        value: &Value,
    ) -> Option<Expr> {
        let tagged = |branch: &&Branch<Name>| {
            let found = tag.and_then(|tag| value.get(tag));
            branch.tags.is_empty()
                || found.is_none_or(|found| branch.tags.iter().any(|tag| same(tag, found)))
        };
        let before = self.lost;
        let mut best: Option<(usize, Expr)> = None;
        for branch in branches.iter().filter(tagged) {
            self.lost = 0;
            let Some(held) = self.exact(&branch.ty, value) else {
                continue;
            };
            if best.as_ref().is_none_or(|(lost, _)| self.lost < *lost) {
                let open = format!("{}::{}(", self.named(id), ident(&branch.name));
                best = Some((self.lost, Expr::Group(open, vec![held], ")")));
            }
        }
        let (lost, form) = best?;
        self.lost = before + lost;
        Some(form)
    }

    /// A builder with all members that the value has.
    fn builder(
        &mut self,
        id: TypeId,
        fields: &[Member<Name>],
        extra: Option<&Extra<Name>>,
        object: &Map<String, Value>,
    ) -> Option<Expr> {
        if !self.api.types[id.0].sent {
            return None;
        }
        let mut calls = Vec::new();
        for field in fields {
            match (object.get(&field.wire), &field.fixed) {
                (Some(value), Some(fixed)) if same(value, fixed) => {}
                (Some(_), Some(_)) => return None,
                (None, Some(_)) => {}
                (Some(value), None) => {
                    let given = self.member(field, value);
                    if given.is_none()
                        && matches!(field.presence, Presence::Required | Presence::Nullable)
                    {
                        return None;
                    }
                    self.lost += usize::from(given.is_none());
                    calls.extend(given.map(|given| (ident(&field.name).to_string(), vec![given])));
                }
                (None, None)
                    if matches!(field.presence, Presence::Required | Presence::Nullable) =>
                {
                    return None;
                }
                (None, None) => {}
            }
        }
        let unnamed = object
            .iter()
            .filter(|(name, _)| fields.iter().all(|field| field.wire != **name));
        let of_the_other = |name: &String| extra.is_some_and(|extra| extra.except.contains(name));
        let (others, unnamed): (Vec<_>, Vec<_>) = unnamed.partition(|(name, _)| of_the_other(name));
        self.lost += others.len();
        let unnamed: Map<String, Value> = unnamed
            .into_iter()
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        match extra {
            _ if unnamed.is_empty() => {}
            Some(extra) => {
                let map = self.map(&extra.ty, &unnamed)?;
                calls.push((ident(&extra.name).to_string(), vec![map]));
            }
            None => self.lost += unnamed.len(),
        }
        Some(Expr::Chain(format!("{}::builder()", self.named(id)), calls))
    }

    fn member(&mut self, field: &Member<Name>, value: &Value) -> Option<Expr> {
        if value.is_null() && field.ty != Type::Json {
            let takes = matches!(field.presence, Presence::Nullable | Presence::Patch);
            return takes.then(|| Expr::Plain("None".to_owned()));
        }
        self.fill(&field.ty, value)
    }

    fn map(&mut self, of: &Type, object: &Map<String, Value>) -> Option<Expr> {
        let root = &self.paths.root;
        if object.is_empty() {
            return Some(Expr::Plain(format!("{root}::Map::new()")));
        }
        let open = format!("{root}::Map::from([");
        let entries = object.iter().map(|(name, value)| {
            let key = Expr::Plain(format!("{name:?}.to_owned()"));
            Some(Expr::Group(
                "(".to_owned(),
                vec![key, self.exact(of, value)?],
                ")",
            ))
        });
        Some(Expr::Group(open, entries.collect::<Option<_>>()?, "])"))
    }

    /// Any JSON.
    fn json(&self, value: &Value) -> Expr {
        let root = &self.paths.root;
        match value {
            Value::Null => Expr::Plain(format!("{root}::Value::Null")),
            Value::Bool(_) | Value::Number(_) => {
                // What is beyond an `i32` has to say what it is.
                let size = match (value.as_i64(), value.as_u64()) {
                    (Some(whole), _) if i32::try_from(whole).is_err() => "_i64",
                    (None, Some(_)) => "_u64",
                    _ => "",
                };
                Expr::Plain(format!("{root}::Value::from({value}{size})"))
            }
            Value::String(text) => Expr::Plain(format!("{root}::Value::from({text:?})")),
            Value::Array(values) => {
                let items = values.iter().map(|value| self.json(value)).collect();
                let list = Expr::Group("vec![".to_owned(), items, "]");
                Expr::Group(format!("{root}::Value::Array("), vec![list], ")")
            }
            Value::Object(members) if members.is_empty() => {
                Expr::Plain(format!("{root}::Value::Object(Default::default())"))
            }
            Value::Object(members) => {
                let entries = members.iter().map(|(name, value)| {
                    let key = Expr::Plain(format!("{name:?}"));
                    Expr::Group("(".to_owned(), vec![key, self.json(value)], ")")
                });
                Expr::Group(
                    format!("{root}::Value::from_iter(["),
                    entries.collect(),
                    "])",
                )
            }
        }
    }

    /// The name of a declared type.
    pub fn named(&mut self, id: TypeId) -> String {
        self.models = true;
        format!("{}{}", self.paths.models, ident(&self.api.types[id.0].name))
    }

    fn unaliased<'t>(&self, ty: &'t Type) -> &'t Type
    where
        'a: 't,
    {
        let mut ty = ty;
        // More aliases of aliases than there are types are a cycle.
        for _ in &self.api.types {
            match ty {
                Type::Named(id) => match &self.api.types[id.0].shape {
                    Shape::Alias(of) => ty = of,
                    _ => break,
                },
                _ => break,
            }
        }
        ty
    }
}

/// A whole number, if it is one of its type.
fn whole(kind: Integer, value: &Value) -> Option<i128> {
    let float = || {
        value
            .as_f64()
            .filter(|float| float.fract() == 0.0 && float.abs() < 9e15)
    };
    let number = value
        .as_i64()
        .map(i128::from)
        .or_else(|| value.as_u64().map(i128::from));
    let number = number.or_else(|| float().map(|float| float as i128))?;
    let fits = match kind {
        Integer::I32 => i32::try_from(number).is_ok(),
        Integer::I64 => i64::try_from(number).is_ok(),
        Integer::U32 => u32::try_from(number).is_ok(),
        Integer::U64 => u64::try_from(number).is_ok(),
    };
    fits.then_some(number)
}

fn suffix(kind: Integer) -> &'static str {
    match kind {
        Integer::I32 => "_i32",
        Integer::I64 => "_i64",
        Integer::U32 => "_u32",
        Integer::U64 => "_u64",
    }
}
