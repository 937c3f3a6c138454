//! Names that are hard: each is there, and has its own text on the wire.

use crate::cases::names::models::{
    A, Comparator, D, E, Future, LettersBody, LookAlikeCamel, N2fast, Outcome, S, Sizes, T, Zone,
};
use crate::{Value, round_trip};
use serde_json::json;

#[test]
fn values_have_names_of_their_own() {
    let zone: Zone = round_trip(json!("Etc/GMT-12"));
    assert_eq!(zone, Zone::EtcGmtMinus12);
    assert_eq!(Zone::from("Etc/GMT+12"), Zone::EtcGmtPlus12);
    assert_eq!(Zone::from(""), Zone::Empty);
    assert_eq!(Comparator::VALUES.len(), 14);
    for value in Comparator::VALUES {
        assert_eq!(&Comparator::from(value.as_str()), value);
        assert!(!matches!(value, Comparator::Unknown(_)));
    }
    assert_eq!(Comparator::from(" "), Comparator::Blank);
    assert_eq!(Comparator::from("≠").as_str(), "≠");
    // A listed value that is called Unknown keeps its name; the other one moves.
    assert_eq!(Sizes::from("Unknown"), Sizes::Unknown);
    assert_eq!(Sizes::from("7GB"), Sizes::Unlisted("7GB".to_owned()));
    assert_eq!(Sizes::from("self"), Sizes::Self_);
    // Within the code of an enum, `Err` and `Ok` are still those of `Result`.
    let outcome: Outcome = round_trip(json!("Err"));
    assert_eq!(outcome, Outcome::Err);
    assert_eq!("Ok".parse(), Ok(Outcome::Ok));
}

#[test]
fn properties_have_names_of_their_own() {
    let odd: N2fast =
        round_trip(json!({"2nd": "a", "@type": "b", "": "c", "$": "d", "naïve": "e"}));
    assert_eq!(odd.n2nd.as_deref(), Some("a"));
    assert_eq!(odd.r#type.as_deref(), Some("b"));
    assert_eq!(odd.empty.as_deref(), Some("c"));
    assert_eq!(odd.dollar.as_deref(), Some("d"));
    assert_eq!(odd.naive.as_deref(), Some("e"));
    let alike: LookAlikeCamel = round_trip(json!({"item-id": "a", "item_id": 1, "itemId": true}));
    assert_eq!(alike.item_id, Some(1));
    assert_eq!(alike.item_id_kebab.as_deref(), Some("a"));
    assert_eq!(alike.item_id_camel, Some(true));
    let future: Future = round_trip(json!({"gen": 7, "async": true}));
    assert_eq!((future.r#gen, future.r#async), (Some(7), Some(true)));
}

/// The runtime's tables have type parameters of such names.
#[test]
fn a_letter_is_a_type() {
    let t: T = round_trip(json!({"d": {"s": ["T", "D"]}, "a": {"e": "A"}, "x": {"e": "S"}}));
    assert_eq!(t.d.s, Some(S::EArray(vec![E::T, E::D])));
    assert_eq!(t.extra["x"], S::A(A { e: E::S }));
    let built = T::builder()
        .d(D::builder().s(S::EArray(vec![E::T, E::D])))
        .a(A::builder().e(E::A))
        .extra([("x".to_owned(), S::A(A { e: E::S }))].into());
    let body = crate::Fill::<LettersBody>::fill(built).expect("nothing is missing");
    assert!(matches!(body, LettersBody::Json(built) if built == t));
}

/// What differs only in case style: all of it is read and goes back.
#[test]
fn nothing_is_lost() {
    let words: Value = json!({"self": "a", "Self": "b", "crate": "c", "super": "d", "fn": "e"});
    let words: crate::cases::names::models::SelfSchema = round_trip(words);
    assert_eq!(words.crate_.as_deref(), Some("c"));
    assert_eq!(words.r#fn.as_deref(), Some("e"));
}

/// What keeps the rest has a name beside every name of the document.
#[test]
fn own_members_have_names_of_their_own() {
    use crate::cases::own_members::models::{Content, Grade, Jar, Light, Signal};
    let jar: Jar = round_trip(json!({"extra": "salt", "figs": 3}));
    assert_eq!(jar.extra.as_deref(), Some("salt"));
    assert_eq!(jar.extra_members.get("figs"), Some(&3));
    assert_eq!(Light::from("unknown"), Light::Unknown);
    assert_eq!(Light::from("blue"), Light::Unlisted("blue".to_owned()));
    assert_eq!(Signal::from("Unlisted"), Signal::Unlisted);
    assert_eq!(Signal::from("x"), Signal::Undeclared("x".to_owned()));
    let grades: Vec<Grade> = round_trip(json!([0, 1, 2]));
    assert_eq!(grades, [Grade::Unknown, Grade::Good, Grade::Unlisted(2)]);
    let contents: Vec<Content> = round_trip(json!(["jam", 7, null]));
    let expected = [
        Content::Unknown("jam".to_owned()),
        Content::Weight(7),
        Content::Unlisted(Value::Null),
    ];
    assert_eq!(contents, expected);
}
