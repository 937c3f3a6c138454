//! Where a reference leads: by pointer, by `$id`, by `$anchor`, into other files, through other
//! references.
//!
//! May not report: what is not found is told by what was missing.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::source::{Address, Pointer};

use super::super::resolve::MAX_HOPS;

/// Where a reference stands, as far as it matters to where it leads.
#[derive(Clone, Debug)]
pub(super) struct Base {
    /// What relative references are relative to: the nearest `$id`, else the address of the text.
    uri: Address,
    /// The schema with that `$id`, or the whole text.
    resource: Pointer,
    /// The address of the text.
    file: Address,
}

/// Why a reference leads nowhere.
pub(super) enum Lost {
    /// There is no text at this address.
    Text(Address),
    /// This node has no such member.
    Member(Pointer, String),
    /// No `$anchor` is called so.
    Anchor(String),
    /// It passes through references that lead back to it.
    Circle,
}

/// All that a reference can name, besides pointers.
pub(super) struct Index {
    main: Address,
    files: BTreeSet<Address>,
    /// Addresses of a text that has another one.
    same: BTreeMap<Address, Address>,
    ids: BTreeMap<Address, Pointer>,
    anchors: BTreeMap<(Pointer, String), Pointer>,
}

impl Index {
    /// Of a document at `main` and the files that stand in it.
    pub(super) fn new(
        root: &Value,
        main: Address,
        files: BTreeSet<Address>,
        same: BTreeMap<Address, Address>,
    ) -> Self {
        let mut index = Index {
            main: main.clone(),
            files: files.clone(),
            same,
            ids: BTreeMap::new(),
            anchors: BTreeMap::new(),
        };
        for address in std::iter::once(main).chain(files) {
            let at = index.text(&address);
            let Some(text) = at.get(root).filter(|text| has_names(text)) else {
                continue;
            };
            let base = Base {
                uri: address.clone(),
                resource: at.clone(),
                file: address,
            };
            index.scan(text, &at, &base);
        }
        index
    }

    /// The root of a text.
    fn text(&self, address: &Address) -> Pointer {
        if *address == self.main {
            Pointer::root()
        } else {
            Pointer::of_file(address.as_str())
        }
    }

    /// The resource at an address, if there is one.
    fn resource(&self, address: &Address) -> Option<Pointer> {
        let address = self.same.get(address).unwrap_or(address);
        let known = self.ids.get(address).cloned();
        let loaded = *address == self.main || self.files.contains(address);
        known.or_else(|| loaded.then(|| self.text(address)))
    }

    fn scan(&mut self, value: &Value, at: &Pointer, base: &Base) {
        match value {
            Value::Object(object) => {
                let base = self.enter(value, at, base).unwrap_or_else(|| base.clone());
                if base.resource == *at {
                    self.ids.entry(base.uri.clone()).or_insert(at.clone());
                }
                let plain = object
                    .get("$id")
                    .and_then(Value::as_str)
                    .and_then(|id| id.strip_prefix('#'));
                let named = ["$anchor", "$dynamicAnchor"].map(|key| object.get(key)?.as_str());
                for name in named.into_iter().flatten().chain(plain) {
                    let key = (base.resource.clone(), name.to_owned());
                    self.anchors.entry(key).or_insert_with(|| at.clone());
                }
                for (key, value) in object {
                    if value.is_object() || value.is_array() {
                        self.scan(value, &at.key(key), &base);
                    }
                }
            }
            Value::Array(list) => {
                for (i, value) in list.iter().enumerate() {
                    self.scan(value, &at.index(i), base);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    /// The base within an object, where it has one of its own.
    pub(super) fn enter(&self, value: &Value, at: &Pointer, base: &Base) -> Option<Base> {
        let id = own_id(value)?;
        Some(Base {
            uri: base.uri.join(id).0,
            resource: at.clone(),
            file: base.file.clone(),
        })
    }

    /// The base at a node, its own `$id` included.
    pub(super) fn base(&self, root: &Value, at: &Pointer) -> Base {
        let (file, inner) = match at.file() {
            Some((address, inner)) => {
                let is = |file: &&Address| file.as_str() == address;
                let file = self.files.iter().find(is).unwrap_or(&self.main);
                (file.clone(), inner)
            }
            None => (self.main.clone(), at.clone()),
        };
        let mut at = self.text(&file);
        let mut base = Base {
            uri: file.clone(),
            resource: at.clone(),
            file,
        };
        for step in std::iter::once(None).chain(inner.segments().map(Some)) {
            if let Some(step) = step {
                at = at.key(&step);
            }
            let Some(value) = at.get(root) else { break };
            base = self.enter(value, &at, &base).unwrap_or(base);
        }
        base
    }

    /// The node a reference leads to. What stands there may be a reference again.
    pub(super) fn resolve(
        &self,
        root: &Value,
        base: &Base,
        reference: &str,
    ) -> Result<Pointer, Lost> {
        self.hop(root, base, reference, &mut MAX_HOPS.clone())
    }

    fn hop(
        &self,
        root: &Value,
        base: &Base,
        reference: &str,
        hops: &mut usize,
    ) -> Result<Pointer, Lost> {
        *hops = hops.checked_sub(1).ok_or(Lost::Circle)?;
        let (strict, fragment) = base.uri.join(reference);
        let strictly = if strict == base.uri {
            Some(base.resource.clone())
        } else {
            self.resource(&strict)
        };
        let first = match strictly {
            Some(resource) => self.node(root, &resource, fragment, hops),
            None => Err(Lost::Text(strict.clone())),
        };
        if first.is_ok() {
            return first;
        }
        // Who writes an `$id` often does not mean what follows from it: that the references within
        // are not relative to the file any more.
        let (loose, _) = base.file.join(reference);
        if let Some(resource) = self.resource(&loose).filter(|_| loose != strict)
            && let Ok(found) = self.node(root, &resource, fragment, hops)
        {
            return Ok(found);
        }
        // Some write the name of a schema and nothing else.
        if !reference.contains(['#', '/', '.'])
            && let Some(found) = named(root, &self.text(&base.file), reference)
        {
            return Ok(found);
        }
        first
    }

    /// The node that a fragment names in a resource.
    fn node(
        &self,
        root: &Value,
        resource: &Pointer,
        fragment: Option<&str>,
        hops: &mut usize,
    ) -> Result<Pointer, Lost> {
        let fragment = fragment.unwrap_or_default();
        let decoded = Pointer::parse(&format!("#{fragment}"));
        let Some(pointer) = decoded else {
            let anchor = (resource.clone(), fragment.to_owned());
            let found = self.anchors.get(&anchor).cloned();
            return found
                .or_else(|| named(root, resource, fragment))
                .ok_or(Lost::Anchor(anchor.1));
        };
        let found = self.walk(root, &resource.join(&pointer), hops);
        if found.is_err()
            && fragment.contains('%')
            && let Some(raw) = Pointer::parse(fragment)
            && let Ok(found) = self.walk(root, &resource.join(&raw), hops)
        {
            return Ok(found);
        }
        found
    }

    /// Follows a pointer, through references where it passes them.
    fn walk(&self, root: &Value, pointer: &Pointer, hops: &mut usize) -> Result<Pointer, Lost> {
        if pointer.get(root).is_some() {
            return Ok(pointer.clone());
        }
        let mut at = Pointer::root();
        for step in pointer.segments() {
            let mut next = at.key(&step);
            while next.get(root).is_none() {
                let node = at.get(root);
                let reference = node.and_then(|node| node.get("$ref")?.as_str());
                let Some(reference) = reference else {
                    return Err(Lost::Member(at, step));
                };
                at = self.hop(root, &self.base(root, &at), reference, hops)?;
                next = at.key(&step);
            }
            at = next;
        }
        Ok(at)
    }
}

/// The schema of that name, wherever a text keeps its schemas.
fn named(root: &Value, text: &Pointer, name: &str) -> Option<Pointer> {
    let folders = ["#/components/schemas", "#/definitions", "#/$defs", "#"];
    folders.into_iter().find_map(|folder| {
        let at = text.join(&Pointer::parse(folder)?).key(name);
        at.get(root)
            .filter(|found| found.is_object())
            .map(|_| at.clone())
    })
}

/// What an object says is its own address.
pub(super) fn own_id(value: &Value) -> Option<&str> {
    const STATED: [&str; 2] = ["$id", "$self"];
    // Objects are small, and nearly none has one: their keys are looked through faster than hashed.
    let mut keys = value.as_object()?.keys();
    if !keys.any(|key| STATED.contains(&key.as_str())) {
        return None;
    }
    let stated = STATED.map(|key| value.get(key)?.as_str());
    stated
        .into_iter()
        .flatten()
        .map(|id| id.trim_end_matches('#'))
        .find(|id| !id.is_empty() && !id.starts_with('#'))
}

/// Whether anything in a text has a name besides its pointer.
fn has_names(value: &Value) -> bool {
    match value {
        Value::Object(object) => object.iter().any(|(key, value)| match key.as_str() {
            "$id" | "$self" | "$anchor" | "$dynamicAnchor" if value.is_string() => true,
            _ => has_names(value),
        }),
        Value::Array(list) => list.iter().any(has_names),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => false,
    }
}
