//! Which operation a recorded request is of.
//!
//! May not look at hosts: a recording may come of a proxy, a mock or a test server.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::mask;
use crate::read::{Document, Piece, pieces};

/// The templates of a document's operations.
pub struct Routes {
    /// By method and number of segments.
    routes: BTreeMap<(String, usize), Vec<Route>>,
    /// What stands in templates as it is.
    words: BTreeSet<String>,
}

struct Route {
    operation: usize,
    segments: Vec<String>,
    /// The template without the server's path.
    path: String,
    slash: bool,
}

/// How far a segment of a template is open: the less, the better it fits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Open {
    Word,
    Partly,
    Wholly,
}

impl Routes {
    /// Each operation under the path of each of its servers, and under none.
    pub fn of(document: &Document) -> Self {
        let mut routes: BTreeMap<_, Vec<Route>> = BTreeMap::new();
        let mut words = BTreeSet::new();
        for (index, operation) in document.operations.iter().enumerate() {
            let own = &operation.item.servers;
            let servers = own.iter().chain(&document.servers).map(base);
            let bases: BTreeSet<String> = servers.chain([String::new()]).collect();
            let path = operation.path.split(['#', '?']).next().unwrap_or_default();
            for base in bases {
                let (segments, slash) = segments(&format!("{base}{path}"));
                let plain = segments.iter().filter(|segment| !segment.contains('{'));
                words.extend(plain.cloned());
                let key = (operation.method.to_ascii_uppercase(), segments.len());
                routes.entry(key).or_default().push(Route {
                    operation: index,
                    segments,
                    path: path.to_owned(),
                    slash,
                });
            }
        }
        Routes { routes, words }
    }

    /// The operation of a request, or the shape of its path.
    pub fn find(&self, method: &str, path: &str) -> Result<usize, String> {
        let (found, slash) = segments(path);
        let found: Vec<String> = found.iter().map(|segment| decoded(segment)).collect();
        let key = (method.to_owned(), found.len());
        let same = self.routes.get(&key).into_iter().flatten();
        let best = same
            .filter_map(|route| Some((openness(route, &found)?, route.slash != slash, route)))
            .min_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
        match best {
            Some((_, _, route)) => Ok(route.operation),
            None => Err(self.shape(&found)),
        }
    }

    /// A path of which nothing is told but what stands in the document.
    fn shape(&self, found: &[String]) -> String {
        let fits = |route: &&Route| {
            route.segments.len() == found.len() && openness(route, found).is_some()
        };
        if let Some(route) = self.routes.values().flatten().find(fits) {
            return route.path.clone();
        }
        let masked = found
            .iter()
            .map(|segment| match self.words.contains(segment) {
                true => format!("/{segment}"),
                false => format!("/{{{}}}", mask::class(segment)),
            });
        match masked.collect::<String>() {
            shape if shape.is_empty() => "/".to_owned(),
            shape => shape,
        }
    }
}

/// The path of a server's address, with the defaults of its variables, without a slash at its end.
fn base(server: &openapiv3::Server) -> String {
    let mut url = server.url.trim().to_owned();
    for (name, variable) in server.variables.iter().flatten() {
        url = url.replace(&format!("{{{name}}}"), &variable.default);
    }
    let path = match url.split_once("://") {
        Some((_, rest)) => rest.find('/').map_or("", |start| &rest[start..]),
        None => url.as_str(),
    };
    let path = path.split(['?', '#']).next().unwrap_or_default();
    let path = path.trim_end_matches('/');
    match path.is_empty() || path.starts_with('/') {
        true => path.to_owned(),
        false => format!("/{path}"),
    }
}

/// The segments of a path, and whether it ends with a slash.
fn segments(path: &str) -> (Vec<String>, bool) {
    let mut segments: Vec<String> = path.split('/').skip(1).map(str::to_owned).collect();
    let slash = segments.last().is_some_and(String::is_empty);
    if slash {
        segments.pop();
    }
    (segments, slash)
}

fn decoded(segment: &str) -> String {
    let decoded = percent_decode_str(segment).decode_utf8();
    decoded.map_or_else(|_| segment.to_owned(), std::borrow::Cow::into_owned)
}

/// How open a template is to a path that it fits, segment by segment.
fn openness(route: &Route, found: &[String]) -> Option<Vec<Open>> {
    let segments = route.segments.iter().zip(found);
    segments
        .map(|(template, found)| match pieces(template).as_slice() {
            [Piece::Name(_)] => (!found.is_empty()).then_some(Open::Wholly),
            pieces if pieces.iter().any(|piece| matches!(piece, Piece::Name(_))) => {
                fits(pieces, found).then_some(Open::Partly)
            }
            _ => (decoded(template) == *found).then_some(Open::Word),
        })
        .collect()
}

/// Whether a segment has the texts of a template in their order, and something for each name.
fn fits(pieces: &[Piece<'_>], found: &str) -> bool {
    let mut rest = found;
    let mut named = false;
    for (index, piece) in pieces.iter().enumerate() {
        match piece {
            Piece::Name(_) => named = true,
            Piece::Text(text) if !named => match rest.strip_prefix(text) {
                Some(after) => rest = after,
                None => return false,
            },
            Piece::Text(text) if index + 1 == pieces.len() => {
                return rest.len() > text.len() && rest.ends_with(text);
            }
            Piece::Text(text) => {
                let least = rest.chars().next().map_or(0, char::len_utf8);
                let Some(start) = rest.get(least..).and_then(|after| after.find(text)) else {
                    return false;
                };
                rest = &rest[least + start + text.len()..];
                named = false;
            }
        }
    }
    named != rest.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_partly_open() {
        let check = |template: &str, found: &str| fits(&pieces(template), found);
        assert!(check("{id}.json", "a.b.json"));
        assert!(!check("{id}.json", ".json"));
        assert!(check("v{major}.{minor}", "v1.22"));
        assert!(!check("v{major}.{minor}", "v1."));
        assert!(!check("v{major}.{minor}", "v.1"));
        assert!(check("{a}:{b}", "é:ü"));
        assert!(!check("{a}:{b}", ""));
    }
}
