//! Which Rust type each schema of a document has got, by the schema's place.
//!
//! Made of the places that the interface keeps: of declared types, members, forms of a union,
//! parameters and bodies. What has none has the type of what it refers to or is a list of.

use restwright::ir::{
    Answer, Api, Content, Decl, Location, Name, Operation, Payload, Presence, Reply, Shape, Type,
    TypeId,
};
use restwright::source::Pointer;
use serde_json::Value;
use std::collections::BTreeMap;

/// The types of schemas by place.
pub struct Types<'d> {
    root: &'d Value,
    /// A schema with `readOnly` or `writeOnly` members has two.
    known: BTreeMap<Pointer, Vec<Type>>,
}

impl<'d> Types<'d> {
    /// Collects them.
    pub fn new(api: &Api<Name>, root: &'d Value) -> Self {
        let mut types = Self {
            root,
            known: BTreeMap::new(),
        };
        let declared = api.types.iter().enumerate();
        for (id, decl) in declared.clone() {
            for place in &decl.places {
                types.add(place, &Type::Named(TypeId(id)));
            }
        }
        // What a type has at its own place is truer than what another type made of it.
        let own = types.known.clone();
        for own_members in [true, false] {
            for (_, decl) in declared.clone() {
                types.of_declared(decl, own_members, &own);
            }
        }
        types.of_operations(api);
        types
    }

    /// The types of the schema at a place, most often one.
    pub fn of(&self, place: &Pointer) -> Vec<Type> {
        self.found(place, 32)
    }

    /// All schemas that have types of their own.
    pub fn places(&self) -> impl Iterator<Item = &Pointer> {
        self.known.keys()
    }

    fn found(&self, place: &Pointer, hops: usize) -> Vec<Type> {
        if let Some(types) = self.known.get(place) {
            return types.clone();
        }
        let Some((hops, schema)) = hops.checked_sub(1).zip(place.get(self.root)) else {
            return Vec::new();
        };
        if let Some(reference) = schema.get("$ref").and_then(Value::as_str) {
            let target = Pointer::parse(reference).filter(|_| reference.starts_with('#'));
            return target.map_or_else(Vec::new, |target| self.found(&target, hops));
        }
        let is = |kind: &str| schema.get("type").is_some_and(|found| found == kind);
        if is("array") && schema.get("items").is_some() {
            let items = self.found(&place.key("items"), hops).into_iter();
            return items.map(|item| Type::List(Box::new(item))).collect();
        }
        Vec::new()
    }

    /// Notes a type for a place and what follows from it for the places inside.
    fn add(&mut self, place: &Pointer, ty: &Type) {
        if place.get(self.root).is_none() {
            return;
        }
        let types = self.known.entry(place.clone()).or_default();
        if !types.contains(ty) {
            types.push(ty.clone());
        }
        let mut inner = ty;
        while let Type::Nullable(of) | Type::Boxed(of) = inner {
            inner = of;
        }
        self.add_inside(place, inner);
    }

    /// The types of the schemas inside the one at a place.
    fn add_inside(&mut self, place: &Pointer, ty: &Type) {
        match ty {
            Type::List(item) => self.add_child(place.key("items"), item),
            Type::Map(value) => self.add_child(place.key("additionalProperties"), value),
            Type::Tuple(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add_child(place.key("prefixItems").index(index), item);
                }
            }
            _ => {}
        }
    }

    fn add_child(&mut self, place: Pointer, ty: &Type) {
        if place.get(self.root).is_some_and(Value::is_object) {
            self.add_if_vacant(&place, ty);
        }
    }

    /// Adds a type to a place that has none. A type that is declared there may be `null` where it
    /// is used.
    fn add_if_vacant(&mut self, place: &Pointer, ty: &Type) {
        let Some(types) = self.known.get_mut(place) else {
            self.add(place, ty);
            return;
        };
        if let Type::Nullable(of) = ty {
            let of = match &**of {
                Type::Boxed(of) => of,
                of => of,
            };
            let declared = types.iter_mut().filter(|known| *known == of);
            declared.for_each(|known| *known = ty.clone());
        }
    }

    /// The members, forms and targets of a declared type.
    fn of_declared(
        &mut self,
        decl: &Decl<Name>,
        own_members: bool,
        own: &BTreeMap<Pointer, Vec<Type>>,
    ) {
        match &decl.shape {
            Shape::Record { fields, extra } => {
                for field in fields {
                    let ty = match field.presence {
                        Presence::Required => field.ty.clone(),
                        Presence::Nullable | Presence::Optional | Presence::Patch => {
                            Type::Nullable(Box::new(field.ty.clone()))
                        }
                    };
                    for place in &decl.places {
                        self.of_member(place, &field.wire, &ty, own_members, own);
                    }
                    if !own_members {
                        self.add_if_vacant(&field.name.place, &ty);
                    }
                }
                if let Some(extra) = extra.as_ref().filter(|_| own_members) {
                    for place in &decl.places {
                        self.add_if_vacant(&place.key("additionalProperties"), &extra.ty);
                    }
                }
            }
            Shape::Union { branches, .. } if own_members => {
                for branch in branches {
                    let place = &branch.name.place;
                    // Several types in one schema are none of it.
                    let here = branches.iter().filter(|other| other.name.place == *place);
                    if here.count() == 1 {
                        self.add_if_vacant(place, &branch.ty);
                    }
                }
            }
            Shape::Alias(ty) if own_members => {
                for place in &decl.places {
                    self.add_inside(place, ty);
                }
            }
            _ => {}
        }
    }

    /// A member of the type at a place: in the schema's `properties`, or in those of a part of its
    /// `allOf`.
    fn of_member(
        &mut self,
        place: &Pointer,
        wire: &str,
        ty: &Type,
        own_members: bool,
        own: &BTreeMap<Pointer, Vec<Type>>,
    ) {
        let here = place.key("properties").key(wire);
        if !own_members || own.contains_key(&here) {
            self.add_if_vacant(&here, ty);
        } else {
            self.add(&here, ty);
        }
        let parts = place.key("allOf");
        let count = parts
            .get(self.root)
            .and_then(Value::as_array)
            .map_or(0, Vec::len);
        if !own_members {
            for part in 0..count {
                self.of_member(&parts.index(part), wire, ty, own_members, own);
            }
        }
    }

    /// What an operation answers, when all is well and otherwise.
    fn of_answers(&mut self, api: &Api<Name>, operation: &Operation<Name>) {
        let responses = operation.name.place.key("responses");
        for failure in &operation.failures {
            self.of_reply(
                &responses.key(&failure.status.to_string()),
                failure.media.as_deref(),
                &failure.payload,
            );
        }
        match &operation.answer {
            Answer::OneOf(id) => {
                if let Shape::Replies(outcomes) = &api.types[id.0].shape {
                    for Reply {
                        status,
                        media,
                        payload,
                    } in outcomes.iter().map(|one| &one.reply)
                    {
                        self.of_reply(
                            &responses.key(&status.to_string()),
                            media.as_deref(),
                            payload,
                        );
                    }
                }
            }
            // An example of a stream is no JSON text.
            Answer::Stream(_) => {}
            Answer::One(payload) => {
                let statuses = responses.get(self.root).and_then(Value::as_object);
                let statuses = statuses.into_iter().flat_map(|statuses| statuses.keys());
                let well: Vec<&String> =
                    statuses.filter(|status| status.starts_with('2')).collect();
                // The default is what is answered when all is well if nothing else is.
                let places = match well.as_slice() {
                    [] => vec![responses.key("default")],
                    well => well.iter().map(|status| responses.key(status)).collect(),
                };
                for at in places {
                    self.of_reply(&at, None, payload);
                }
            }
        }
    }

    fn of_reply(&mut self, at: &Pointer, media: Option<&str>, payload: &Payload) {
        let Some(ty) = payload.json() else {
            return;
        };
        let reference = at
            .get(self.root)
            .and_then(|response| response["$ref"].as_str());
        let target = reference.and_then(Pointer::parse);
        let at = target.as_ref().unwrap_or(at);
        let content = self.media_types(at).into_iter();
        let mut fitting = content.filter(|(name, _)| match media {
            Some(media) => name == media,
            // Lines of JSON are no JSON text.
            None => {
                let name = name.split(';').next().unwrap_or_default().trim_end();
                name.ends_with("json") && !name.ends_with("ndjson")
            }
        });
        let place = fitting
            .next()
            .map_or_else(|| at.key("schema"), |(_, schema)| schema);
        self.add_if_vacant(&place, ty);
    }

    fn of_operations(&mut self, api: &Api<Name>) {
        for hook in &api.hooks {
            if let Some(place) = self.json(&hook.name.place.key("requestBody")) {
                self.add_if_vacant(&place, &hook.body);
            }
        }
        let operations = api.groups.iter().flat_map(|group| &group.operations);
        for operation in operations {
            for parameter in &operation.parameters {
                let ty = match parameter.location {
                    Location::QueryList(_) => Type::List(Box::new(parameter.ty.clone())),
                    _ => parameter.ty.clone(),
                };
                let at = &parameter.name.place;
                let content = self.media_types(at).into_iter().map(|(_, schema)| schema);
                // Swagger 2.0 has the schema's keywords in the parameter itself.
                let mut places = content.chain([at.key("schema"), at.clone()]);
                let place = places.find(|place| place.get(self.root).is_some());
                if let Some(place) = place {
                    self.add_if_vacant(&place, &ty);
                }
            }
            self.of_answers(api, operation);
            let Some(body) = &operation.body else {
                continue;
            };
            let (ty, family) = match &body.content {
                Content::Json { ty, .. } => (ty, "json"),
                Content::Form { ty, .. } => (ty, "x-www-form-urlencoded"),
                Content::Multipart { ty, .. } => (ty, "form-data"),
                Content::OneOf(of) => {
                    self.of_bodies(api, of, &body.name.place);
                    continue;
                }
                Content::Text(_) | Content::Bytes(_) => continue,
            };
            let mut media_types = self.media_types(&body.name.place).into_iter();
            let fitting = media_types.find(|(media_type, _)| media_type.contains(family));
            // Swagger 2.0 has no media types there.
            let place = fitting.map_or_else(|| body.name.place.key("schema"), |(_, place)| place);
            self.add_if_vacant(&place, ty);
        }
    }

    /// The bodies of an operation that takes several media types.
    fn of_bodies(&mut self, api: &Api<Name>, of: &Type, body: &Pointer) {
        let Type::Named(id) = of else { return };
        let Shape::Bodies(cases) = &api.types[id.0].shape else {
            return;
        };
        for case in cases {
            if let Some(ty) = case.content.ty() {
                let place = body.key("content").key(&case.media).key("schema");
                self.add_if_vacant(&place, ty);
            }
        }
    }

    /// The schema of the first JSON in a body or an answer.
    fn json(&self, at: &Pointer) -> Option<Pointer> {
        let mut media_types = self.media_types(at).into_iter();
        let json = media_types.find(|(media_type, _)| media_type.contains("json"));
        json.map(|(_, schema)| schema)
    }

    /// The media types of a body or a parameter, each with the place of its schema.
    fn media_types(&self, at: &Pointer) -> Vec<(String, Pointer)> {
        let content = at.key("content");
        let members = content.get(self.root).and_then(Value::as_object);
        let members = members.into_iter().flatten();
        members
            .map(|(name, _)| (name.clone(), content.key(name).key("schema")))
            .collect()
    }
}
