//! What tells alternatives apart, and those that are none.

use crate::{read, round_trip, write};
use serde_json::{Value, json};

#[test]
fn a_number_or_a_flag_tells() {
    use crate::cases::discriminators::models::{Packet, PacketBye, Reply};
    let packet: Packet = round_trip(json!({"op": 2, "name": "x"}));
    assert!(matches!(&packet, Packet::Bye(PacketBye { op: 2, .. })));
    assert!(matches!(round_trip(json!({"op": 1})), Packet::Hello(_)));
    assert!(matches!(
        round_trip(json!({"op": 3, "name": "x"})),
        Packet::Unknown(_)
    ));
    assert!(matches!(
        round_trip(json!({"ok": false, "note": "no"})),
        Reply::Bad(_)
    ));
    assert!(matches!(round_trip(json!({"ok": true})), Reply::Good(_)));
}

#[test]
fn several_values_tell() {
    use crate::cases::discriminators::models::{Move, MoveStep, MoveTo, MoveTurn};
    let Move::Turn(MoveTurn { to, by, .. }) = round_trip(json!({"to": "right", "by": 5})) else {
        panic!("it is a turn")
    };
    assert_eq!((to, by), (MoveTo::Right, Some(5)));
    assert!(matches!(
        round_trip(json!({"to": "ahead"})),
        Move::Step(MoveStep { by: None, .. })
    ));
    assert!(matches!(
        round_trip(json!({"to": "back"})),
        Move::Unknown(_)
    ));
}

/// Of those with the same value the closest fit; what has none comes last.
#[test]
fn a_value_that_tells_in_part() {
    use crate::cases::discriminators::models::Item;
    assert!(matches!(
        round_trip(json!({"type": "message", "say": "x"})),
        Item::Answer(_)
    ));
    assert!(matches!(
        round_trip(json!({"type": "message", "ask": "x"})),
        Item::Question(_)
    ));
    assert!(matches!(
        round_trip(json!({"type": "call", "ask": "x"})),
        Item::Call(_)
    ));
    assert!(matches!(round_trip(json!({"since": "now"})), Item::Rest(_)));
    assert_eq!(round_trip::<Item>(json!("x")), Item::String("x".to_owned()));
    assert!(matches!(
        round_trip(json!({"type": "new", "ask": "x"})),
        Item::Unknown(_)
    ));
    // A member that the document does not know makes it no other.
    let call: Item = read(json!({"type": "call", "since": "now"}));
    assert!(matches!(call, Item::Call(_)));
}

#[test]
fn alternatives_of_alternatives_tell() {
    use crate::cases::discriminators::models::{Inner, Outer};
    let outer: Outer = round_trip(json!({"c": "green", "v": 1}));
    assert!(matches!(&outer, Outer::Inner(Inner::Green(green)) if green.v == Some(1)));
    assert!(matches!(round_trip(json!({"c": "blue"})), Outer::Blue(_)));
    assert!(matches!(
        round_trip(json!({"c": "grey"})),
        Outer::Unknown(_)
    ));
}

#[test]
fn mappings() {
    use crate::cases::discriminators::models::{Device, Lamp};
    assert!(matches!(
        round_trip(json!({"t": "light", "watts": 5})),
        Device::Lamp(_)
    ));
    assert!(matches!(
        round_trip(json!({"t": "sound", "tones": 2})),
        Device::Sound(_)
    ));
    assert!(matches!(
        round_trip(json!({"t": "siren"})),
        Device::Siren(_)
    ));
    // Without an entry by its name; a name that has an entry is no value.
    assert!(matches!(round_trip(json!({"t": "Flag"})), Device::Flag(_)));
    assert!(matches!(
        round_trip(json!({"t": "Lamp"})),
        Device::Unknown(_)
    ));
    let lamp: Lamp = read(json!({"t": "light"}));
    assert_eq!(write(&Device::Lamp(lamp)), json!({"t": "light"}));
}

/// Never a dog with an unknown kind.
#[test]
fn one_value_of_an_enum_tells() {
    use crate::cases::discriminators::models::{Cat, Pet};
    let pet: Pet = round_trip(json!({"kind": "cat", "lives": 9}));
    assert!(matches!(pet, Pet::Cat(Cat { lives: 9, .. })));
    assert!(matches!(round_trip(json!({"kind": "dog"})), Pet::Dog(_)));
    assert!(matches!(
        round_trip(json!({"kind": "newt", "lives": 1})),
        Pet::Unknown(_)
    ));
}

#[test]
fn required_members_tell() {
    use crate::cases::discriminators::models::{Ab, All};
    let all: All = round_trip(json!({"b": "x"}));
    assert!(matches!(&all, All::Ab(Ab::B(b)) if b.b == "x"));
    assert!(matches!(round_trip(json!({"c": "x"})), All::C(_)));
}

/// Alternatives that end in one Rust type are that type.
#[test]
fn one_type() {
    use crate::cases::one_type::models::{Card, Colour, Known, Maybe, Nested, SameA, Stone, Wood};
    let card: Card = round_trip(json!({
        "mail": "a@b", "key": "no uuid", "colour": "green", "wood": "elm", "stone": "flint",
        "maybe": "oak", "same": {"a": "x"}, "nested": [[1]]
    }));
    let mail: Option<String> = card.mail;
    let key: Option<String> = card.key;
    assert_eq!(
        (mail.as_deref(), key.as_deref()),
        (Some("a@b"), Some("no uuid"))
    );
    // An enum beside free text is an enum as it is: open.
    assert_eq!(card.colour, Some(Colour::Unknown("green".to_owned())));
    let wood: Option<Wood> = Some(Known::Elm);
    assert_eq!(card.wood, wood);
    assert_eq!(card.stone, Some(Stone::Flint));
    let maybe: Option<Maybe> = Some(Known::Oak);
    assert_eq!(card.maybe, maybe);
    let same: Option<SameA> = card.same;
    assert_eq!(same.and_then(|same| same.a), Some("x".to_owned()));
    assert_eq!(card.nested, Some(Nested::IntegerArrayArray(vec![vec![1]])));
    assert_eq!(
        round_trip::<Nested>(json!([])),
        Nested::StringArray(Vec::new())
    );
    assert_eq!(
        round_trip::<Nested>(json!("all")),
        Nested::Listed("all".to_owned())
    );
    assert!(matches!(round_trip(json!({"a": "b"})), Nested::Object(_)));
    let card: Card = read(json!({"maybe": null}));
    assert_eq!(write(&card), Value::Object(serde_json::Map::new()));
}
