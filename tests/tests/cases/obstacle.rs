//! The obstacle course of names: all of it compiles, and each has its own text on the wire.

use crate::calls::{arrived, client, expect_query, header, server};
use crate::cases::obstacle::models::{
    BoxSchema, EXc08b21, FooBar, FooBarCamel, N400, ResultSchema, SelfSchema, Union,
};
use crate::cases::obstacle::operations::foo::FooApiLower;
use crate::cases::obstacle::operations::foo_capital::FooCapitalApi;
use crate::cases::obstacle::operations::mod_operations::ModApi;
use crate::cases::obstacle::operations::send::SendApi;
use crate::{Value, round_trip};
use serde_json::json;
use std::collections::BTreeSet;
use wiremock::ResponseTemplate;

#[test]
fn values_called_as_the_prelude_are_themselves() {
    let listed = [
        "Ok", "Err", "Some", "None", "Self", "self", "crate", "_", "", " ",
    ];
    for text in listed
        .iter()
        .chain(&["Send", "Drop", "Clone", "Default", "400"])
    {
        let value: ResultSchema = round_trip(json!(text));
        assert!(!matches!(value, ResultSchema::Unknown(_)), "{text:?}");
    }
    let number: ResultSchema = round_trip(json!(400));
    let text: ResultSchema = round_trip(json!("400"));
    assert_eq!((number, text), (ResultSchema::Value400, ResultSchema::N400));
    let long = "long words of a name ".repeat(20);
    let (e, f) = (format!("{}e", long.trim()), format!("{}f", long.trim()));
    let (e, f): (ResultSchema, ResultSchema) = (round_trip(json!(e)), round_trip(json!(f)));
    assert_ne!(e, f);
    assert!(!matches!(e, ResultSchema::Unknown(_)));
}

#[test]
fn members_called_as_keywords_are_themselves() {
    let words = [
        "union",
        "auto",
        "raw",
        "macro_rules",
        "safe",
        "dyn",
        "try",
        "gen",
        "async",
        "await",
        "yield",
        "abstract",
        "become",
        "box",
        "do",
        "final",
        "macro",
        "override",
        "priv",
        "typeof",
        "unsized",
        "virtual",
        "true",
        "false",
        "static",
        "'static",
        "r#type",
        "type",
    ];
    let members: serde_json::Map<String, Value> = words
        .iter()
        .map(|word| ((*word).to_owned(), json!(format!("the {word}"))))
        .collect();
    let union: Union = round_trip(Value::Object(members));
    assert_eq!(union.r#gen.as_deref(), Some("the gen"));
    assert_eq!(union.r#type.as_deref(), Some("the type"));
    let own: SelfSchema = round_trip(json!({"self_": "a", "selff": "b"}));
    assert_eq!(own.self_.as_deref(), Some("a"));
}

#[test]
fn types_that_look_alike_are_different_ones() {
    let one: FooBar = round_trip(json!({"af": [1.5]}));
    assert_eq!(one.af.as_deref(), Some([1.5].as_slice()));
    let other: FooBarCamel = round_trip(json!({"ad": [2.5]}));
    assert_eq!(other.ad.as_deref(), Some([2.5].as_slice()));
    let accented: EXc08b21 = round_trip(json!({"aa": [1.5]}));
    assert_eq!(accented.aa.as_deref(), Some([1.5].as_slice()));
    let number: N400 = round_trip(json!({"s": [0.5]}));
    assert_eq!(number.s.as_deref(), Some([0.5].as_slice()));
    let boxes: BoxSchema = round_trip(json!({"box": {"box": {}}}));
    assert!(boxes.r#box.is_some_and(|inner| inner.r#box.is_some()));
}

#[tokio::test]
async fn parameters_called_as_the_code_around_them_arrive() {
    let there = server(ResponseTemplate::new(200)).await;
    let api = ModApi {
        client: client(&there),
    };
    api.new("c", "r", "s", "k", "u", "the value")
        .client_in_query("cq")
        .client_in_header("ch")
        .values(["a", "b"])
        .into_future_in_query("1")
        .fmt("2")
        .with_header_in_query("3")
        .with_timeout_in_query("4")
        .clone_in_query("5")
        .pages_in_query("6")
        .stream_in_query("7")
        .filter_open_bracket_name_close_bracket_in_query("8")
        .filter_dot_name_in_query("9")
        .filter("10")
        .filter_name_in_query_parameter("11")
        .grosse("12")
        .u1f600("13")
        .underscore("14")
        .underscore_underscore("15")
        .n400("16")
        .blank("17")
        .await
        .expect("the call is answered");
    let request = arrived(&there).await;
    assert_eq!(request.url.path(), "/a/c/r/s/k/u");
    assert_eq!(header(&request, "client"), Some("ch"));
    let expected = [
        ("value", "the value"),
        ("client", "cq"),
        ("values", "a"),
        ("values", "b"),
        ("into_future", "1"),
        ("fmt", "2"),
        ("with_header", "3"),
        ("with_timeout", "4"),
        ("clone", "5"),
        ("pages", "6"),
        ("stream", "7"),
        ("filter[name]", "8"),
        ("filter.name", "9"),
        ("$filter", "10"),
        ("filter name", "11"),
        ("größe", "12"),
        ("😀", "13"),
        ("_", "14"),
        ("__", "15"),
        ("400", "16"),
        ("  ", "17"),
    ];
    expect_query(&request, &expected);
}

#[tokio::test]
async fn functions_called_as_what_a_call_does_are_calls() {
    let there = server(ResponseTemplate::new(200)).await;
    let client = client(&there);
    let send = SendApi {
        client: client.clone(),
    };
    send.send().send().await.expect("the call is answered");
    let capital = FooCapitalApi {
        client: client.clone(),
    };
    capital.bar().await.expect("the call is answered");
    let lower = FooApiLower { client };
    lower.foo_bar_get_i2().await.expect("the call is answered");
    let requests = there.received_requests().await.expect("they are recorded");
    let paths: Vec<&str> = requests.iter().map(|request| request.url.path()).collect();
    assert_eq!(paths, ["/n3", "/g", "/i2"]);
}

/// A name may be that of a file, and some file systems know no case.
#[test]
fn no_two_files_have_one_name() {
    let text = include_str!("../../cases/obstacle/expected.rs");
    let (_, operations) = text
        .split_once("\npub mod operations {")
        .expect("there are operations");
    let modules = operations
        .lines()
        .filter_map(|line| line.strip_prefix("pub mod "));
    let modules: Vec<String> = modules
        .map(|name| {
            name.trim_end_matches(" {")
                .trim_start_matches("r#")
                .to_owned()
        })
        .collect();
    let distinct: BTreeSet<String> = modules.iter().map(|name| name.to_lowercase()).collect();
    assert_eq!(modules.len(), distinct.len());
    assert!(modules.len() > 20, "{modules:?}");
    for device in ["con", "nul", "mod", "shared"] {
        assert!(!distinct.contains(device), "{device}");
    }
    assert!(modules.iter().all(|name| name.len() <= 120));
}
