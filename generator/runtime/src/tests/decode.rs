//! Where a JSON text fails: the path that `from_slice` names.

use std::collections::BTreeMap;

use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::runtime::{from_slice, record};

record! {
    pub struct Item {
        #[json("id")]
        pub id: String,
        #[json(optional, "status")]
        pub status: Option<i64>,
        #[json(optional, "tags")]
        pub tags: Option<Vec<String>>,
        #[json(optional, "inner")]
        pub inner: Option<Box<Item>>,
    }
}

record! {
    pub struct List {
        #[json("items")]
        pub items: Vec<Item>,
        #[json(optional, "total count")]
        pub total: Option<i64>,
    }
}

fn check<T: DeserializeOwned>(text: impl AsRef<[u8]>, path: &str, message: &str) {
    let text = text.as_ref();
    let shown = String::from_utf8_lossy(text);
    let Err(fault) = from_slice::<T>(text) else {
        panic!("it decodes: {shown}")
    };
    assert_eq!(fault.path, path, "{shown}\n{}", fault.message);
    assert!(
        fault.message.contains(message),
        "{shown}\n{}",
        fault.message
    );
    assert!(!fault.message.contains(" at line "), "{}", fault.message);
}

#[test]
fn a_scalar_of_the_wrong_type() {
    let wrong = "invalid type";
    check::<List>(
        r#"{"items":[{"id":"a","status":"x"}]}"#,
        "$.items[0].status",
        wrong,
    );
    check::<List>(
        r#"{"items":[{"id":"a"}, {"id":"b","status":true }]}"#,
        "$.items[1].status",
        wrong,
    );
    check::<List>(r#"{"items":[{"id":null}]}"#, "$.items[0].id", wrong);
    check::<List>(r#"{"items":[{"id":12}]}"#, "$.items[0].id", wrong);
    check::<List>(
        r#"{"items":[{"id":-1.5e+3 , "status":1}]}"#,
        "$.items[0].id",
        wrong,
    );
    check::<List>(
        "{\"items\": [\n  {\"id\": \"a\",\n  \"status\":\n\"x\"\n}]}",
        "$.items[0].status",
        wrong,
    );
    check::<List>(
        r#"{"items":[{"id":"a","tags":["x","y",3,"z"]}]}"#,
        "$.items[0].tags[2]",
        wrong,
    );
    check::<List>(
        r#"{"items":[],"total count":"many"}"#,
        "$['total count']",
        wrong,
    );
    check::<Vec<i64>>("[1,[2]]", "$[1]", wrong);
    check::<Vec<i64>>("[1,{}]", "$[1]", wrong);
    check::<Vec<Vec<i64>>>("[[1],[],[2,3,\"4\"]]", "$[2][2]", wrong);
    check::<i64>("\"x\"", "$", wrong);
    check::<i64>("  true", "$", wrong);
    check::<Vec<u8>>("[1, 2, 300]", "$[2]", "invalid value");
}

#[test]
fn a_container_that_is_none_or_lacks_something() {
    check::<List>("[]", "$", "invalid type: sequence");
    check::<List>(r#"{"items":{}}"#, "$.items", "invalid type: map");
    check::<List>(r#"{"items": "none"}"#, "$.items", "invalid type: string");
    check::<List>(
        r#"{"items":[{"id":"a"},[]]}"#,
        "$.items[1]",
        "invalid type: sequence",
    );
    check::<List>("{}", "$", "missing field `items`");
    check::<List>(
        r#"{"items":[{"id":"a"},{"status":1}],"more":[]}"#,
        "$.items[1]",
        "missing field `id`",
    );
    check::<List>(
        r#"{"items":[{"id":"a","inner":{"status":[]}}]}"#,
        "$.items[0].inner.status",
        "sequence",
    );
    check::<List>(
        r#"{"items":[{"id":"a","inner":{"tags":[]}}]}"#,
        "$.items[0].inner",
        "missing field `id`",
    );
    check::<(i64, i64)>("[1]", "$", "invalid length 1");
    check::<Vec<(i64, i64)>>("[[1,2],[1]]", "$[1]", "invalid length 1");
    check::<Vec<(i64, i64)>>("[[1,2],[1,2,3]]", "$[1][2]", "trailing characters");
}

#[test]
fn members_that_are_passed_over_do_not_count() {
    let text = r#"{"junk":{"items":[1,{"a":"}]"}],"b":"\"}"},"items":[{"x":[[],{}],"id":0}]}"#;
    check::<List>(text, "$.items[0].id", "invalid type");
}

#[test]
fn a_text_that_is_cut_off() {
    let eof = "EOF";
    check::<List>("", "$", eof);
    check::<List>("{", "$", eof);
    check::<List>(r#"{"ite"#, "$", eof);
    check::<List>(r#"{"items""#, "$.items", eof);
    check::<List>(r#"{"items":"#, "$.items", eof);
    check::<List>(r#"{"items":["#, "$.items[0]", eof);
    check::<List>(r#"{"items":[{"id":"a"},{"id":"lon"#, "$.items[1].id", eof);
    check::<List>(r#"{"items":[{"id":"a\"#, "$.items[0].id", eof);
    check::<List>(r#"{"items":[{"id":"a"},"#, "$.items[1]", eof);
    check::<List>(r#"{"items":[{"id":"a"}"#, "$.items[0]", eof);
    check::<Value>(r#"{"a":{"b":tr"#, "$.a.b", eof);
    check::<Value>(r#"{"a":{"b":-"#, "$.a.b", eof);
}

#[test]
fn a_text_that_is_not_json() {
    check::<Value>("<html>", "$", "expected value");
    check::<Value>(r#"{"a":[1,2 3]}"#, "$.a", "expected `,` or `]`");
    check::<Value>(r#"{"a":{"b":1 "c":2}}"#, "$.a", "expected `,` or `}`");
    check::<Value>(r#"{"a":{"b" 1}}"#, "$.a", "expected `:`");
    check::<Value>(r#"{"a":[1,]}"#, "$.a", "trailing comma");
    check::<Value>(r#"{"a":{"b":1,}}"#, "$.a", "trailing comma");
    check::<Value>(r#"{"a":{b:1}}"#, "$.a", "key must be a string");
    check::<Value>(r#"{"a":[0,nul]}"#, "$.a[1]", "expected ident");
    check::<Value>(r#"{"a":[0,NaN]}"#, "$.a[1]", "expected value");
    check::<Value>(r#"{"a":[0,01]}"#, "$.a[1]", "invalid number");
    check::<Value>("{\"a\":[0,\"x\ny\"]}", "$.a[1]", "control character");
    check::<Value>(r#"{"a":[0,"\q"]}"#, "$.a[1]", "invalid escape");
    check::<Value>(r#"{"a":["\ud800"]}"#, "$.a[0]", "");
    check::<Value>(r#"{"a":1}}"#, "$", "trailing characters");
    check::<Value>(r#"{"a":[1]} x"#, "$", "trailing characters");
}

#[test]
fn a_text_that_is_not_utf_8() {
    check::<List>(
        b"{\"items\":[{\"id\":\"\xff\xfe\"}]}",
        "$.items[0].id",
        "unicode",
    );
    check::<Value>(b"\xff", "$", "expected value");
    check::<Value>(b"{\"\xff\":1}", "$", "unicode");
}

#[test]
fn keys_that_are_no_identifiers() {
    type Numbers = BTreeMap<String, i64>;
    for (key, path) in [
        ("plain_1", "$.plain_1"),
        ("", "$['']"),
        ("1st", "$['1st']"),
        ("a b", "$['a b']"),
        ("a.b", "$['a.b']"),
        ("a'b", r"$['a\'b']"),
        (r"a\\b", r"$['a\\b']"),
        (r#"a\"b"#, "$['a\"b']"),
        (r"a\u0062c", "$.abc"),
        ("größe", "$['größe']"),
        (r"a\nb", "$['a\\nb']"),
    ] {
        check::<Numbers>(
            format!("{{\"x\":1,\"{key}\":\"no\",\"y\":2}}"),
            path,
            "invalid type",
        );
    }
}

#[test]
fn a_byte_order_mark_is_skipped() {
    assert_eq!(from_slice::<Vec<i64>>(b"\xEF\xBB\xBF[1]"), Ok(vec![1]));
    check::<Vec<i64>>(b"\xEF\xBB\xBF[1,\n\"x\"]", "$[1]", "invalid type");
}

#[test]
fn what_is_nested_deep() {
    let deep = |levels: usize| "[".repeat(levels) + "1" + &"]".repeat(levels);
    let limit = format!("${}", "[0]".repeat(128));
    check::<Value>(deep(200), &limit, "recursion limit exceeded");
    // What is passed over has no such limit: the path ends at a level, the walk does not.
    check::<List>(
        format!(r#"{{"x":{},"items":0}}"#, deep(1000)),
        "$.items",
        "invalid type",
    );
    let text = format!(
        r#"{{"x":{}"}}]",{{"\"":[]}}{},"items":0}}"#,
        "[".repeat(300),
        "]".repeat(300)
    );
    check::<List>(text, "$.items", "invalid type");
    let cut = format!("{{\"a\":{}", "[".repeat(1000));
    check::<IgnoredAny>(cut, &format!("$.a{}", "[0]".repeat(255)), "EOF");
}

#[test]
fn line_and_column_say_how_far_it_was_read() {
    let fault = from_slice::<List>(b"{\n \"items\": [\n  {\"id\": 1}]}").unwrap_err();
    assert_eq!((fault.line, fault.column), (3, 10));
    let text = "$.items[0].id: invalid type: integer `1`, expected a string (line 3, column 10)";
    assert_eq!(fault.to_string(), text);
}

#[test]
fn a_whole_float_is_a_whole_number() {
    use crate::runtime::from_slice;
    assert_eq!(
        from_slice::<Vec<i64>>(b"[1.0, 2, -3e2]").unwrap(),
        [1, 2, -300]
    );
    assert_eq!(
        from_slice::<Vec<i64>>(b"[1.0, 2.5]").unwrap_err().path,
        "$[0]"
    );
    assert!(from_slice::<i64>(b"1e300").is_err());
}
