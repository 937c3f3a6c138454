//! The data half: records, enums and unions, as the generator writes them.

use crate::runtime::{self, Field, Map, Uuid, Value};
use serde_json::json;

crate::runtime::record! {
    /// A tag.
    #[builder(TagBuilder)]
    pub struct Tag {
        /// Its identifier.
        #[json("id")]
        pub id: Uuid,
        #[json(nullable, "owner")]
        pub owner: Option<String>,
        #[json(optional, "stepID")]
        pub step_id: Option<String>,
        #[json(patch, "note")]
        pub note: Field<String>,
        #[json("type")]
        #[fixed("email")]
        pub kind: String,
        #[json("unit")]
        pub unit: Unit,
    }
}

crate::runtime::record! {
    #[derive(Default)]
    #[builder(ExtraBuilder)]
    pub struct Extra {
        #[json(optional, "total")]
        pub total: Option<i64>,
        #[json(optional, "tags")]
        pub tags: Option<Vec<Tag>>,
        #[json(optional, "weight")]
        pub weight: Option<f64>,
        #[extra(except "secret", "pin")]
        pub extra: Map<i64>,
    }
}

crate::runtime::record! {
    #[derive(Default)]
    #[non_exhaustive]
    pub struct Nothing {}
}

crate::runtime::string_enum! {
    /// A unit.
    pub enum Unit {
        Minutes = "minutes",
        /// Whole days.
        Days = "days",
        #[unknown]
        Unknown(String),
    }
}

crate::runtime::integer_enum! {
    pub enum Status {
        Active = 1,
        Banned = -1,
        #[unknown]
        Unknown(i64),
    }
}

crate::runtime::value_enum! {
    pub enum CatchAll {
        True = true,
        One = 1,
        Pending = "pending",
        #[unknown]
        Unknown(Value),
    }
}

crate::runtime::union! {
    pub enum Scalar {
        Integer(i64),
        Number(f64),
        Text(String),
        #[unknown]
        Unknown(Value),
    }
}

crate::runtime::union! {
    #[tag("kind")]
    pub enum Tagged {
        Tag(Box<Tag>) = "tag",
        Extra(Extra) = "extra",
        #[unknown]
        Unknown(Value),
    }
}

crate::runtime::union! {
    pub enum Closest {
        Tag(Tag),
        Extra(Extra),
        Nothing(Nothing),
        #[unknown]
        Unknown(Value),
    }
}

fn round<T: serde::de::DeserializeOwned + serde::Serialize>(value: Value) -> (T, Value) {
    let read: T = serde_json::from_value(value).expect("decodes");
    let bytes = runtime::to_vec(&read).expect("encodes");
    (read, serde_json::from_slice(&bytes).expect("is JSON"))
}

#[test]
fn a_record_keeps_absent_null_and_value_apart() {
    let wire = json!({"unit": "days", "id": "x", "owner": null, "note": null, "type": "other"});
    let (tag, back) = round::<Tag>(wire.clone());
    assert_eq!(tag.note, Field::Null);
    assert_eq!(tag.step_id, None);
    assert_eq!(tag.unit, Unit::Days);
    assert_eq!(back, wire);

    let wire = json!({"id": "x", "owner": "o", "stepID": "s", "type": "t", "unit": "years"});
    let (tag, back) = round::<Tag>(wire.clone());
    assert_eq!(tag.note, Field::Absent);
    assert_eq!(tag.step_id.as_deref(), Some("s"));
    assert_eq!(tag.unit, Unit::Unknown("years".into()));
    assert_eq!(back, wire);
}

#[test]
fn unknown_members_are_passed_over_in_any_order() {
    let text = r#"{"new":{"deep":[1]},"unit":"days","type":"t","owner":null,"id":"x","also":1}"#;
    let tag: Tag = serde_json::from_str(text).expect("decodes");
    assert_eq!(tag.id, "x");
    assert_eq!(tag.kind, "t");
}

#[test]
fn a_required_member_that_is_absent_is_named() {
    let error = serde_json::from_value::<Tag>(json!({"id": "x", "type": "", "unit": "days"}));
    assert_eq!(
        error.expect_err("lacks owner").to_string(),
        "missing field `owner`"
    );
}

#[test]
fn further_members_are_kept() {
    let wire = json!({"total": 1, "weight": 2, "a": 3, "b": 4});
    let (extra, back) = round::<Extra>(wire.clone());
    assert_eq!(
        extra.extra,
        Map::from([("a".to_owned(), 3), ("b".to_owned(), 4)])
    );
    assert_eq!(back, wire);
}

#[test]
fn members_of_the_other_side_are_no_further_members() {
    let wire = json!({"pin": "none", "a": 3, "total": 1, "secret": {"deep": [1]}});
    let (_, back) = round::<Extra>(wire);
    assert_eq!(back, json!({"total": 1, "a": 3}));
}

#[test]
fn a_builder_takes_plain_values_and_fills_in_what_is_fixed() {
    let tag = Tag::builder()
        .unit(Unit::Days)
        .note(None)
        .owner("o")
        .id("x")
        .build();
    let tag = tag.expect("is complete");
    assert_eq!(tag.kind, "email");
    assert_eq!(tag.note, Field::Null);
    let extra = Extra::builder()
        .weight(3)
        .total(4)
        .tags([Tag::builder().id("a")])
        .build();
    let missing = extra.expect_err("the tag is not complete");
    assert_eq!(missing.fields(), ["tags[0].owner", "tags[0].unit"]);
}

#[test]
fn a_builder_tells_all_that_is_missing() {
    let missing = Tag::builder().build().expect_err("is empty");
    assert_eq!(
        missing.to_string(),
        "required but not given: id, owner, unit"
    );
}

#[test]
fn integer_enums_keep_what_they_do_not_know() {
    assert_eq!(round::<Status>(json!(-1)), (Status::Banned, json!(-1)));
    assert_eq!(round::<Status>(json!(1.0)), (Status::Active, json!(1)));
    assert_eq!(round::<Status>(json!(7)), (Status::Unknown(7), json!(7)));
    assert_eq!(Status::VALUES, [Status::Active, Status::Banned]);
    assert_eq!("-1".parse(), Ok(Status::Banned));
    assert!(serde_json::from_value::<Status>(json!(1.5)).is_err());
}

#[test]
fn value_enums_mix_types() {
    assert_eq!(
        round::<CatchAll>(json!(true)),
        (CatchAll::True, json!(true))
    );
    assert_eq!(
        round::<CatchAll>(json!("pending")),
        (CatchAll::Pending, json!("pending"))
    );
    assert_eq!(round::<CatchAll>(json!(1)), (CatchAll::One, json!(1)));
    assert_eq!(
        round::<CatchAll>(json!("x")),
        (CatchAll::Unknown(json!("x")), json!("x"))
    );
    assert_eq!(CatchAll::Pending.to_string(), "pending");
    assert_eq!("true".parse(), Ok(CatchAll::True));
}

#[test]
fn a_union_picks_the_closest_branch() {
    assert_eq!(round::<Scalar>(json!(7)).0, Scalar::Integer(7));
    assert_eq!(round::<Scalar>(json!(7.5)).0, Scalar::Number(7.5));
    assert_eq!(
        round::<Scalar>(json!([1])),
        (Scalar::Unknown(json!([1])), json!([1]))
    );
    let tag = json!({"id": "x", "owner": null, "type": "t", "unit": "days"});
    assert!(matches!(round::<Closest>(tag).0, Closest::Tag(_)));
    assert!(matches!(
        round::<Closest>(json!({"total": 1})).0,
        Closest::Extra(_)
    ));
    assert!(matches!(
        round::<Closest>(json!({"total": "x"})).0,
        Closest::Nothing(_)
    ));
}

#[test]
fn a_tagged_union_goes_by_its_discriminator() {
    let (read, back) = round::<Tagged>(json!({"kind": "extra", "total": 1}));
    assert!(
        matches!(read, Tagged::Unknown(_)),
        "`extra` takes whole numbers only, and kind is text"
    );
    assert_eq!(back, json!({"kind": "extra", "total": 1}));
    let wire = json!({"kind": "tag", "id": "x", "owner": null, "type": "t", "unit": "days"});
    let (read, back) = round::<Tagged>(wire.clone());
    assert!(matches!(read, Tagged::Tag(_)));
    assert_eq!(back, wire);
}

crate::runtime::union! {
    pub enum Deep {
        Pair((i64, i64)),
        Exact(runtime::Decimal),
        Maybe(Vec<Option<Deep>>),
        Known(Box<Tagged>),
        #[unknown]
        Unknown(Value),
    }
}

#[test]
fn an_alternative_is_read_as_it_would_be_alone() {
    let read = |text: &str| runtime::from_slice::<Deep>(text.as_bytes()).expect("is JSON");
    assert_eq!(read("[1, 2]"), Deep::Pair((1, 2)));
    assert!(
        matches!(read("[1, 2, 3]"), Deep::Maybe(three) if three.len() == 3),
        "what is left over is no part of a pair"
    );
    assert_eq!(read("0.5"), Deep::Exact("0.5".parse().expect("a number")));
    let id = "01890a5d-ac96-774b-bcce-b302099a8057";
    let tag = format!(
        r#"{{"kind": "tag", "id": "{id}", "owner": "a\"\u00e9", "type": "t", "unit": "days"}}"#
    );
    let nested = format!("[null, [7, 8], {tag}]");
    let Deep::Maybe(nested) = read(&nested) else {
        panic!("it is a list of what may be null")
    };
    assert_eq!(nested[..2], [None, Some(Deep::Pair((7, 8)))]);
    let Some(Deep::Known(tagged)) = &nested[2] else {
        panic!("{:?}", nested[2])
    };
    assert!(matches!(&**tagged, Tagged::Tag(tag) if tag.owner.as_deref() == Some("a\"é")));
}

#[test]
fn of_two_members_with_one_name_the_last_counts() {
    let text = r#"{"kind": "extra", "id": "x", "owner": null, "type": "t", "unit": "days", "kind": "tag"}"#;
    let read: Tagged = runtime::from_slice(text.as_bytes()).expect("is JSON");
    assert!(matches!(read, Tagged::Tag(_)), "{read:?}");
    let text = r#"{"kind": "none", "a": 1, "a": 2}"#;
    let read: Tagged = runtime::from_slice(text.as_bytes()).expect("is JSON");
    assert_eq!(read, Tagged::Unknown(json!({"kind": "none", "a": 2})));
}

#[test]
fn a_union_is_read_from_whatever_serde_reads() {
    use serde::de::value::{Error, MapDeserializer};
    let members = [("id", "x"), ("type", "t"), ("kind", "tag")];
    let other = MapDeserializer::<_, Error>::new(members.into_iter());
    let read: Closest = serde::Deserialize::deserialize(other).expect("it has texts only");
    assert_eq!(
        read,
        Closest::Nothing(Nothing {}),
        "`Extra` takes whole numbers only"
    );
}

#[test]
fn a_number_keeps_every_digit() {
    // Read the quick way, each of these becomes its neighbour.
    for text in ["31.245270191439438", "121.48791951161945"] {
        let extra = format!("{{\"weight\":{text}}}");
        let read: Extra = runtime::from_slice(extra.as_bytes()).expect("it is an Extra");
        let written = runtime::to_vec(&read).expect("it can be written");
        assert_eq!(String::from_utf8_lossy(&written), extra);
    }
}
