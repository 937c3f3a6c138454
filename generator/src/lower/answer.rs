//! Answers: what is declared of each status, and what awaiting a call gives.

use super::bodies::same_schema;
use super::content::root;
use super::draft::{Place, Role, Side};
use super::example::Candidate;
use super::header;
use super::media::{self, Declared, Kind};
use super::parameter::node;
use super::schema::Cx;
use super::status;
use super::stream;
use super::view::Node;
use crate::ir::{
    Answer, Offer, Outcome, Part, Payload, Reply, Shape, Slot, Status, Stream, Type, TypeId,
};
use crate::read;
use crate::source::Pointer;
use openapiv3::{Response, StatusCode};

/// What an operation answers, and what it is asked for.
pub struct Answers<'d> {
    /// When all is well.
    pub answer: Answer,
    /// How that is asked for.
    pub offer: Offer,
    /// Otherwise.
    pub failures: Vec<Reply>,
    /// The enum of these.
    pub failure: Option<TypeId>,
    /// What may be an example of them when all is well, if it is no stream.
    pub examples: Vec<Candidate<'d>>,
}

/// What is found in one successful answer after the other.
#[derive(Default)]
struct Found<'d> {
    offer: Offer,
    /// The media types to ask for.
    wanted: Vec<String>,
    streams: Vec<Stream>,
    examples: Vec<Candidate<'d>>,
}

/// Lowers the answers of an operation. Whether an enum is wanted is seen when it is known which
/// types are the same; see [`replies`](super::replies).
pub fn answers<'d>(cx: &mut Cx, operation: &'d read::Operation, place: &Place) -> Answers<'d> {
    let mut found = Found::default();
    let mut successes = Vec::new();
    let mut failures = Vec::new();
    let any_success = operation
        .responses
        .iter()
        .any(|(status, _)| is_success(status_of(status)));
    for (status, response) in &operation.responses {
        let status = status_of(status);
        // Whatever it declares, nothing comes.
        if operation.method == "HEAD" {
            headers(response, &mut found.offer);
            continue;
        }
        if is_success(status) || (status == Status::Default && !any_success) {
            headers(response, &mut found.offer);
            successes.extend(success(cx, status, response, place, &mut found));
        }
        if !is_success(status) {
            failures.extend(failure(cx, status, response, place));
        }
    }
    let Found {
        mut offer,
        mut wanted,
        streams,
        mut examples,
    } = found;
    let beside = single(cx, streams, operation);
    let has_body = successes.iter().any(|it| it.payload != Payload::Empty);
    let (awaited, beside) = if has_body {
        (None, beside)
    } else {
        (beside, None)
    };
    if let Some(stream) = &awaited {
        wanted = vec![stream.media.clone()];
    }
    offer.stream = beside;
    offer.accept = media::accept(&wanted);
    let at = operation.at.key("responses");
    let answer = match (awaited, successes.as_slice()) {
        (Some(stream), _) => Answer::Stream(stream),
        (None, []) => Answer::One(Payload::Empty),
        (None, [only]) => Answer::One(only.payload.clone()),
        (None, several) => {
            let at = at.key(&several[0].status.to_string());
            match declare(cx, several, at, place, Role::Answers) {
                Some(id) => Answer::OneOf(id),
                None => Answer::One(several[0].payload.clone()),
            }
        }
    };
    if answer == Answer::One(Payload::Empty) {
        examples.push(Candidate::Empty(Status::Code(200)));
    }
    let failure = match failures.as_slice() {
        [] | [_] => None,
        several => declare(cx, several, at, place, Role::Failures),
    };
    Answers {
        answer,
        offer,
        failures,
        failure,
        examples,
    }
}

/// The one stream that there is a function for.
fn single(cx: &mut Cx, streams: Vec<Stream>, operation: &read::Operation) -> Option<Stream> {
    let mut streams = streams.into_iter();
    let first = streams.next()?;
    for other in streams.filter(|other| *other != first) {
        cx.report.degraded(
            "another-stream",
            &operation.at.key("responses"),
            format!(
                "beside the stream in `{}` there is one in `{}`",
                first.media, other.media
            ),
            "the first one is typed",
        );
    }
    Some(first)
}

fn status_of(status: &Option<StatusCode>) -> Status {
    match status {
        Some(StatusCode::Code(code)) => Status::Code(*code),
        Some(StatusCode::Range(class)) => Status::Class(*class),
        None => Status::Default,
    }
}

fn is_success(status: Status) -> bool {
    match status {
        Status::Code(code) => (200..300).contains(&code),
        Status::Class(class) => class == 2,
        Status::Default => false,
    }
}

/// The headers of an answer that are not of this client.
fn headers(response: &read::Site<Response>, offer: &mut Offer) {
    for name in response.item.headers.keys() {
        if !header::is_of_the_body(name) && !offer.headers.contains(name) {
            offer.headers.push(name.clone());
        }
    }
}

/// The media types of an answer; none where its status allows none.
fn declared<'r>(
    cx: &mut Cx,
    status: Status,
    response: &'r read::Site<Response>,
) -> Vec<Declared<'r>> {
    let all = media::all(&response.item.content, &response.at, cx.report);
    if !matches!(status, Status::Code(204 | 205 | 304)) {
        return all;
    }
    if !all.is_empty() {
        cx.report.note(
            "content-of-no-content",
            &response.at,
            "an answer without content declares some",
            "it is typed as empty",
        );
    }
    Vec::new()
}

/// What is read of a successful answer; the rest of its media types go into the offer, those that
/// come as a stream to the streams.
fn success<'d>(
    cx: &mut Cx,
    status: Status,
    response: &'d read::Site<Response>,
    place: &Place,
    found: &mut Found<'d>,
) -> Vec<Reply> {
    let mut declared = declared(cx, status, response);
    let all = declared.len();
    let streams = declared.iter();
    let streams = streams.filter_map(|declared| stream::of(cx, declared, response, place));
    found.streams.extend(streams);
    declared.retain(|declared| stream::framing(declared.kind).is_none());
    if declared.is_empty() && all > 0 {
        return Vec::new();
    }
    let kinds = [Kind::Json, Kind::Text, Kind::Bytes];
    let kind_of = |declared: &Declared| read_as(declared.kind);
    let kind = kinds
        .into_iter()
        .find(|kind| declared.iter().any(|declared| kind_of(declared) == *kind));
    let Some(kind) = kind else {
        found.examples.push(Candidate::Empty(status));
        return vec![empty(status)];
    };
    let (mut read, others): (Vec<&Declared>, Vec<&Declared>) = declared
        .iter()
        .partition(|declared| kind_of(declared) == kind);
    read.sort_by_key(|declared| !media::is_plain_json(declared.name));
    found.examples.push(Candidate::Content {
        status,
        response,
        declared: *read[0],
    });
    found
        .wanted
        .extend(read.iter().map(|declared| declared.name.to_owned()));
    note_others(
        cx,
        response,
        &others,
        read[0],
        "`send_as` gives it as bytes",
    );
    for other in others {
        if !found.offer.others.iter().any(|known| known == other.name) {
            found.offer.others.push(other.name.to_owned());
        }
    }
    replies(cx, status, &read, response, place, Role::Answer)
}

/// Forms are text; a form of parts is bytes.
pub fn read_as(kind: Kind) -> Kind {
    match kind {
        Kind::Form => Kind::Text,
        Kind::Multipart => Kind::Bytes,
        Kind::Json | Kind::Lines | Kind::Text | Kind::Bytes | Kind::Events => kind,
    }
}

/// What is read of another answer.
fn failure(
    cx: &mut Cx,
    status: Status,
    response: &read::Site<Response>,
    place: &Place,
) -> Vec<Reply> {
    let declared = declared(cx, status, response);
    let kind_of = |declared: &Declared| read_as(declared.kind);
    let Some(kind) = declared.iter().map(kind_of).min() else {
        return vec![empty(status)];
    };
    let (read, others): (Vec<_>, Vec<_>) = declared
        .iter()
        .partition(|declared| kind_of(declared) == kind);
    note_others(cx, response, &others, read[0], "it is not asked for");
    replies(cx, status, &read, response, place, Role::Failure)
}

/// Says what is not read: lost is what has a schema of its own.
fn note_others(
    cx: &mut Cx,
    response: &read::Site<Response>,
    others: &[&Declared],
    read: &Declared,
    help: &str,
) {
    for other in others {
        let at = response.at.key("content").key(other.name);
        let message = format!("an answer in `{}` is read as that", read.name);
        if same_schema(&schema(cx, other), &schema(cx, read)) {
            cx.report
                .note("same-in-other-media-type", &at, message, help);
        } else {
            cx.report.lost("other-media-type", &at, message, help);
        }
    }
}

fn schema<'d>(cx: &Cx<'d, '_>, declared: &Declared) -> Option<Node<'d>> {
    node(cx, declared.media.schema.as_ref()?)
}

fn empty(status: Status) -> Reply {
    Reply {
        status,
        media: None,
        payload: Payload::Empty,
    }
}

/// What an answer has in media types of one kind.
fn replies(
    cx: &mut Cx,
    status: Status,
    read: &[&Declared],
    response: &read::Site<Response>,
    place: &Place,
    role: Role,
) -> Vec<Reply> {
    let mut replies: Vec<Reply> = Vec::new();
    for declared in read {
        note_loss(cx, declared, response);
        let payload = match read_as(declared.kind) {
            Kind::Json => json(cx, declared, place, role),
            Kind::Lines | Kind::Events | Kind::Text | Kind::Form => Payload::Text,
            Kind::Bytes | Kind::Multipart => Payload::Bytes,
        };
        if !replies.iter().any(|known| known.payload == payload) {
            let media = Some(declared.name.to_owned());
            replies.push(Reply {
                status,
                media,
                payload,
            });
        }
    }
    replies
}

fn json(cx: &mut Cx, declared: &Declared, place: &Place, role: Role) -> Payload {
    match declared
        .media
        .schema
        .as_ref()
        .and_then(|schema| node(cx, schema))
    {
        Some(node) if node.only_null() => Payload::Empty,
        Some(node) => Payload::Json(root(cx, &node, place, role)),
        None => Payload::Json(Type::Json),
    }
}

/// Says what is less than it could be.
fn note_loss(cx: &mut Cx, declared: &Declared, response: &read::Site<Response>) {
    let at = response.at.key("content").key(declared.key);
    if media::is_xml(declared.name) {
        let message = format!("an answer in `{}` is text", declared.name);
        cx.report.lost(
            "xml-as-text",
            &at,
            message,
            "parse it with a library of XML",
        );
    } else if matches!(declared.kind, Kind::Lines | Kind::Events) {
        let message = format!("a failure in `{}` is text, read whole", declared.name);
        let help = "a stream that does not end meets the client's limits of time and size";
        cx.report.degraded("stream-as-text", &at, message, help);
    } else if media::essence(declared.name).starts_with("multipart/") {
        let message = format!("an answer in `{}` is bytes", declared.name);
        let help = "take it apart by the boundary in its content-type";
        cx.report.degraded("multipart-as-bytes", &at, message, help);
    }
}

/// Declares an enum of answers.
fn declare(
    cx: &mut Cx,
    replies: &[Reply],
    at: Pointer,
    place: &Place,
    role: Role,
) -> Option<TypeId> {
    let text = |text: String| vec![Part::Text(text)];
    let cases = replies.iter().map(|reply| {
        let status = status::words(reply.status);
        let plain = vec![text(status.clone())];
        let with = |media: String| vec![Part::Text(status.clone()), Part::Text(media)];
        let longer = reply
            .media
            .as_deref()
            .map(|media| with(media::words(media)));
        // With its parameters, and so unlike any other.
        let whole = reply.media.clone().map(with);
        let plain_media = reply.media.as_deref().is_none_or(media::is_plain_json);
        let alone = replies
            .iter()
            .filter(|other| other.status == reply.status)
            .count()
            == 1;
        let short: Vec<_> = if plain_media || alone {
            plain.into_iter().chain(longer).collect()
        } else {
            longer.into_iter().chain(plain).collect()
        };
        let candidates = short.into_iter().chain(whole).collect();
        Outcome {
            name: Slot {
                place: case_place(place, reply, alone),
                candidates,
            },
            reply: reply.clone(),
        }
    });
    let place = Place {
        at,
        ..place.clone()
    };
    let shape = Shape::Replies(cases.collect());
    match cx.declare_choice(shape, &place, Side::Response, role, Vec::new()) {
        Type::Named(id) => Some(id),
        _ => None,
    }
}

/// Where a case stands, seen from its operation.
fn case_place(place: &Place, reply: &Reply, alone: bool) -> Pointer {
    let at = place.at.key("responses").key(&reply.status.to_string());
    match &reply.media {
        Some(media) if !alone => at.key("content").key(media),
        _ => at,
    }
}
