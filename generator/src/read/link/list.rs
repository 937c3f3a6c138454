//! Which other texts a text refers to, before any of them is read.
//!
//! May not judge: it lists whatever looks like a reference, also where it is data. What is missing is
//! told by whoever needs it.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::source::Address;

use super::find::own_id;

/// What a text refers to.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Links {
    /// The addresses of each reference that leads out of the text, best first.
    pub to: BTreeSet<Vec<Address>>,
    /// Addresses that would be files, if they are there: a discriminator may map to a file or a name.
    pub maybe: BTreeSet<Address>,
    /// What stands in the text itself under an address of its own.
    pub own: BTreeSet<Address>,
}

/// Lists what a text refers to.
pub fn links(text: &Value, address: &Address) -> Links {
    let mut links = Links::default();
    collect(text, address, address, &mut links);
    let Links { to, own, .. } = &mut links;
    to.retain(|places| {
        let here = |place: &Address| place == address || own.contains(place);
        !places.iter().any(here)
    });
    links
}

fn collect(value: &Value, file: &Address, uri: &Address, links: &mut Links) {
    match value {
        Value::Object(object) => {
            let own = own_id(value).map(|id| uri.join(id).0);
            links.own.extend(own.clone());
            let uri = own.as_ref().unwrap_or(uri);
            for (key, value) in object {
                match (key.as_str(), value) {
                    ("$ref" | "$dynamicRef", Value::String(reference)) => {
                        if !reference.starts_with('#') {
                            let mut places = vec![uri.join(reference).0, file.join(reference).0];
                            places.dedup();
                            links.to.insert(places);
                        }
                    }
                    ("mapping", Value::Object(mapping)) => {
                        // It may be a member that is called so.
                        collect(value, file, uri, links);
                        let targets = mapping.values().filter_map(Value::as_str);
                        let files = targets.filter(|target| {
                            target.contains(['.', '/']) && !target.starts_with('#')
                        });
                        links.maybe.extend(files.map(|target| file.join(target).0));
                    }
                    (_, value) => collect(value, file, uri, links),
                }
            }
        }
        Value::Array(list) => list
            .iter()
            .for_each(|value| collect(value, file, uri, links)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
