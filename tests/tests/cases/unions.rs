//! One of several.

use crate::cases::unions::models::{
    Ahead, Boat, Captain, Crane, Depth, Flag, FlagListed, Heading, Machine, Maybe, Names, Port,
    Quay, Sailboat, Tug,
};
use crate::{Value, read, refused, round_trip};
use serde_json::json;

/// The one value of `kind` tells which, although no discriminator is declared.
#[test]
fn evident_discriminator() {
    let boat: Boat = round_trip(json!({"kind": "sail", "sails": 2}));
    assert!(matches!(&boat, Boat::Sailboat(Sailboat { sails: 2, .. })));
    let boat: Boat = round_trip(json!({"kind": "tug"}));
    assert!(matches!(&boat, Boat::Tug(Tug { pull: None, .. })));
    let boat: Boat = round_trip(json!({"kind": "raft", "logs": 9}));
    assert_eq!(boat, Boat::Unknown(json!({"kind": "raft", "logs": 9})));
    // It is a tug, but not one that can be read: kept as it came.
    let boat: Boat = round_trip(json!({"kind": "sail"}));
    assert_eq!(boat, Boat::Unknown(json!({"kind": "sail"})));
}

#[test]
fn declared_discriminator() {
    let machine: Machine = round_trip(json!({"type": "lift-2", "load": 5.5}));
    assert!(matches!(&machine, Machine::Lift(lift) if lift.load == 5.5));
    let mut crane: Crane = read(json!({"reach": 30.5}));
    crane.r#type = None;
    assert_eq!(
        crate::write(&Machine::Crane(crane)),
        json!({"reach": 30.5, "type": "crane"})
    );
    let machine: Machine = round_trip(json!({"type": "lift", "load": 5.5}));
    assert!(matches!(machine, Machine::Unknown(_)));
}

#[test]
fn a_whole_float_is_a_whole_number_in_an_alternative_too() {
    let boat: Boat = read(json!({"kind": "sail", "sails": 3.0}));
    assert!(matches!(&boat, Boat::Sailboat(Sailboat { sails: 3, .. })));
    // Of what takes fractions it stays as it is.
    let depth: Depth = read(json!(2.0));
    assert_eq!(depth, Depth::Number(2.0));
}

#[test]
fn scalar_or_object() {
    let depth: Depth = round_trip(json!(4.5));
    assert_eq!(depth, Depth::Number(4.5));
    let depth: Depth = round_trip(json!({"fathoms": 2.5}));
    assert!(matches!(&depth, Depth::WithFathoms(depth) if depth.fathoms == 2.5));
    let depth: Depth = round_trip(json!("deep"));
    assert_eq!(depth, Depth::Unknown(json!("deep")));
}

#[test]
fn scalar_or_enum() {
    let flag: Flag = round_trip(json!(true));
    assert_eq!(flag, Flag::Boolean(true));
    let flag: Flag = round_trip(json!("half"));
    assert_eq!(flag, Flag::Listed(FlagListed::Half));
    let flag: Flag = round_trip(json!("torn"));
    assert_eq!(flag, Flag::Listed(FlagListed::Unknown("torn".to_owned())));
}

#[test]
fn scalar_or_lists() {
    let names: Names = round_trip(json!("a"));
    assert_eq!(names, Names::String("a".to_owned()));
    let names: Names = round_trip(json!(["a"]));
    assert_eq!(names, Names::StringArray(vec!["a".to_owned()]));
    let names: Names = round_trip(json!([1]));
    assert_eq!(names, Names::IntegerArray(vec![1]));
    let names: Names = round_trip(json!([]));
    assert_eq!(names, Names::StringArray(Vec::new()));
}

#[test]
fn union_in_a_union() {
    let quay: Quay = round_trip(json!({"kind": "tug", "pull": 1.5}));
    assert!(matches!(quay, Quay::Boat(Boat::Tug(_))));
    let quay: Quay = round_trip(json!({"type": "crane", "reach": 1.5}));
    assert!(matches!(quay, Quay::Machine(Machine::Crane(_))));
}

/// `anyOf` of bare `required` lists says what has to be there, not what there is.
#[test]
fn required_lists_are_no_union() {
    let captain: Captain = round_trip(json!({"radio": "16"}));
    assert_eq!(
        (captain.phone, captain.radio.as_deref()),
        (None, Some("16"))
    );
}

#[test]
fn one_of_something_and_null() {
    let port: Port = round_trip(json!({"maybe": {"kind": "tug"}}));
    let maybe: Option<Maybe> = port.maybe;
    assert_eq!(maybe.map(|tug| tug.kind), Some("tug".to_owned()));
    let port: Port = read(json!({"maybe": null, "boat": null}));
    assert_eq!(crate::write(&port), Value::Object(serde_json::Map::new()));
}

/// Alternatives that say which of the members beside them have to be there, and no more.
#[test]
fn what_only_narrows_is_no_union() {
    use crate::cases::beside_unions::models::{Letter, Text};
    let letter: Letter = round_trip(json!({"to": "Ida", "text": {"plain": "hello"}}));
    let text: Option<Text> = letter.text;
    assert_eq!(text.and_then(|text| text.plain), Some("hello".to_owned()));
    let letter: Letter =
        round_trip(json!({"to": "Ida", "text": {"plain": "a", "markup": "b"}, "copy": true}));
    assert_eq!((letter.to.as_str(), letter.copy), ("Ida", Some(true)));
    assert!(refused::<Letter>(json!({"copy": true})).contains("to"));
}

/// What stands beside alternatives belongs to each of them.
#[test]
fn members_beside_alternatives() {
    use crate::cases::beside_unions::models::{Card, CardFolded, CardPlain, Parcel};
    use crate::cases::beside_unions::models::{ParcelByRoad, ParcelBySea};
    let json = json!({"weight": 2.5, "note": "fragile", "lorry": "L 7"});
    let Parcel::ByRoad(parcel) = round_trip(json) else {
        panic!("it goes by road")
    };
    let ParcelByRoad {
        weight,
        note,
        lorry,
        ..
    } = parcel;
    assert_eq!((weight, note.as_deref()), (2.5, Some("fragile")));
    assert_eq!(lorry, "L 7");
    let Parcel::BySea(parcel) = round_trip(json!({"weight": 1.5, "ship": "Tern", "deck": 2}))
    else {
        panic!("it goes by sea")
    };
    let ParcelBySea { ship, deck, .. } = parcel;
    assert_eq!((ship.as_str(), deck), ("Tern", Some(2)));
    // `weight` is missing, whichever it is.
    let parcel: Parcel = round_trip(json!({"ship": "Tern"}));
    assert!(matches!(parcel, Parcel::Unknown(_)));

    let card: Card = round_trip(json!({"picture": "cat"}));
    assert!(matches!(&card, Card::Plain(CardPlain { picture, .. }) if picture == "cat"));
    for json in [
        json!({"inside": "hello"}),
        json!({"picture": "cat", "inside": "hello"}),
    ] {
        let card: Card = round_trip(json);
        assert!(matches!(&card, Card::Folded(CardFolded { inside, .. }) if inside == "hello"));
    }
}

#[test]
fn a_union_that_contains_itself_is_read_once() {
    use crate::cases::alias_cycles::models::{Answer, Call, Voice};
    assert_eq!(
        round_trip::<Voice>(json!("echo")),
        Voice::String("echo".to_owned())
    );
    assert_eq!(
        round_trip::<Call>(json!(7)),
        Call::Answer(Answer::Integer(7))
    );
    // What fits nothing is kept by the form that keeps most.
    let nothing = Answer::Unknown(json!([1]));
    assert_eq!(round_trip::<Call>(json!([1])), Call::Answer(nothing));
}

/// Where anything is an alternative, nothing of a value is lost to another one.
#[test]
fn anything_beside_others() {
    let ahead: Heading = round_trip(json!({"next": "quay"}));
    assert!(matches!(&ahead, Heading::Ahead(Ahead { next: Some(next) }) if next == "quay"));
    let both: Heading = round_trip(json!({"next": "quay", "last": "pier"}));
    assert!(matches!(&both, Heading::Other(Value::Object(_))));
    let number: Heading = round_trip(json!(4));
    assert_eq!(number, Heading::Other(json!(4)));
}
