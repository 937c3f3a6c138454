//! Which type of the one interface is which of the other.

use super::{Fate, Pairs, pair};
use crate::diff::text;
use crate::ir::{
    Answer, Content, Decl, Member, Name, Operation, Outcome, Parameter, Shape, Type, TypeId,
};
use std::collections::BTreeMap;

/// Finds them: by name, by use, by place, by shape.
pub fn find(pairs: &mut Pairs) {
    let named: BTreeMap<&str, usize> = index(&pairs.new.types, |decl| &decl.name.ident);
    let mut same = Vec::new();
    for (at, decl) in pairs.old.types.iter().enumerate() {
        if let Some(now) = named.get(decl.name.ident.as_str()) {
            same.push((at, *now));
        }
    }
    same.iter().for_each(|(old, new)| set(pairs, *old, *new));
    by_use(pairs, same);
    by_place(pairs);
    by_shape(pairs);
}

fn index<'a, T>(all: &'a [T], key: impl Fn(&'a T) -> &'a str) -> BTreeMap<&'a str, usize> {
    all.iter()
        .enumerate()
        .map(|(at, it)| (key(it), at))
        .collect()
}

fn set(pairs: &mut Pairs, old: usize, new: usize) {
    if let (Some(now), Some(before)) = (pairs.now.get_mut(old), pairs.before.get_mut(new)) {
        (*now, *before) = (Fate::Same(new), Fate::Same(old));
    }
}

/// Pairs what stands in the same place of what is paired already, and is much like it.
fn by_use(pairs: &mut Pairs, known: Vec<(usize, usize)>) {
    let mut uses: Vec<(Type, Type)> = Vec::new();
    for (old, new) in &pairs.operations {
        operation(old.operation, new.operation, &mut uses);
    }
    let mut open = known;
    loop {
        for (old, new) in open.drain(..) {
            if let (Some(old), Some(new)) = (pairs.old.types.get(old), pairs.new.types.get(new)) {
                shape(old, new, &mut uses);
            }
        }
        for (old, new) in uses.drain(..) {
            meet(pairs, &old, &new, &mut open);
        }
        if open.is_empty() {
            return;
        }
    }
}

/// Pairs the declared types that two types in use have in the same place.
fn meet(pairs: &mut Pairs, old: &Type, new: &Type, found: &mut Vec<(usize, usize)>) {
    let mut open = vec![(old, new)];
    while let Some(both) = open.pop() {
        match both {
            (Type::Nullable(old) | Type::Boxed(old), new) => open.push((old, new)),
            (old, Type::Nullable(new) | Type::Boxed(new)) => open.push((old, new)),
            (Type::Map(old), Type::Map(new)) | (Type::List(old), Type::List(new)) => {
                open.push((old, new));
            }
            (Type::Tuple(old), Type::Tuple(new)) => open.extend(old.iter().zip(new)),
            (Type::Named(TypeId(old)), Type::Named(TypeId(new))) => {
                let (old, new) = (*old, *new);
                let free = pairs.now.get(old) == Some(&Fate::None)
                    && pairs.before.get(new) == Some(&Fate::None);
                let decls = pairs.old.types.get(old).zip(pairs.new.types.get(new));
                if free && decls.is_some_and(|(old, new)| alike(&old.shape, &new.shape)) {
                    set(pairs, old, new);
                    found.push((old, new));
                }
            }
            _ => {}
        }
    }
}

/// Whether two types are of one kind and have half of their members in common.
fn alike(old: &Shape<Name>, new: &Shape<Name>) -> bool {
    if std::mem::discriminant(old) != std::mem::discriminant(new) {
        return false;
    }
    let (old, new) = (members(old), members(new));
    let common = old.iter().filter(|name| new.contains(name)).count();
    common * 2 >= old.len().max(new.len())
}

/// What a type has, by its names on the wire.
fn members(of: &Shape<Name>) -> Vec<String> {
    match of {
        Shape::Record { fields, .. } => fields.iter().map(|it| it.wire.clone()).collect(),
        Shape::Enum { variants, .. } => variants.iter().map(|it| it.value.to_string()).collect(),
        Shape::Union { branches, .. } => branches.iter().map(|it| it.name.ident.clone()).collect(),
        Shape::Replies(cases) => cases.iter().map(|it| it.name.ident.clone()).collect(),
        Shape::Bodies(cases) => cases.iter().map(|it| it.media.clone()).collect(),
        Shape::Alias(_) => Vec::new(),
    }
}

fn operation(old: &Operation<Name>, new: &Operation<Name>, uses: &mut Vec<(Type, Type)>) {
    let mut meet = |old: Option<&Type>, new: Option<&Type>| {
        uses.extend(old.cloned().zip(new.cloned()));
    };
    let key = |it: &Parameter<Name>| it.wire.clone();
    for (old, new) in pair(&old.parameters, &new.parameters, key, &[]).both {
        meet(Some(&old.ty), Some(&new.ty));
    }
    let body = |of: &Operation<Name>| {
        let content = of.body.as_ref().map(|body| &body.content);
        content.and_then(Content::ty).cloned()
    };
    meet(body(old).as_ref(), body(new).as_ref());
    meet(answer(old).as_ref(), answer(new).as_ref());
    let failure = |of: &Operation<Name>| of.failure.map(Type::Named);
    meet(failure(old).as_ref(), failure(new).as_ref());
    for one in &old.failures {
        let other = new
            .failures
            .iter()
            .find(|other| (other.status, &other.media) == (one.status, &one.media));
        meet(
            one.payload.json(),
            other.and_then(|other| other.payload.json()),
        );
    }
}

fn answer(of: &Operation<Name>) -> Option<Type> {
    match &of.answer {
        Answer::One(payload) => payload.json().cloned(),
        Answer::OneOf(id) => Some(Type::Named(*id)),
        Answer::Stream(stream) => stream.item.clone(),
    }
}

fn shape(old: &Decl<Name>, new: &Decl<Name>, uses: &mut Vec<(Type, Type)>) {
    match (&old.shape, &new.shape) {
        (Shape::Record { fields: old, .. }, Shape::Record { fields: new, .. }) => {
            let key = |it: &Member<Name>| it.wire.clone();
            let both = pair(old, new, key, &[]).both.into_iter();
            uses.extend(both.map(|(old, new)| (old.ty.clone(), new.ty.clone())));
        }
        (Shape::Union { branches: old, .. }, Shape::Union { branches: new, .. }) => {
            let both = pair(old, new, |it| it.name.place.clone(), &[]).both;
            let both = both.into_iter();
            uses.extend(both.map(|(old, new)| (old.ty.clone(), new.ty.clone())));
        }
        (Shape::Replies(old), Shape::Replies(new)) => {
            let key = |it: &Outcome<Name>| (it.reply.status, it.reply.media.clone());
            let both = pair(old, new, key, &[]).both.into_iter();
            uses.extend(both.filter_map(|(old, new)| {
                let (old, new) = (&old.reply.payload, &new.reply.payload);
                old.json().cloned().zip(new.json().cloned())
            }));
        }
        (Shape::Bodies(old), Shape::Bodies(new)) => {
            let both = pair(old, new, |it| it.media.clone(), &[]).both.into_iter();
            uses.extend(both.filter_map(|(old, new)| {
                let (old, new) = (&old.content, &new.content);
                old.ty().cloned().zip(new.ty().cloned())
            }));
        }
        (Shape::Alias(old), Shape::Alias(new)) => uses.push((old.clone(), new.clone())),
        _ => {}
    }
}

/// An earlier type that stands where another stands now has become a part of that; a later type that stands
/// where another stood was a part of it.
fn by_place(pairs: &mut Pairs) {
    let now = homes(&pairs.old.types, &pairs.new.types, &pairs.now);
    let before = homes(&pairs.new.types, &pairs.old.types, &pairs.before);
    for (fates, homes) in [(&mut pairs.now, now), (&mut pairs.before, before)] {
        for (at, home) in homes {
            if let Some(fate) = fates.get_mut(at) {
                *fate = Fate::Part(home);
            }
        }
    }
}

/// For each type that is nothing yet, the type of the other side that has the most of its places.
fn homes(from: &[Decl<Name>], to: &[Decl<Name>], fates: &[Fate]) -> Vec<(usize, usize)> {
    let mut at: BTreeMap<(String, &str), usize> = BTreeMap::new();
    for (index, decl) in to.iter().enumerate() {
        for place in &decl.places {
            at.insert((place.to_string(), decl.form()), index);
        }
    }
    let open = from.iter().zip(fates).enumerate();
    let open = open.filter(|(_, (_, fate))| **fate == Fate::None);
    let home = |(index, (decl, _)): (usize, (&Decl<Name>, &Fate))| {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        let places = decl.places.iter();
        let homes = places.filter_map(|place| at.get(&(place.to_string(), decl.form())));
        homes.for_each(|home| *counts.entry(*home).or_default() += 1);
        let most = counts.into_iter();
        let most = most.max_by_key(|(home, count)| (*count, std::cmp::Reverse(*home)))?;
        let same_kind = to.get(most.0).is_some_and(|home| {
            std::mem::discriminant(&home.shape) == std::mem::discriminant(&decl.shape)
        });
        same_kind.then_some((index, most.0))
    };
    open.filter_map(home).collect()
}

/// Pairs what has the same members of the same types, and is alone in that; again, since what refers to a type
/// can be told once that one is known.
fn by_shape(pairs: &mut Pairs) {
    loop {
        let signatures = |types: &[Decl<Name>], fates: &[Fate], side: Side| {
            let mut found: BTreeMap<String, Vec<usize>> = BTreeMap::new();
            let open = types.iter().zip(fates).enumerate();
            for (at, (decl, _)) in open.filter(|(_, (_, fate))| **fate == Fate::None) {
                if let Some(signature) = signature(pairs, decl, side) {
                    found.entry(signature).or_default().push(at);
                }
            }
            found
        };
        let old = signatures(&pairs.old.types, &pairs.now, Side::Old);
        let new = signatures(&pairs.new.types, &pairs.before, Side::New);
        let mut found = Vec::new();
        for (signature, olds) in &old {
            if let ([old], Some([new])) = (olds.as_slice(), new.get(signature).map(Vec::as_slice)) {
                found.push((*old, *new));
            }
        }
        if found.is_empty() {
            return;
        }
        for (old, new) in found {
            set(pairs, old, new);
        }
    }
}

#[derive(Clone, Copy)]
enum Side {
    Old,
    New,
}

/// What a type is, with the types in it by their later positions; none while one of them is not known, and
/// for what is too plain to be known by its shape.
fn signature(pairs: &Pairs, decl: &Decl<Name>, side: Side) -> Option<String> {
    let of = |ty: &Type| type_signature(pairs, ty, side);
    let mut parts: Vec<String> = Vec::new();
    match &decl.shape {
        Shape::Record { fields, extra } => {
            for field in fields {
                let ty = of(&field.ty)?;
                parts.push(format!("{}: {:?} {ty}", field.wire, field.presence));
            }
            if let Some(extra) = extra {
                parts.push(format!("extra {}", of(&extra.ty)?));
            }
        }
        Shape::Enum { variants, .. } => {
            parts.extend(variants.iter().map(|it| it.value.to_string()));
        }
        Shape::Union { tag, branches, .. } => {
            parts.push(format!("union {tag:?}"));
            for branch in branches {
                parts.push(of(&branch.ty)?);
            }
        }
        Shape::Replies(_) | Shape::Bodies(_) | Shape::Alias(_) => return None,
    }
    let says = parts.len() + decl.doc.len();
    (says > 1).then(|| {
        let (parts, doc) = (parts.join("\n"), decl.doc.join("\n"));
        format!("{} {}\n{parts}\n{doc}", decl.sent, decl.form())
    })
}

fn type_signature(pairs: &Pairs, ty: &Type, side: Side) -> Option<String> {
    let of = |ty: &Type| type_signature(pairs, ty, side);
    Some(match ty {
        Type::Named(TypeId(id)) => match side {
            Side::Old => match pairs.now.get(*id)? {
                Fate::Same(now) | Fate::Part(now) => format!("#{now}"),
                Fate::None => return None,
            },
            Side::New => match pairs.before.get(*id)? {
                Fate::Same(_) | Fate::Part(_) => format!("#{id}"),
                Fate::None => return None,
            },
        },
        Type::Map(inner) => format!("map {}", of(inner)?),
        Type::List(inner) => format!("list {}", of(inner)?),
        Type::Nullable(inner) => format!("nullable {}", of(inner)?),
        Type::Boxed(inner) => of(inner)?,
        Type::Tuple(elements) => {
            let elements: Option<Vec<String>> = elements.iter().map(of).collect();
            format!("({})", elements?.join(", "))
        }
        other => text::ty(pairs.old, other),
    })
}
