//! Numbers of any size, formats, defaults, constants, keys that meet.

use crate::{Base64, Decimal, refused, round_trip, write};
use serde_json::{Value, json};

/// Text goes back digit by digit: `json!` has no such numbers.
fn same_text<T: serde::de::DeserializeOwned + serde::Serialize>(text: &str) -> T {
    let value = crate::runtime::from_slice(text.as_bytes());
    let value: T = value.unwrap_or_else(|fault| panic!("{text}: {fault}"));
    let written = crate::runtime::to_vec(&value).expect("it can be written");
    assert_eq!(String::from_utf8(written).expect("it is text"), text);
    value
}

#[test]
fn numbers_beyond_64_bits() {
    use crate::cases::big_numbers::models::Star;
    let star: Star = same_text(
        r#"{"distance":340282366920938463463374607431768211455,"offset":-9223372036854775809,"photons":18446744073709551615,"mass":0.10000000000000000000000000000000000001,"price":"12.50"}"#,
    );
    assert_eq!(star.distance.parse::<u128>(), Ok(u128::MAX));
    assert_eq!(
        star.offset.as_ref().map(Decimal::as_str),
        Some("-9223372036854775809")
    );
    assert_eq!(star.photons, Some(u64::MAX));
    assert_eq!(star.price.as_deref(), Some("12.50"));
    // What a document shows is what a server may send.
    let star: Star =
        same_text(r#"{"distance":1,"flares":9223372036854776000,"spots":9223372036854776000}"#);
    assert_eq!(
        star.flares.as_ref().map(Decimal::as_str),
        Some("9223372036854776000")
    );
    assert_eq!(star.spots, Some(9_223_372_036_854_776_000_u64));
    // More digits than any type has.
    let digits = "9".repeat(400);
    let star: Star = same_text(&format!(r#"{{"distance":{digits}}}"#));
    assert_eq!(star.distance.as_str(), digits);
    // Small numbers, and what is no whole number although it should be.
    for text in ["0", "-7", "1.0", "1e400"] {
        let star: Star = same_text(&format!(r#"{{"distance":{text}}}"#));
        assert_eq!(star.distance.to_string(), text);
    }
    assert!(refused::<Star>(json!({"distance": true})).contains("number"));
    assert!(refused::<Star>(json!({"distance": "far"})).contains("number"));
    let star: Star = crate::read(json!({"distance": "12"}));
    assert_eq!(star.distance, Decimal::from(12));
    let star = Star::builder()
        .distance(7)
        .mass("1.50".parse::<Decimal>().expect("it is one"));
    let star = star.build().expect("it is whole");
    let written = crate::runtime::to_vec(&star).expect("it can be written");
    assert_eq!(written, br#"{"distance":7,"mass":1.50}"#);
    for text in [
        "", "-", "+1", "0x1", "01", "1.", ".5", "1,5", "NaN", " 1", "1 ", "\"1\"",
    ] {
        assert!(text.parse::<Decimal>().is_err(), "{text:?}");
    }
    assert!(Decimal::try_from(f64::NAN).is_err());
    assert_eq!(
        Decimal::try_from(1.5).map(|number| number.to_string()),
        Ok("1.5".to_owned())
    );
}

#[test]
fn numbers_by_format() {
    use crate::cases::big_numbers::models::Star;
    let star: Star = round_trip(json!({
        "distance": 1, "tiny": -128, "small": 300, "medium": i32::MIN, "large": i64::MIN,
        "byte": 255, "word": 65535, "unsigned": u32::MAX, "unsigned_large": u64::MAX,
        "seen": 1767225600, "plain": i64::MAX, "single": 0.5, "double": 0.25, "code": u64::MAX
    }));
    let (tiny, medium, large): (Option<i32>, Option<i32>, Option<i64>) =
        (star.tiny, star.medium, star.large);
    assert_eq!(
        (tiny, medium, large),
        (Some(-128), Some(i32::MIN), Some(i64::MIN))
    );
    assert_eq!(
        (star.unsigned, star.unsigned_large),
        (Some(u32::MAX), Some(u64::MAX))
    );
    assert_eq!(
        (star.seen, star.code),
        (Some(1_767_225_600), Some(u64::MAX))
    );
    // A number outside its type is an error, never another number.
    for (member, number) in [
        ("medium", json!(2_147_483_648_i64)),
        ("byte", json!(-1)),
        ("plain", json!(9_223_372_036_854_775_808_u64)),
        ("unsigned_large", json!(-1)),
    ] {
        let found = refused::<Star>(json!({"distance": 1, member: number}));
        assert!(found.contains("invalid value"), "{member}: {found}");
    }
}

#[test]
fn formats_keep_their_text() {
    use crate::cases::formats::models::{Entry, EntryKey, EntryWhen};
    let json = json!({
        "id": "0b6e3ff8-3c5c-4c8e-9a1b-3f6a0a6d3c11", "made": "2026-01-31T09:30:00.123456789+01:00",
        "born": "2026-01-31", "wakes": "09:30:00", "for": "P3DT4H", "home": "https://a.example/ü",
        "mail": "a@b.example", "host": "a.example", "v4": "127.0.0.1", "v6": "::1",
        "word": "hunter2", "photo": "AP8=", "thumb": "_-8", "card": "{\"a\": 1}", "sign": "Crab",
        "when": "2026-01-31", "key": "0b6e3ff8-3c5c-4c8e-9a1b-3f6a0a6d3c11"
    });
    let entry: Entry = round_trip(json);
    assert_eq!(
        entry.photo.as_ref().map(Base64::decode),
        Some(Ok(vec![0, 255]))
    );
    assert_eq!(
        entry.thumb.as_ref().map(Base64::decode),
        Some(Ok(vec![255, 239]))
    );
    assert_eq!(Base64::encode([0, 255]), "AP8=");
    assert_eq!(
        entry.v6.and_then(|v6| v6.parse().ok()),
        Some(std::net::Ipv6Addr::LOCALHOST)
    );
    assert_eq!(entry.home.as_deref(), Some("https://a.example/ü"));
    assert!(matches!(entry.when, Some(EntryWhen::Date(_))));
    assert!(matches!(entry.key, Some(EntryKey::Uuid(_))));
    // A secret is sent, and not shown.
    let word = entry.word.expect("it is there");
    assert_eq!(
        (word.as_str(), format!("{word:?}").as_str()),
        ("hunter2", "Secret(..)")
    );
    assert!(!format!("{:?}", Entry::builder().word("hunter2").build()).contains("hunter2"));
    // What is not of its format costs nothing.
    let entry: Entry = round_trip(json!({
        "id": "7", "made": "2026-01-31T09:30:00", "born": "31.1.2026", "photo": "*", "wakes": ""
    }));
    assert_eq!(
        entry.made.map(|made| made.to_string()),
        Some("2026-01-31T09:30:00".to_owned())
    );
    assert_eq!(entry.photo.map(|photo| photo.decode().is_err()), Some(true));
}

/// Where formats are alternatives, the text tells.
#[test]
fn a_format_is_chosen_by_its_text() {
    use crate::cases::formats::models::EntryWhen;
    for (text, form) in [
        ("2026-01-31T09:30:00Z", "DateTime"),
        ("2026-01-31t09:30:00.5-05:30", "DateTime"),
        ("2026-01-31T09:30:00", "DateTime"),
        ("2026-01-31", "Date"),
        ("09:30:00+01:00", "Time"),
        ("09:30:00.25", "Time"),
    ] {
        let when: EntryWhen = round_trip(json!(text));
        let found = match when {
            EntryWhen::DateTime(_) => "DateTime",
            EntryWhen::Date(_) => "Date",
            EntryWhen::Time(_) => "Time",
            EntryWhen::Unknown(_) => "Unknown",
        };
        assert_eq!(found, form, "{text}");
    }
}

/// A default is told, and absent stays absent.
#[test]
fn defaults() {
    use crate::cases::defaults::models::{Plan, PlanLevel, PlanTier};
    let plan = Plan::builder().build().expect("nothing is required");
    assert_eq!(write(&plan), json!({}));
    assert_eq!(round_trip::<Plan>(json!({})), plan);
    let plan = Plan::builder()
        .tier(PlanTier::Paid)
        .level(PlanLevel::High)
        .size(10)
        .tags(["a"]);
    let plan = plan.build().expect("nothing is required");
    assert_eq!(
        write(&plan),
        json!({"tier": "paid", "level": "high", "size": 10, "tags": ["a"]})
    );
    let written = include_str!("../../cases/defaults/expected.rs");
    let told: std::collections::BTreeSet<&str> = written
        .split("Default `")
        .skip(1)
        .filter_map(|rest| rest.split('`').next())
        .collect();
    let good = ["1970-01-01T00:00:00Z", "low", "10", "[]", "{\"floor\":2}"];
    assert_eq!(told, good.into());
}

/// What can have one value only is filled in, whatever it is.
#[test]
fn constants() {
    use crate::cases::constants::models::Sale;
    let sale = Sale::builder()
        .item("card")
        .build()
        .expect("the rest is constant");
    let json = json!({
        "none": null, "shop": {"city": "Ghent"}, "range": [1, 2], "rate": 1.5, "till": 3, "open": true,
        "far": -5_000_000_000_i64, "wide": 5_000_000_000_i64, "item": "card",
        "even": 76, "edition": "1.0", "floor": 2, "first": "1.0"
    });
    assert_eq!(write(&sale), json);
    assert_eq!(round_trip::<Sale>(json), sale);
    assert_eq!(sale.none, Value::Null);
}

#[test]
fn odd_values() {
    use crate::cases::constants::models::{
        Alike, Blank, Colours, ColoursItem, Comparator, Counter, Grid, Mode, Step, Vote, Written,
    };
    for (vote, number) in [
        (Vote::Value1, 1),
        (Vote::ValueMinus1, -1),
        (Vote::Value0, 0),
    ] {
        assert_eq!(round_trip::<Vote>(json!(number)), vote);
    }
    let spelled = [
        "=", "==", "!=", "<", "<=", ">", ">=", "~=", "≠", "*", "+", "-", " ", "%",
    ];
    let read: Vec<Comparator> = spelled.iter().map(|text| round_trip(json!(text))).collect();
    assert_eq!(read, Comparator::VALUES);
    assert_eq!(
        (Comparator::AtMost.as_str(), Comparator::U2260.as_str()),
        ("<=", "≠")
    );
    let blanks = [Blank::Empty, Blank::Space, Blank::SpaceSpace, Blank::Tab];
    let read: Vec<Blank> = ["", " ", "  ", "\t"]
        .map(|text| round_trip(json!(text)))
        .into();
    assert_eq!(read, blanks);
    let alike: Vec<&str> = Alike::VALUES.iter().map(Alike::as_str).collect();
    assert_eq!(alike, ["a", "A", "a ", "a-b", "a_b", "a.b", "star", "*"]);
    assert_eq!(round_trip::<Alike>(json!("A")), Alike::A);
    assert_eq!(round_trip::<Step>(json!(1.5)), Step::Value1Point5);
    assert_eq!(round_trip::<Step>(json!(true)), Step::True);
    assert_eq!(round_trip::<Option<Step>>(json!(null)), None);
    let modes: Vec<Mode> = [json!(1), json!("auto"), json!(true)]
        .map(round_trip)
        .into();
    assert_eq!(modes, [Mode::Slow, Mode::Auto, Mode::Always]);
    assert_eq!(round_trip::<Mode>(json!(7)), Mode::Unknown(json!(7)));
    let grid: Grid = round_trip(json!([3]));
    assert_eq!(grid, [3]);
    let colours: Colours = round_trip(json!(["red", "green"]));
    assert_eq!(
        colours,
        [ColoursItem::Red, ColoursItem::Unknown("green".to_owned())]
    );
    let written: Written = round_trip(json!(true));
    let counter: Counter = round_trip(json!({"colours": ["blue"], "step": 1, "vote": -1}));
    assert_eq!((written, counter.vote), (true, Some(Vote::ValueMinus1)));
}

#[test]
fn keys_that_meet() {
    use crate::cases::alike_keys::models::{Team, UserProfile, UserProfileKebab, UserProfileSnake};
    let team: Team = round_trip(json!({
        "first": {"a": "x"}, "second": {"b": "y"},
        "third": {"item-id": "i", "item_id": 7, "itemId": true}
    }));
    let first: Option<UserProfileKebab> = team.first;
    let second: Option<UserProfile> = team.second;
    assert_eq!(first.and_then(|it| it.a).as_deref(), Some("x"));
    assert_eq!(second.and_then(|it| it.b).as_deref(), Some("y"));
    let Some(UserProfileSnake {
        item_id_kebab,
        item_id,
        item_id_camel,
        ..
    }) = team.third
    else {
        panic!("it is there")
    };
    assert_eq!(
        (item_id_kebab.as_deref(), item_id, item_id_camel),
        (Some("i"), Some(7), Some(true))
    );
}
