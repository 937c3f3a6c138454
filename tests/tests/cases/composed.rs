//! What is put together: `allOf`, inheritance, further members, conditions, tuples.

use crate::{read, refused, round_trip, write};
use serde_json::json;

/// `required` of any member counts, and a member is what all say of it.
#[test]
fn narrowed_members() {
    use crate::cases::compositions::models::{Base, Narrow, NarrowKind, NarrowMark, NarrowPart};
    let json = json!({
        "id": "n", "kind": "lamp", "size": 3, "cast": "2026-01-31", "note": "hot", "any": true,
        "parts": [{"name": "rim", "count": 2}], "marks": {"back": {"by": "Ida", "at": "top"}},
        "next": {"id": "m", "note": "", "next": {"id": "l", "note": "", "next": null}}
    });
    // The chain has to end somewhere, and the document does not let it.
    assert!(refused::<Narrow>(json.clone()).contains("null"));
    assert!(refused::<Narrow>(json!({"id": "n", "note": "x"})).contains("next"));
    assert!(refused::<Narrow>(json!({"id": "n", "next": {}})).contains("id"));
    let part: NarrowPart = round_trip(json!({"name": "rim", "count": 2}));
    assert_eq!(part.count, Some(2));
    let mark: NarrowMark = round_trip(json!({"by": "Ida", "at": "top"}));
    assert_eq!(
        (mark.by.as_deref(), mark.at.as_deref()),
        (Some("Ida"), Some("top"))
    );
    assert_eq!(NarrowKind::VALUES, [NarrowKind::Bell, NarrowKind::Lamp]);
    let base: Base = round_trip(json!({"id": "b", "next": {"id": "c"}, "size": 0.5}));
    assert_eq!(base.next.map(|next| next.id), Some("c".to_owned()));
}

#[test]
fn several_levels_and_conflicts() {
    use crate::cases::compositions::models::{Deep, Kind, Stamp, Sure, Torn};
    let deep: Deep = round_trip(json!({"id": "d", "depth": 3}));
    assert_eq!((deep.id.as_str(), deep.depth), ("d", 3));
    assert!(refused::<Deep>(json!({"id": "d"})).contains("depth"));
    assert!(refused::<Deep>(json!({"depth": 3})).contains("id"));
    // What contradicts is told: types are plain JSON then, of lists the first counts.
    for id in [json!("t"), json!(7)] {
        let torn: Torn = round_trip(json!({"id": id, "kind": "gate"}));
        assert_eq!((torn.id, torn.kind), (id, Some(Kind::Gate)));
    }
    // An alternative that no value can be is none.
    let stamp: Stamp = round_trip(json!({"at": "1820", "id": "s"}));
    assert_eq!(stamp.at.as_deref(), Some("1820"));
    // Beside a reference.
    let sure: Sure = round_trip(json!({"id": "s", "cast": "1820"}));
    assert_eq!(sure.cast, "1820");
    assert!(refused::<Sure>(json!({"id": "s"})).contains("cast"));
}

#[test]
fn scalars_lists_and_maps() {
    use crate::cases::compositions::models::{Sums, Word, Words};
    let word: Word = round_trip(json!("abc"));
    let words: Words = round_trip(json!(["abc"]));
    assert_eq!(words, [word]);
    let sums: Sums = round_trip(json!({"a": 1}));
    assert_eq!(sums["a"], 1_i64);
}

#[test]
fn alternatives_within_and_beside() {
    use crate::cases::compositions::models::{Both, BothRight, BothRightWithDown, Either};
    let either: Either = round_trip(json!({"id": "e", "right": "r"}));
    assert!(matches!(&either, Either::WithRight(it) if it.id == "e" && it.right == "r"));
    let both: Both = round_trip(json!({"right": "r", "down": "d"}));
    let Both::WithRight(BothRight::WithDown(BothRightWithDown { right, down, .. })) = both else {
        panic!("{both:?}")
    };
    assert_eq!((right.as_str(), down.as_str()), ("r", "d"));
    let both: Both = round_trip(json!({"left": "l", "up": "u"}));
    assert!(matches!(both, Both::WithLeft(_)));
}

#[test]
fn compositions_of_themselves() {
    use crate::cases::compositions::models::{Chain, Selves};
    let chain: Chain = round_trip(json!({
        "link": "a", "rest": {"link": "b", "clasp": true, "rest": {"link": "c", "clasp": false}}
    }));
    let rest = chain.rest.expect("it goes on");
    assert_eq!(rest.rest.and_then(|rest| rest.link), Some("c".to_owned()));
    let selves: Selves = round_trip(json!({"name": "a", "inner": {"inner": {"name": "c"}}}));
    assert!(matches!(selves, Selves::WithInner(_)));
}

/// Where a schema with a discriminator is named, a value is one of those that extend it.
#[test]
fn heirs() {
    use crate::cases::inheritance::models::{Animal, AnimalBase, Horse, Limit, Pony, Stall, Tool};
    let animal: Animal = round_trip(json!({
        "species": "Pony", "hands": 12.5, "child": "Ida",
        "mother": {"species": "Horse", "hands": 16.5}
    }));
    let Animal::Pony(Pony { mother, child, .. }) = animal else {
        panic!("{animal:?}")
    };
    assert_eq!(child.as_deref(), Some("Ida"));
    assert!(
        matches!(mother.as_deref(), Some(Animal::Horse(Horse { hands, .. })) if *hands == 16.5)
    );
    let stall: Stall = round_trip(json!({"for": {"species": "Donkey"}}));
    assert!(matches!(stall.r#for, Some(Animal::Donkey(_))));
    let animal: Animal = round_trip(json!({"species": "Animal"}));
    assert!(matches!(animal, Animal::Animal(AnimalBase { .. })));
    // A species that the document does not know keeps all that it has.
    let mule = json!({"species": "Mule", "stubborn": true});
    assert_eq!(round_trip::<Animal>(mule.clone()), Animal::Unknown(mule));
    let horse = Horse::builder().species("Horse").hands(15).build();
    let horse = Animal::Horse(horse.expect("it is whole"));
    assert_eq!(write(&horse), json!({"species": "Horse", "hands": 15.0}));

    let tool: Tool = round_trip(json!({"use": "sweep", "length": 3}));
    assert!(matches!(tool, Tool::Broom(_)));
    for name in ["comb", "groom"] {
        let tool: Tool = round_trip(json!({"use": name, "soft": true}));
        assert!(matches!(tool, Tool::Brush(brush) if brush.r#use == name));
    }
    let tool: Tool = round_trip(json!({"use": "Broom"}));
    assert!(matches!(tool, Tool::Unknown(_)));

    // What the discriminator lists is what comes, however an heir is spelled.
    let limit: Limit = round_trip(json!({"kind": "weekly_limit", "seconds": 9, "day": 2}));
    assert!(matches!(limit, Limit::WeeklyLimit(limit) if limit.day == 2));
    let limit: Limit = round_trip(json!({"kind": "daily_limit", "seconds": 9}));
    assert!(matches!(limit, Limit::Limit(limit) if limit.seconds == 9));
}

#[test]
fn further_members() {
    use crate::cases::further_members::models::{
        Closed, Counts, Item, Lead, Mixed, Rest, SelfSchema, Shut, Strict, Tagged, Two,
    };
    let lead: Lead = round_trip(json!({"email": "a@b", "hat": {"size": 7}}));
    assert_eq!(lead.extra["hat"], json!({"size": 7}));
    let counts: Counts = round_trip(json!({"total": 2, "a": 1}));
    assert_eq!((counts.total, counts.extra["a"]), (Some(2), 1));
    let rest: Rest = round_trip(json!({"a": "x", "n": 1}));
    assert_eq!(rest.extra["n"], 1);
    let tagged: Tagged = round_trip(json!({"a": "x", "x-n": 1, "other": [true]}));
    assert_eq!(tagged.extra["other"], json!([true]));
    let strict: Strict = round_trip(json!({"a": "x", "x-n": 1}));
    assert_eq!(strict.extra["x-n"], 1);
    let two: Two = round_trip(json!({"n": 1, "t": "x"}));
    assert_eq!(two["n"], Item::Integer(1));
    let mixed: Mixed = round_trip(json!({"n": 1, "other": "x"}));
    assert_eq!(mixed["other"], Item::String("x".to_owned()));
    // Closed for who sends; a server that adds a member breaks nobody.
    let closed: Closed = read(json!({"a": "x", "new": 1}));
    assert_eq!(write(&closed), json!({"a": "x"}));
    let shut: Shut = read(json!({"new": 1}));
    assert_eq!(write(&shut), json!({}));
    let itself: SelfSchema = round_trip(json!({"a": "x", "b": {"c": {"a": "y"}}}));
    assert_eq!(itself.extra["b"].extra["c"].a.as_deref(), Some("y"));
}

/// What no type can say is in the documentation; what a condition adds may be there.
#[test]
fn conditions() {
    use crate::cases::conditions::models::{
        Anything, Marks, NoObject, Nothing, Parcel, Pass, Stamps, Tariffs,
    };
    let no_object: NoObject = round_trip(json!([1, "x", null]));
    let anything: Anything = no_object.clone();
    assert_eq!(anything[1], "x");
    let parcel: Parcel = round_trip(json!({"kind": "animal", "vet": "Dr. Vet"}));
    assert_eq!(
        (parcel.vet.as_deref(), parcel.seal),
        (Some("Dr. Vet"), None)
    );
    let parcel: Parcel = round_trip(json!({"kind": "book", "seal": 7}));
    assert_eq!(parcel.seal, Some(7));
    let pass: Pass = round_trip(json!({"visa": "v", "number": "1", "days": 30}));
    assert_eq!(pass.days, Some(30));
    let tariffs: Tariffs = round_trip(json!({"tea": 3}));
    let marks: Marks = round_trip(json!({"X_a": "1"}));
    assert_eq!((tariffs["tea"], marks["X_a"].as_str()), (3, "1"));
    let stamps: Stamps = round_trip(json!(["paid"]));
    assert_eq!(stamps, ["paid"]);
    let nothing: Nothing = round_trip(json!({"a": 1, "b": [2]}));
    assert_eq!(nothing.b, Some(json!([2])));
    let document = include_str!("../../cases/conditions/expected.rs");
    for said in [
        "Not `{\"type\":\"object\"}`",
        "If `{",
        ", then `{",
        "match `^X_`",
    ] {
        assert!(document.contains(said), "{said}");
    }
}

#[test]
fn tuples() {
    use crate::cases::tuples::models::{Control, Leg, LegFirst, LegNote, Old, Point, Tree};
    let control: Control = round_trip(json!(["a", 1]));
    let old: Old = control.clone();
    assert_eq!(old, ("a".to_owned(), 1));
    assert!(refused::<Control>(json!(["a"])).contains("length 1"));
    assert!(refused::<Control>(json!([1, "a"])).contains("string"));
    let leg: Leg = round_trip(json!({
        "from": [1.5, 2.5], "to": [0.5, 4.5], "controls": [["a", 1], ["b", 2]],
        "split": [{"clock": "09:30:00Z"}, null], "only": [null],
        "notes": ["x", 1, true], "words": ["a", "b", "c"], "open": ["a", "b", {"c": 1}],
        "next": ["then", {"from": [1.5, 1.5], "to": [2.5, 2.5], "controls": []}]
    }));
    let to: Point = leg.to;
    assert_eq!(to, (0.5, 4.5));
    assert_eq!(leg.controls[1].0, "b");
    let split: Option<(LegFirst, Option<i64>)> = leg.split;
    assert_eq!(leg.only, Some(vec![None]));
    assert_eq!(
        split.map(|(first, _)| first.clock.to_string()),
        Some("09:30:00Z".to_owned())
    );
    let notes = [
        LegNote::String("x".to_owned()),
        LegNote::Integer(1),
        LegNote::Boolean(true),
    ];
    assert_eq!(leg.notes, Some(notes.to_vec()));
    assert_eq!(leg.open.expect("it is there")[2], json!({"c": 1}));
    let (word, next) = *leg.next.expect("it is there");
    assert_eq!((word.as_str(), next.to), ("then", (2.5, 2.5)));
    let leg = Leg::builder()
        .from((1.0, 2.0))
        .to((3.0, 4.0))
        .controls([("a".to_owned(), 1)]);
    let leg = leg
        .next(("then".to_owned(), next))
        .build()
        .expect("it is whole");
    assert_eq!(write(&leg)["controls"], json!([["a", 1]]));
    let tree: Tree = round_trip(json!([["a", "b"], "c"]));
    let Tree::Tuple(halves) = tree else {
        panic!("{tree:?}")
    };
    assert_eq!(halves.1, Tree::String("c".to_owned()));
}
