//! Values held against rules.

use serde_json::json;

use super::server::{answer, serve};
use crate::runtime::{Check, Error, ListStyle, Place, Request, Spot, Style};
use crate::validate::{Alternative, Checks, Kind, Rule, Rule::*, Rules};

/// What is said of a body.
fn said(rules: Rules, body: &str) -> Vec<String> {
    let bodies: &'static [(&str, Rules)] = Box::leak(Box::new([("application/json", rules)]));
    let checks = Checks {
        parameters: &[],
        bodies,
    };
    checks.check(Place::Body("application/json"), body.as_bytes())
}

/// What a single rule says of a body.
fn says(rule: Rule, body: &str) -> Option<String> {
    let mut said = said(Box::leak(Box::new([rule])), body);
    assert!(said.len() <= 1, "{said:?}");
    said.pop()
}

#[test]
fn bounds_are_those_of_decimals() {
    for (number, least, more, most, less) in [
        ("9", false, false, true, true),
        ("10", true, false, true, false),
        ("10.0", true, false, true, false),
        ("1e1", true, false, true, false),
        ("1000E-2", true, false, true, false),
        ("10.000000000000000000000000001", true, true, false, false),
        ("9.999999999999999999999999999", false, false, true, true),
        ("-11", false, false, true, true),
        ("0", false, false, true, true),
        ("18446744073709551617", true, true, false, false),
        ("1e400", true, true, false, false),
        ("-1e400", false, false, true, true),
    ] {
        let holds = |rule| says(rule, number).is_none();
        assert_eq!(holds(Minimum("10")), least, "{number}");
        assert_eq!(holds(ExclusiveMinimum("10")), more, "{number}");
        assert_eq!(holds(Maximum("10")), most, "{number}");
        assert_eq!(holds(ExclusiveMaximum("10")), less, "{number}");
    }
    assert_eq!(says(Minimum("-0.5"), "-0.49"), None);
    assert_eq!(
        says(Minimum("-0.5"), "-0.51").as_deref(),
        Some("$: must be at least -0.5")
    );
    assert_eq!(says(Maximum("0"), "-0.0"), None);
    assert_eq!(
        says(ExclusiveMinimum("0"), "-0.0").as_deref(),
        Some("$: must be more than 0")
    );
    assert_eq!(
        says(Maximum("18446744073709551615"), "18446744073709551616").as_deref(),
        Some("$: must be at most 18446744073709551615")
    );
    // Beyond all exponents nothing is known.
    assert_eq!(says(Maximum("1"), "1e99999999999"), None);
}

#[test]
fn multiples_are_those_of_decimals() {
    for (number, step, fits) in [
        ("0.07", "0.01", true),
        ("1.1", "0.1", true),
        ("0.30000000000000004", "0.1", false),
        ("19.99", "0.01", true),
        ("19.999", "0.01", false),
        ("4.5", "1.5", true),
        ("35", "1.5", false),
        ("0", "7", true),
        ("-21", "7", true),
        ("-22", "7", false),
        ("1e300", "7", false),
        ("7e300", "7", true),
        ("1e300", "1024", true),
        ("100", "1e2", true),
        ("150", "1e2", false),
        ("1e-7", "1", false),
        ("12345678901234567890.12", "0.01", true),
        ("12345678901234567890.125", "0.01", false),
        ("0.0075", "0.0001", true),
        ("1e308", "0.123456789", false),
        ("9007199254740993", "2", false),
    ] {
        let holds = says(MultipleOf(step), number).is_none();
        assert_eq!(holds, fits, "{number} by {step}");
    }
    // The divisor is beyond what is divided by.
    assert_eq!(says(MultipleOf("0.12345678901234567890123"), "1"), None);
}

#[test]
fn texts_are_counted_in_code_points() {
    assert_eq!(says(MaxLength(3), "\"a\u{1f600}é\""), None);
    // An e and an accent are two.
    assert_eq!(
        says(MaxLength(3), "\"abe\u{301}\"").as_deref(),
        Some("$: must have at most 3 characters")
    );
    assert_eq!(
        says(MinLength(1), "\"\"").as_deref(),
        Some("$: must have at least 1 character")
    );
    assert_eq!(says(MinLength(1), "5"), None);
}

#[test]
fn patterns_are_those_of_ecma_262() {
    for (pattern, text, found) in [
        ("^[a-z]+$", "abc", true),
        ("^[a-z]+$", "abc\n", false),
        ("b", "abc", true),
        ("^(?!admin)\\w+$", "administrator", false),
        ("^(?!admin)\\w+$", "user", true),
        ("(?<=\\$)\\d+", "costs $12", true),
        ("(?<=\\$)\\d+", "costs 12", false),
        ("(?<!-)\\b\\d", "-1", false),
        ("^\\p{Lu}\\p{L}*$", "Änne", true),
        ("^\\p{Script=Greek}+$", "αβγ", true),
        ("^\\p{Script=Greek}+$", "abc", false),
        ("^.$", "😀", true),
        ("^\\d$", "٣", false),
        // No pattern by the grammar of today, but by the one of old.
        ("^[\\w\\!]+$", "a!", true),
        ("^\\/api\\/", "/api/x", true),
        // None at all is not held against a text.
        ("(", "a", true),
    ] {
        let said = says(Pattern(pattern), &json!(text).to_string());
        assert_eq!(said.is_none(), found, "{pattern} in {text}");
    }
    assert_eq!(
        says(Pattern("^a`b$"), "\"x\"").as_deref(),
        Some("$: must match `^a`b$`")
    );
}

/// Engines that backtrack never come back from these.
#[test]
fn no_pattern_holds_a_call_up() {
    for pattern in [
        "^(a+)+$",
        "^(a|a)*$",
        "^(a*)*b$",
        "^(([a-z])+.)+[A-Z]([a-z])+$",
        "^(?=(a+)+$)",
        "(?<=^(a+)+)c",
    ] {
        let text = json!(format!("{}!", "a".repeat(2_000))).to_string();
        assert!(says(Pattern(pattern), &text).is_some(), "{pattern}");
    }
    // What is longer is not looked at.
    let long = json!("a".repeat(10_001)).to_string();
    assert_eq!(says(Pattern("^b"), &long), None);
    let longest = json!("a".repeat(10_000)).to_string();
    assert!(says(Pattern("^b"), &longest).is_some());
}

#[test]
fn lists_and_objects_are_counted() {
    assert!(says(MinItems(1), "[]").is_some());
    assert_eq!(says(MinItems(1), "[null]"), None);
    assert_eq!(
        says(MaxItems(1), "[1,2]").as_deref(),
        Some("$: must have at most 1 element")
    );
    assert!(says(MinProperties(2), "{\"a\":1}").is_some());
    assert_eq!(
        says(MaxProperties(1), "{\"a\":1,\"b\":2}").as_deref(),
        Some("$: must have at most 1 member")
    );
    for (list, unique) in [
        ("[1,2,3]", true),
        ("[1,1.0]", false),
        ("[100,1e2]", false),
        ("[\"1\",1]", true),
        ("[0,false]", true),
        ("[1,true]", true),
        ("[null,\"null\"]", true),
        ("[{\"a\":1,\"b\":2},{\"b\":2,\"a\":1}]", false),
        ("[{\"a\":1},{\"a\":2}]", true),
        ("[[1],[1]]", false),
        ("[\"a,b\",\"a\",\"b\"]", true),
        ("[[\"a\",\"b\"],[\"a,b\"]]", true),
        ("[\"\\u0061\",\"a\"]", false),
    ] {
        let said = says(UniqueItems, list);
        assert_eq!(said.is_none(), unique, "{list}");
    }
}

static NODE: Rules = &[
    Property("name", &[MinLength(1), MaxLength(5)]),
    Property("children", &[MaxItems(2), Items(0, &[Of(&NODE)])]),
];

#[test]
fn all_faults_are_told_with_their_places() {
    let body = json!({
        "name": "",
        "children": [
            {"name": "right"},
            {"name": "too long", "children": [{"name": "Ünïcö"}, {"name": ""}]},
            {"children": []},
        ],
    });
    assert_eq!(
        said(NODE, &body.to_string()),
        [
            "$.name: must have at least 1 character",
            "$.children: must have at most 2 elements",
            "$.children[1].name: must have at most 5 characters",
            "$.children[1].children[1].name: must have at least 1 character",
        ]
    );
}

#[test]
fn members_are_told_by_name_and_pattern() {
    static RULES: Rules = &[
        Property("id", &[Minimum("1")]),
        PatternProperty("^x-", &[MaxLength(2)]),
        AdditionalProperty(&["id"], &["^x-"], &[Maximum("9")]),
    ];
    let body = r#"{"id": 0, "x-a": "long", "x-b": "ok", "other": 10, "more": 9}"#;
    assert_eq!(
        said(RULES, body),
        [
            "$.id: must be at least 1",
            "$.x-a: must have at most 2 characters",
            "$.other: must be at most 9",
        ]
    );
    static TUPLE: Rules = &[Item(0, &[Minimum("0")]), Items(1, &[MaxLength(1)])];
    assert_eq!(
        said(TUPLE, r#"[-1, "a", "bc"]"#),
        [
            "$[0]: must be at least 0",
            "$[2]: must have at most 1 character"
        ]
    );
}

#[test]
fn a_value_is_held_against_what_it_can_be() {
    static PAYMENT: Rules = &[AnyOf(&[
        Alternative {
            kinds: &[Kind::Object],
            required: &["number"],
            tags: &[("kind", &["card"])],
            rules: &[Property("number", &[Pattern("^[0-9]{4}$")])],
            ..Alternative::ANY
        },
        Alternative {
            kinds: &[Kind::Object],
            tags: &[("kind", &["cash"])],
            rules: &[Property("amount", &[Minimum("1")])],
            ..Alternative::ANY
        },
        Alternative {
            kinds: &[Kind::Integer],
            rules: &[Maximum("10")],
            ..Alternative::ANY
        },
        Alternative {
            kinds: &[Kind::String],
            values: &["free"],
            ..Alternative::ANY
        },
    ])];
    for right in [
        r#"{"kind": "card", "number": "1234"}"#,
        r#"{"kind": "cash", "amount": 1, "number": "x"}"#,
        // It may be the one that has no number.
        r#"{"number": "1234", "amount": 0}"#,
        "10",
        "\"free\"",
        // None of them: newer than the client.
        r#"{"kind": "cheque", "amount": 0}"#,
        "10.5",
        "\"x\"",
        "null",
        "true",
    ] {
        assert_eq!(said(PAYMENT, right), [""; 0], "{right}");
    }
    for (wrong, fault) in [
        (
            r#"{"kind": "card", "number": "1"}"#,
            "$.number: must match `^[0-9]{4}$`",
        ),
        (
            r#"{"kind": "cash", "amount": 0}"#,
            "$.amount: must be at least 1",
        ),
        ("11", "$: must be at most 10"),
        ("11.0", "$: must be at most 10"),
    ] {
        assert_eq!(said(PAYMENT, wrong), [fault], "{wrong}");
    }
}

static ENDLESS: Rules = &[
    Of(&ENDLESS),
    AnyOf(&[
        Alternative {
            rules: &[Of(&ENDLESS)],
            ..Alternative::ANY
        },
        Alternative {
            rules: &[Of(&ENDLESS)],
            ..Alternative::ANY
        },
    ]),
    Minimum("1"),
];

#[test]
fn rules_without_end_come_to_one() {
    // What is looked at before is told, and nothing hangs.
    let said = said(ENDLESS, "0");
    assert!(said.len() <= 101, "{}", said.len());
    let deep = format!("{}0{}", "[".repeat(5_000), "]".repeat(5_000));
    static LISTS: Rules = &[Items(0, &[Of(&LISTS)]), Maximum("-1"), UniqueItems];
    assert_eq!(self::said(LISTS, &deep), [""; 0]);
}

#[test]
fn a_hundred_faults_are_enough() {
    static RULES: Rules = &[Items(0, &[Minimum("1")])];
    let said = said(RULES, &json!(vec![0; 1_000]).to_string());
    assert_eq!(said.len(), 101);
    assert_eq!(said[99], "$[99]: must be at least 1");
    assert_eq!(said[100], "and more");
}

static CHECKS: Checks = Checks {
    parameters: &[
        (Spot::Path, "id", &[MinLength(3)]),
        (Spot::Query, "id", &[Maximum("5")]),
        (
            Spot::Query,
            "tags",
            &[MaxItems(2), UniqueItems, Items(0, &[MaxLength(3)])],
        ),
        (Spot::Query, "filter", &[Property("depth", &[Maximum("2")])]),
        (Spot::Header, "x-mode", &[Pattern("^[a-z]+$")]),
        (Spot::Cookie, "visit", &[MultipleOf("0.01")]),
    ],
    bodies: &[(
        "application/x-www-form-urlencoded",
        &[Property("age", &[Minimum("18")])],
    )],
};

/// A call whose values are all wrong.
fn wrong(request: Request) -> Request {
    request
        .path::<String>("id", "ab")
        .query::<i64>("id", 6)
        .query_list::<String>("tags", ["a", "long", "a"], ListStyle::Comma)
        .styled::<serde_json::Value>(
            Spot::Query,
            "filter",
            Style::Deep,
            true,
            json!({"depth": 3}),
        )
        .header::<String>("x-mode", "Loud")
        .styled::<f64>(Spot::Cookie, "visit", Style::Form, true, 0.015)
        .form::<serde_json::Value>(&[], json!({"age": 17}))
}

#[tokio::test]
async fn a_wrong_call_is_not_sent() {
    let server = serve([answer("200 OK", "{}")]);
    let request = Request::new(&server.client(), "visit", "POST", "/visits/{id}").checked(&CHECKS);
    let error = wrong(request)
        .send::<crate::runtime::Empty>()
        .await
        .unwrap_err();
    let Error::Invalid { faults, .. } = &error else {
        panic!("{error:?}");
    };
    assert_eq!(
        faults,
        &[
            "cookie `visit`: must be a multiple of 0.01",
            "header `x-mode`: must match `^[a-z]+$`",
            "path parameter `id`: must have at least 3 characters",
            "query parameter `filter`.depth: must be at most 2",
            "query parameter `id`: must be at most 5",
            "query parameter `tags`: must have at most 2 elements",
            "query parameter `tags`: must have no element twice",
            "query parameter `tags`[1]: must have at most 3 characters",
            "$.age: must be at least 18",
        ]
    );
    assert_eq!(server.asked().len(), 0);
}

#[tokio::test]
async fn what_is_given_last_counts() {
    let server = serve([answer("200 OK", "{}")]);
    let request = Request::new(&server.client(), "visit", "POST", "/visits/{id}").checked(&CHECKS);
    let request = request
        .path::<String>("id", "abc")
        .query::<i64>("id", 6)
        .query::<i64>("id", 5);
    request.send::<crate::runtime::Empty>().await.unwrap();
    assert_eq!(server.only().line, "POST /visits/abc?id=5");
}

#[tokio::test]
async fn an_unchecked_call_is_sent() {
    let server = serve([answer("200 OK", "{}")]);
    let request = Request::new(&server.client(), "visit", "POST", "/visits/{id}").checked(&CHECKS);
    let request = request.query::<i64>("id", 7).unchecked();
    let request = wrong(request);
    request.send::<crate::runtime::Empty>().await.unwrap();
    let asked = server.only();
    assert_eq!(
        asked.line,
        "POST /visits/ab?id=6&tags=a,long,a&filter%5Bdepth%5D=3"
    );
    assert_eq!(asked.body, "age=17");
}
