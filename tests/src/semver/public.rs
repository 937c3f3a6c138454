//! What a crate has for others, by the JSON that rustdoc writes of it, and which version a difference earns by that.
//!
//! May not know what a document is: it is the other opinion on what `restwright diff` says.

use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};

/// Each public item by its path, with what it is.
#[derive(Debug, Default)]
pub struct Public {
    items: BTreeMap<String, String>,
    /// The structs that others can write out.
    open: BTreeSet<String>,
}

/// What changes earn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Earned {
    /// Nothing differs.
    Patch,
    /// Something is there that was not there before, or is deprecated.
    Minor,
    /// Something is gone or another.
    Major,
}

impl Earned {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Earned::Patch => "patch",
            Earned::Minor => "minor",
            Earned::Major => "major",
        }
    }
}

impl Public {
    /// Reads what rustdoc wrote.
    pub fn read(json: &Value) -> Self {
        let mut public = Public::default();
        let mut seen = BTreeSet::new();
        public.item(json, &json["root"], "", &mut seen);
        public
    }

    /// What the step from this to a later state earns, and the item that says so first.
    pub fn earns(&self, later: &Public) -> (Earned, String) {
        let mut gravest = (Earned::Patch, String::new());
        let mut found = |earned, name: &str| {
            if earned > gravest.0 {
                gravest = (earned, name.to_owned());
            }
        };
        for (name, was) in &self.items {
            match later.items.get(name) {
                Some(is) if is == was => {}
                Some(is) if is.trim_end_matches(DEPRECATED) == was.trim_end_matches(DEPRECATED) => {
                    found(Earned::Minor, name);
                }
                _ => found(Earned::Major, name),
            }
        }
        for name in later
            .items
            .keys()
            .filter(|name| !self.items.contains_key(*name))
        {
            let field_of = name.rsplit_once('.').map(|(of, _)| of);
            match field_of.is_some_and(|of| self.open.contains(of)) {
                true => found(Earned::Major, name),
                false => found(Earned::Minor, name),
            }
        }
        gravest
    }

    fn item(&mut self, json: &Value, id: &Value, path: &str, seen: &mut BTreeSet<String>) {
        let item = &json["index"][id_text(id)];
        let Some((kind, inner)) = item["inner"]
            .as_object()
            .and_then(|inner| inner.iter().next())
        else {
            return;
        };
        if kind == "use" {
            self.reexport(json, inner, path, seen);
            return;
        }
        let name = item["name"].as_str().unwrap_or_default();
        let path = if path.is_empty() {
            name.to_owned()
        } else {
            format!("{path}::{name}")
        };
        if !seen.insert(format!("{path} {id}")) {
            return;
        }
        let end = if item["deprecation"].is_null() {
            ""
        } else {
            DEPRECATED
        };
        let mut is =
            |name: &str, what: String| self.items.insert(name.to_owned(), format!("{what}{end}"));
        match kind.as_str() {
            "module" => {
                is(&path, "module".to_owned());
                for id in list(&inner["items"]) {
                    self.item(json, id, &path, seen);
                }
            }
            "struct" => {
                let sealed = item["attrs"].to_string().contains("non_exhaustive");
                let plain = &inner["kind"]["plain"];
                is(&path, format!("struct {sealed}"));
                if !sealed && plain["has_stripped_fields"] == false {
                    self.open.insert(path.clone());
                }
                for id in list(&plain["fields"]) {
                    let field = &json["index"][id_text(id)];
                    let name = format!("{path}.{}", field["name"].as_str().unwrap_or_default());
                    self.items.insert(name, text(&field["inner"]));
                }
                self.impls(json, inner, &path);
            }
            "enum" => {
                let sealed = item["attrs"].to_string().contains("non_exhaustive");
                is(&path, format!("enum {sealed}"));
                for id in list(&inner["variants"]) {
                    let variant = &json["index"][id_text(id)];
                    let name = format!("{path}::{}", variant["name"].as_str().unwrap_or_default());
                    let fields = list(&variant["inner"]["variant"]["kind"]["tuple"]);
                    let held = fields.map(|id| text(&json["index"][id_text(id)]["inner"]));
                    self.items
                        .insert(name, held.collect::<Vec<String>>().join(", "));
                }
                self.impls(json, inner, &path);
            }
            // The value of a constant is no promise.
            "constant" => drop(is(&path, text(&inner["type"]))),
            _ => drop(is(&path, text(inner))),
        }
    }

    fn reexport(&mut self, json: &Value, inner: &Value, path: &str, seen: &mut BTreeSet<String>) {
        let target = &json["index"][id_text(&inner["id"])];
        if inner["is_glob"] == true {
            for id in list(&target["inner"]["module"]["items"]) {
                self.item(json, id, path, seen);
            }
        } else if !target.is_null() {
            self.item(json, &inner["id"], path, seen);
        } else {
            let name = inner["name"].as_str().unwrap_or_default();
            self.items
                .insert(format!("{path}::{name}"), "use".to_owned());
        }
    }

    /// Methods, and which traits there are.
    fn impls(&mut self, json: &Value, inner: &Value, path: &str) {
        for id in list(&inner["impls"]) {
            let of = &json["index"][id_text(id)]["inner"]["impl"];
            if of["is_synthetic"] == true || !of["blanket_impl"].is_null() {
                continue;
            }
            if !of["trait"].is_null() {
                let name = format!(
                    "impl {} for {path} as {}",
                    text(&of["trait"]),
                    text(&of["for"])
                );
                self.items.insert(name, String::new());
                continue;
            }
            for id in list(&of["items"]) {
                let method = &json["index"][id_text(id)];
                if method["visibility"] != "public" {
                    continue;
                }
                let name = format!("{path}::{}", method["name"].as_str().unwrap_or_default());
                let deprecated = !method["deprecation"].is_null();
                let end = if deprecated { DEPRECATED } else { "" };
                self.items
                    .insert(name, format!("{}{end}", text(&method["inner"])));
            }
        }
    }
}

const DEPRECATED: &str = " (deprecated)";

fn list(of: &Value) -> impl Iterator<Item = &Value> {
    of.as_array().into_iter().flatten()
}

fn id_text(id: &Value) -> String {
    id.to_string().trim_matches('"').to_owned()
}

/// What an item is, without numbers that differ from run to run and without the names of arguments.
fn text(of: &Value) -> String {
    let mut of = of.clone();
    plain(&mut of);
    of.to_string()
}

fn plain(of: &mut Value) {
    match of {
        Value::Object(members) => {
            for member in [
                "id",
                "span",
                "docs",
                "links",
                "impls",
                "implementations",
                "items",
            ] {
                members.remove(member);
            }
            for input in members
                .get_mut("inputs")
                .and_then(Value::as_array_mut)
                .into_iter()
                .flatten()
            {
                if let Some(name) = input.get_mut(0).filter(|name| name.is_string()) {
                    *name = Value::Null;
                }
            }
            members.values_mut().for_each(plain);
        }
        Value::Array(elements) => elements.iter_mut().for_each(plain),
        _ => {}
    }
}
