//! What each type may be named after.

use super::draft::{Draft, Owner, Place, Role, Side};
use super::size;
use super::{media, status};
use crate::ir::{Decl, Part, Presence, Shape, Slot, Status};
use crate::source::Pointer;
use std::collections::BTreeSet;

/// Turns drafts into declarations.
pub fn declare(drafts: Vec<Draft>) -> Vec<Decl<Slot>> {
    let answered: BTreeSet<Pointer> = drafts
        .iter()
        .filter(|draft| draft.side == Side::Response)
        .map(|draft| draft.places[0].at.clone())
        .collect();
    let most_shared = drafts
        .iter()
        .filter(|draft| draft.role == Role::Failure)
        .map(|draft| draft.places.len())
        .max()
        .filter(|places| *places > 1);
    let with_enum = |role: Role| -> BTreeSet<Owner> {
        let enums = drafts.iter().filter(|draft| draft.role == role);
        enums.map(|draft| draft.places[0].owner.clone()).collect()
    };
    let enums = Enums {
        bodies: with_enum(Role::Bodies),
        answers: with_enum(Role::Answers),
        failures: with_enum(Role::Failures),
    };
    let boxed = size::held_in_boxes(&drafts);
    drafts
        .into_iter()
        .zip(boxed)
        .map(|(mut draft, boxed)| {
            let request_form =
                draft.side == Side::Request && answered.contains(&draft.places[0].at);
            if !draft.sent {
                forget_patch(&mut draft.shape);
            }
            Decl {
                name: Slot {
                    place: draft.places[0].at.clone(),
                    candidates: candidates(&draft, request_form, most_shared, &enums),
                },
                places: places(&draft.places),
                doc: draft.doc,
                shape: draft.shape,
                sent: draft.sent,
                boxed,
                request_form,
                groups: draft.groups.into_iter().collect(),
            }
        })
        .collect()
}

/// Every place once: what an `allOf` takes in is lowered for each that does.
fn places(places: &[Place]) -> Vec<Pointer> {
    let mut unique: Vec<Pointer> = Vec::new();
    let mut seen = BTreeSet::new();
    for place in places {
        if seen.insert(&place.at) {
            unique.push(place.at.clone());
        }
    }
    unique
}

/// Absent and `null` are two things only to whoever sends them.
fn forget_patch(shape: &mut Shape<Slot>) {
    if let Shape::Record { fields, .. } = shape {
        for field in fields {
            if field.presence == Presence::Patch {
                field.presence = Presence::Optional;
            }
        }
    }
}

/// The owners that have an enum of these.
struct Enums {
    bodies: BTreeSet<Owner>,
    answers: BTreeSet<Owner>,
    failures: BTreeSet<Owner>,
}

fn candidates(
    draft: &Draft,
    request_form: bool,
    most_shared: Option<usize>,
    enums: &Enums,
) -> Vec<Vec<Part>> {
    let text = |text: &str| Part::Text(text.to_owned());
    let first = &draft.places[0];
    let mut candidates = match draft.role {
        Role::Component => {
            let Owner::Component(key) = &first.owner else {
                return Vec::new();
            };
            let own = if request_form {
                vec![text(key), text("request")]
            } else {
                vec![text(key)]
            };
            let files = first.at.file().map(|(address, _)| files(&address, key));
            let files = files.into_iter().flatten();
            let with_file = files.map(|file| [vec![text(&file)], own.clone()].concat());
            std::iter::once(own.clone()).chain(with_file).collect()
        }
        Role::Body if enums.bodies.contains(&first.owner) => variant(first),
        Role::Bodies => ["body", "request body"]
            .map(|kind| vec![owner_part(&first.owner), text(kind)])
            .into(),
        Role::Body => ["request", "request body"]
            .map(|kind| vec![owner_part(&first.owner), text(kind)])
            .into(),
        Role::Answer if enums.answers.contains(&first.owner) => case(first, "response"),
        Role::Failure if enums.failures.contains(&first.owner) => case(first, "error"),
        Role::Answers => ["response", "answer"]
            .map(|kind| vec![owner_part(&first.owner), text(kind)])
            .into(),
        Role::Failures => failures(draft),
        Role::Answer => {
            let own = [owner_part(&first.owner), text("response")];
            vec![
                own.to_vec(),
                [own.to_vec(), vec![text(&status(first))]].concat(),
            ]
        }
        Role::Failure if Some(draft.places.len()) == most_shared => {
            vec![vec![text("error body")], vec![text("error response")]]
        }
        Role::Failure => {
            let own = [owner_part(&first.owner), text("error")];
            vec![
                own.to_vec(),
                [own.to_vec(), vec![text(&status(first))]].concat(),
            ]
        }
        Role::Payload => vec![vec![owner_part(&first.owner), text("payload")]],
        Role::Base | Role::Inline => inline(draft),
    };
    candidates.retain(|parts| !parts.is_empty());
    let further = surroundings(first, &candidates);
    candidates.extend(further);
    candidates
}

/// What tells a schema from those that are called so in other files: the file, unless it is called so, too, the
/// folder, and both.
fn files(address: &str, key: &str) -> Vec<String> {
    let stem = super::place::stem(address).to_owned();
    let folders = address.rsplit('/').skip(1);
    let folder = folders.map(str::to_owned).find(|folder| {
        let says = folder.contains(char::is_alphanumeric);
        says && *folder != stem
    });
    let both = folder.as_ref().map(|folder| format!("{folder} {stem}"));
    let stem = (normal(&stem) != normal(key)).then_some(stem);
    stem.into_iter().chain(folder).chain(both).collect()
}

/// What tells a place from others of the same words: the kind of component it is, the answer and the media
/// type it stands in, the tag and the path of its operation, and at last the whole way to it.
fn surroundings(place: &Place, candidates: &[Vec<Part>]) -> Vec<Vec<Part>> {
    let text = |text: &str| Part::Text(text.to_owned());
    let Some(last) = candidates.first().and_then(|parts| parts.last()) else {
        return Vec::new();
    };
    let segments: Vec<String> = place.at.segments().collect();
    let segments: Vec<&str> = segments.iter().map(String::as_str).collect();
    let kind = match segments.as_slice() {
        ["components", kind, _] if *kind != "schemas" => Some(kind.trim_end_matches(['s'])),
        _ => None,
    };
    let owner = owner_part(&place.owner);
    let answer = Some(status(place)).filter(|key| !key.is_empty());
    let answer = answer.map(|key| text(&answer_words(&key)));
    let media = media_of(place).map(|media| text(&media));
    let tag = match &place.owner {
        Owner::Operation { tag, .. } => Some(text(tag)),
        Owner::Component(_) => None,
    };
    let way = segments.iter().skip(3);
    let way: Vec<&str> = way
        .copied()
        .filter(|step| !SAYS_NOTHING.contains(step))
        .collect();
    let between = |parts: Vec<&Option<Part>>| {
        let between: Option<Vec<Part>> = parts.into_iter().cloned().collect();
        let (owner, last) = (vec![owner.clone()], vec![last.clone()]);
        between.map(|between| match place.path.is_empty() {
            true => [owner, last, between].concat(),
            false => [owner, between, last].concat(),
        })
    };
    let of_path = match segments.as_slice() {
        ["paths", path, method, ..] => Some(vec![text(method), text(path), last.clone()]),
        _ => None,
    };
    let of_tag = tag.map(|tag| vec![tag, owner.clone(), last.clone()]);
    let of_kind = kind.map(|kind| vec![owner.clone(), text(kind)]);
    let whole = (!way.is_empty()).then(|| vec![owner.clone(), text(&way.join(" "))]);
    let inside = [vec![&answer], vec![&media], vec![&answer, &media]].map(between);
    let all = [of_kind]
        .into_iter()
        .chain(inside)
        .chain([of_tag, of_path, whole]);
    all.flatten().collect()
}

/// Steps of the way to a schema that every such way has.
const SAYS_NOTHING: &[&str] = &["content", "properties", "responses", "schema", "schemas"];

/// What an answer is called, by its status or the name that it has in the document.
fn answer_words(key: &str) -> String {
    status_of(key).map_or_else(|| key.to_owned(), status::words)
}

/// The status that a key of answers stands for, if it is one.
fn status_of(key: &str) -> Option<Status> {
    let code = key.parse().map(Status::Code).ok();
    code.or_else(|| match key.as_bytes() {
        [class @ b'1'..=b'5', b'X' | b'x', b'X' | b'x'] => {
            Some(Status::Class((class - b'0').into()))
        }
        _ => (key == "default").then_some(Status::Default),
    })
}

/// What an operation fails with is named after it; what several of one tag fail with after that, and
/// after its statuses where the tag has more such.
fn failures(draft: &Draft) -> Vec<Vec<Part>> {
    let text = |text: &str| Part::Text(text.to_owned());
    let first = &draft.places[0].owner;
    let own = ["error", "failure"].map(|kind| vec![owner_part(first), text(kind)]);
    let Owner::Operation { tag, .. } = first else {
        return own.into();
    };
    let of_tag =
        |place: &Place| matches!(&place.owner, Owner::Operation { tag: other, .. } if other == tag);
    if draft.places.len() == 1 {
        return own.into();
    }
    let common = if draft.places.iter().all(of_tag) {
        vec![text(tag), text("error")]
    } else {
        vec![text("common"), text("error")]
    };
    let Shape::Replies(cases) = &draft.shape else {
        return own.into();
    };
    let mut statuses: Vec<String> = cases
        .iter()
        .map(|case| case.reply.status.to_string())
        .collect();
    statuses.dedup();
    let with_statuses = [common.clone(), vec![text(&statuses.join(" or "))]].concat();
    [common, with_statuses].into_iter().chain(own).collect()
}

/// The body of a variant is named after its status, and after its media type where that is no
/// plain JSON; that of a shared answer after the answer.
fn case(place: &Place, kind: &str) -> Vec<Vec<Part>> {
    let text = |text: &str| Part::Text(text.to_owned());
    let key = status(place);
    let Some(status) = status_of(&key) else {
        let own = [owner_part(&place.owner), text(&key)];
        return vec![vec![text(&key), text(kind)], own.to_vec()];
    };
    let plain = vec![owner_part(&place.owner), text(&status::words(status))];
    let media = media_of(place).filter(|media| !media::is_plain_json(media));
    let longer = media.map(|media| [plain.clone(), vec![text(&media::words(&media))]].concat());
    let kind = vec![owner_part(&place.owner), text(kind), text(&key)];
    longer.into_iter().chain([plain, kind]).collect()
}

/// The body of a variant is named after its media type.
fn variant(place: &Place) -> Vec<Vec<Part>> {
    let own = |text: String| vec![owner_part(&place.owner), Part::Text(text)];
    let kind = media_of(place).map(|media| own(media::name(&media)));
    let others = ["request", "request body"].map(|kind| own(kind.to_owned()));
    kind.into_iter().chain(others).collect()
}

/// The media type in which something stands.
fn media_of(place: &Place) -> Option<String> {
    let mut steps = place.at.segments().skip_while(|step| step != "content");
    steps.nth(1)
}

/// The status under which something is answered.
fn status(place: &Place) -> String {
    place
        .at
        .segments()
        .skip_while(|step| step != "responses")
        .nth(1)
        .unwrap_or_default()
}

/// The text a component is named by: its key, or its title where the key says nothing.
pub fn component_text<'t>(key: &'t str, title: Option<&'t str>) -> &'t str {
    let word = key.trim_end_matches(|c: char| c.is_ascii_digit());
    let numbered = word.len() < key.len();
    let word = word.trim_end_matches(['-', '_', '.']).to_ascii_lowercase();
    let says_nothing = numbered
        && [
            "",
            "def",
            "definition",
            "schema",
            "model",
            "type",
            "object",
            "component",
            "inline",
            "inline_model",
        ]
        .contains(&word.as_str());
    match title {
        Some(title) if says_nothing && !title.trim().is_empty() => title,
        _ => key,
    }
}

/// An inline type is named after its owner and the property it is in; where it is shared, after
/// what its places have in common.
fn inline(draft: &Draft) -> Vec<Vec<Part>> {
    let first = &draft.places[0];
    let Some(last) = first.path.last() else {
        return vec![vec![owner_part(&first.owner), Part::Text("value".into())]];
    };
    let mut candidates = Vec::new();
    match common_owner(&draft.places) {
        Some(owner) => candidates.push(vec![owner, last.clone()]),
        None => candidates.push(vec![last.clone()]),
    }
    // More and more of the place, from the property outwards.
    for start in (0..first.path.len()).rev() {
        let mut parts = vec![owner_part(&first.owner)];
        parts.extend(first.path[start..].iter().cloned());
        if !candidates.contains(&parts) {
            candidates.push(parts);
        }
    }
    // Where the place does not tell, the side of the wire may, or that one is inside the other.
    let side = match draft.side {
        Side::Request => Some("request"),
        Side::Response => Some("response"),
        Side::Both => None,
    };
    if let Some(side) = side.map(|side| Part::Text(side.into())) {
        for start in (0..first.path.len()).rev() {
            let mut parts = vec![owner_part(&first.owner), side.clone()];
            parts.extend(first.path[start..].iter().cloned());
            candidates.push(parts);
        }
        candidates.push(vec![owner_part(&first.owner), last.clone(), side]);
    }
    candidates.push(vec![
        owner_part(&first.owner),
        last.clone(),
        Part::Text("value".into()),
    ]);
    candidates
}

/// What the places of a type belong to: the one component among them, or else one operation, or
/// else the operations' tag.
fn common_owner(places: &[Place]) -> Option<Part> {
    let owners: BTreeSet<&Owner> = places.iter().map(|place| &place.owner).collect();
    let mut components = owners
        .iter()
        .filter(|owner| matches!(owner, Owner::Component(_)));
    match (components.next(), components.next()) {
        (Some(component), None) => return Some(owner_part(component)),
        (Some(_), Some(_)) => return None,
        (None, _) => {}
    }
    if owners.len() == 1 {
        return owners.first().map(|owner| owner_part(owner));
    }
    let tags: BTreeSet<&str> = owners
        .iter()
        .filter_map(|owner| match owner {
            Owner::Operation { tag, .. } => Some(tag.as_str()),
            Owner::Component(_) => None,
        })
        .collect();
    (tags.len() == 1)
        .then(|| tags.first().map(|tag| Part::Text((*tag).to_owned())))
        .flatten()
}

fn owner_part(owner: &Owner) -> Part {
    match owner {
        Owner::Component(key) => Part::Text(key.clone()),
        Owner::Operation { id, .. } => Part::Text(id.clone()),
    }
}

/// A text's letters and digits in lower case, so that case styles do not count.
pub fn normal(text: &str) -> String {
    text.chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
