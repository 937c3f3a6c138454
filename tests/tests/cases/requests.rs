//! What a caller sends: builders, filled-in values, absent and null.

use crate::{Field, Value, read, refused, round_trip, write};
use serde_json::json;

#[test]
fn absent_null_and_value_are_three_things() {
    use crate::cases::absent_null_value::models::{NotePatch, NotePatchPlace};
    let patch = NotePatch::builder()
        .must("m")
        .must_or_null(None::<String>)
        .build()
        .expect("nothing is missing");
    assert_eq!(write(&patch), json!({"must": "m", "mustOrNull": null}));
    let patch = NotePatch::builder()
        .must("m")
        .must_or_null("n")
        .may("a")
        .may_or_null(Field::Null)
        .links(["x"])
        .place(NotePatchPlace::builder().page(3))
        .build()
        .expect("nothing is missing");
    let json = json!({"must": "m", "mustOrNull": "n", "may": "a", "mayOrNull": null, "links": ["x"], "place": {"page": 3}});
    assert_eq!(write(&patch), json);
    assert_eq!(round_trip::<NotePatch>(json), patch);
    assert_eq!(patch.links.value(), Some(&vec!["x".to_owned()]));
    let read: NotePatch = round_trip(json!({"must": "m", "mustOrNull": null, "place": null}));
    assert!(read.may_or_null.is_absent() && read.place.is_null());
    assert!(refused::<NotePatch>(json!({"must": "m"})).contains("mustOrNull"));
    assert!(refused::<NotePatch>(json!({"must": null, "mustOrNull": null})).contains("null"));
}

#[test]
fn everything_missing_is_told_at_once() {
    use crate::cases::absent_null_value::models::{NotePatch, NotePatchPlace};
    let patch = NotePatch::builder()
        .place(NotePatchPlace::builder())
        .build();
    let missing = patch.expect_err("much is missing");
    assert_eq!(missing.fields(), ["place.page", "must", "mustOrNull"]);
}

#[test]
fn an_answer_reads_null_as_left_out() {
    use crate::cases::absent_null_value::models::Seen;
    let seen: Seen = crate::read(json!({"mayOrNull": null}));
    assert_eq!(seen, Seen::default());
}

#[test]
fn a_single_value_is_filled_in() {
    use crate::cases::single_values::models::{SendParcelRequest, SendParcelResponse};
    let parcel = SendParcelRequest::builder()
        .weight(2)
        .build()
        .expect("nothing is missing");
    assert_eq!(
        write(&parcel),
        json!({"kind": "parcel", "version": 2, "weight": 2.0})
    );
    // An answer has whatever the server says.
    let answer: SendParcelResponse =
        round_trip(json!({"status": "refused", "rank": 3, "note": "fragile"}));
    let status: String = answer.status;
    assert_eq!((status.as_str(), answer.rank), ("refused", 3));
}

#[test]
fn what_is_read_only_is_not_asked_for() {
    use crate::cases::read_write_only::models::{CardRequest, Member, MemberRequest};
    let card = CardRequest::builder().number(5);
    let request = MemberRequest::builder()
        .name("Ada")
        .secret("s")
        .card(card)
        .build()
        .expect("nothing is missing");
    assert_eq!(
        write(&request),
        json!({"name": "Ada", "secret": "s", "card": {"number": 5}})
    );
    let json: Value = json!({
        "id": "8d0f", "name": "Ada", "card": {"number": 5, "since": "2026-01-01T00:00:00.000Z"}
    });
    let member: Member = round_trip(json);
    assert_eq!(member.card.since, "2026-01-01T00:00:00.000Z");
}

/// What two requests have in common can send the `null` that one of them takes.
#[test]
fn a_null_that_one_place_takes_can_be_sent() {
    use crate::cases::sharing::models::{ApiNote, ChangeNoteRequest};
    use crate::runtime::Field;
    let note = ApiNote::builder().text(Field::Null).by("Ada");
    let request = ChangeNoteRequest::builder().note(note);
    let request = request.build().expect("nothing is missing");
    assert_eq!(
        write(&request),
        json!({"note": {"text": null, "by": "Ada"}})
    );
}

/// Also where the names of members are keywords elsewhere.
#[test]
fn members_of_any_name_have_their_side() {
    use crate::cases::keyword_names::models::{DefaultRequest, Room, RoomRequest};
    let request = RoomRequest::builder()
        .default(DefaultRequest::builder().name("Blue"))
        .r#enum("double")
        .build()
        .expect("nothing is missing");
    assert_eq!(
        write(&request),
        json!({"default": {"name": "Blue"}, "enum": "double"})
    );
    let room: Room = round_trip(json!({
        "default": {"name": "Blue", "const": 7}, "enum": "double", "example": "e"
    }));
    assert_eq!(room.default.r#const, 7);
}

/// A server that answers what it should only be sent: where further members have a type, that is none of them.
#[test]
fn what_is_of_the_other_side_is_no_further_member() {
    use crate::cases::other_side::models::{Free, Scores, ScoresRequest};
    let answer = json!({"key": "s", "club": "chess", "ada": 3, "by": "x", "bob": 4});
    let scores: Scores = read(answer);
    assert_eq!(scores.by.as_deref(), Some("x"));
    assert_eq!(
        write(&scores),
        json!({"club": "chess", "by": "x", "ada": 3, "bob": 4})
    );
    let sent =
        json!({"club": "chess", "at": "2026-01-01T00:00:00Z", "by": "x", "key": "s", "ada": 3});
    let scores: ScoresRequest = read(sent);
    assert_eq!(
        write(&scores),
        json!({"club": "chess", "key": "s", "ada": 3})
    );
    let free: Free = round_trip(json!({"at": "x", "key": "s", "ada": 3}));
    assert_eq!(free.extra["key"], "s");
}
