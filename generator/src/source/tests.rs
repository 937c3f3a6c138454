//! Texts in, values and places out.

use serde_json::json;

use super::*;

fn error(text: &str) -> String {
    Source::new("a", text).parse().unwrap_err().to_string()
}

fn place(text: &str, pointer: &str) -> (usize, usize) {
    let place = Source::new("a", text)
        .locate(&Pointer::parse(pointer).unwrap())
        .unwrap();
    (place.line, place.column)
}

#[test]
fn format_follows_content() {
    let check =
        |text: &str, format| assert_eq!(Source::new("a.txt", text).format, format, "{text}");
    check("{\"a\": 1}", Format::Json);
    check("\u{FEFF}\n {}", Format::Json);
    check("{openapi: 3.0.0}", Format::Yaml);
    check("openapi: 3.0.0", Format::Yaml);
    check("", Format::Yaml);
}

#[test]
fn refuses_what_is_no_document() {
    assert_eq!(error(" \n"), "the file is empty at line 2 column 1");
    assert!(error("<!DOCTYPE html>").starts_with("this is HTML or XML"));
    assert_eq!(
        error("{\"a\": [1,"),
        "EOF while parsing a value: the file is cut off at line 1 column 9"
    );
    assert_eq!(
        error("{\"a\": 1,\n \"a\": 2}"),
        "the key `a` stands twice in one object at line 2 column 4"
    );
    assert_eq!(
        error("a: 1\nb: 2\na: 3\n"),
        "the key `a` stands twice in one object at line 1 column 1"
    );
    assert!(error("a: 1\n---\nb: 1\n").contains("more than one document"));
    assert_eq!(error("{} x"), "trailing characters at line 1 column 4");
    let utf16 = Source::from_bytes("a", vec![0xFF, 0xFE, b'{', 0]).unwrap_err();
    assert_eq!(
        utf16.to_string(),
        "a is not UTF-8 text: it looks like UTF-16, save it as UTF-8"
    );
    let latin = Source::from_bytes("a", b"a: caf\xe9".to_vec()).unwrap_err();
    assert_eq!(
        latin.to_string(),
        "a is not UTF-8 text: byte 6 starts no character; save it as UTF-8"
    );
}

#[test]
fn deep_nesting_is_an_error() {
    for (open, close) in [
        ("[", "]"),
        ("{\"a\":", "}"),
        ("a: [", "]"),
        ("- ", ""),
        ("? ", ""),
        ("a: [\n", ""),
    ] {
        let text = format!("{}{}", open.repeat(100_000), close.repeat(100_000));
        assert!(Source::new("a", text.clone()).parse().is_err(), "{open}");
        let _ = Source::new("a", text).locate(&Pointer::parse("/0/0/0").unwrap());
    }
}

#[test]
fn alias_bombs_are_an_error() {
    let mut text = "a0: &a0 [x,x,x,x,x,x,x,x,x,x]\n".to_owned();
    for i in 1..12 {
        let alias = format!("*a{},", i - 1).repeat(10);
        text.push_str(&format!("a{i}: &a{i} [{alias}]\n"));
    }
    assert!(Source::new("a", text).parse().is_err());
    assert!(Source::new("a", "a: &a [*a]").parse().is_err());
    let wide = format!(
        "a: &a {}\nb: [{}]\n",
        "x".repeat(1_000_000),
        "*a,".repeat(1_000)
    );
    assert!(error(&wide).contains("aliases"));
}

#[test]
fn reads_yaml_as_1_2_says() {
    let text = "responses:\n  200: {}\n  1.10: a\nyes: no\ndate: 2020-01-01\nbig: 99999999999999999999\nnan: .nan\n\
                more: [+.inf, 0x10, '1', ~, !Tag x, 18446744073709551615]\n";
    let expected = json!({
        "responses": {"200": {}, "1.10": "a"}, "yes": "no", "date": "2020-01-01",
        "big": 99999999999999999999.0, "nan": ".nan",
        "more": [".inf", 16, "1", null, "x", 18446744073709551615u64],
    });
    assert_eq!(Source::new("a", text).parse().unwrap(), expected);
}

#[test]
fn merges_yaml_keys() {
    let text = "base: &base {a: 1, b: 2}\nother: &other {c: 3}\none:\n  b: 9\n  <<: *base\ntwo: {<<: [*base, *other], d: 4}\nodd: {<<: 5}\n";
    let value = Source::new("a", text).parse().unwrap();
    assert_eq!(value["one"], json!({"b": 9, "a": 1}));
    assert_eq!(value["two"], json!({"a": 1, "b": 2, "c": 3, "d": 4}));
    assert_eq!(value["odd"], json!({"<<": 5}));
}

#[test]
fn locates_keys_and_elements() {
    let json = "{\n  \"a\": {\"ü\": 1, \"b/c\": [10,\n    {\"d\": null}]}\n}";
    let yaml = "a:\n  ü: 1\n  b/c:\n    - 10\n    - d:\n    - [[x], y]\n200: {e: {f: 1}}\n";
    for (text, pointer, expected) in [
        (json, "", (1, 1)),
        (json, "/a", (2, 3)),
        (json, "/a/ü", (2, 9)),
        (json, "/a/b~1c", (2, 17)),
        (json, "/a/b~1c/0", (2, 25)),
        (json, "/a/b~1c/1", (3, 5)),
        (json, "/a/b~1c/1/d", (3, 6)),
        (json, "/a/b~1c/1/d/not/there", (3, 6)),
        (json, "/x", (1, 1)),
        (yaml, "/a", (1, 1)),
        (yaml, "/a/ü", (2, 3)),
        (yaml, "/a/b~1c", (3, 3)),
        (yaml, "/a/b~1c/0", (4, 7)),
        (yaml, "/a/b~1c/1", (5, 7)),
        (yaml, "/a/b~1c/1/d", (5, 7)),
        (yaml, "/a/b~1c/2/1", (6, 13)),
        (yaml, "/200/e/f", (7, 11)),
        (yaml, "/200/e/g", (7, 7)),
    ] {
        assert_eq!(place(text, pointer), expected, "{pointer} in {text}");
    }
}

#[test]
fn locates_in_one_long_line() {
    // Each place anew from the start of the line would take minutes.
    let members: Vec<String> = (0..100_000).map(|i| format!("\"é{i:05}\":0")).collect();
    let text = format!("\n{{{}}}", members.join(","));
    let pointers: Vec<Pointer> = (0..100_000)
        .map(|i| Pointer::root().key(&format!("é{i:05}")))
        .collect();
    let places = Source::new("a", text).locate_all(&pointers);
    let columns = pointers.iter().enumerate();
    for (i, pointer) in columns {
        let place = Place {
            line: 2,
            column: 2 + 11 * i,
        };
        assert_eq!(places[pointer], place);
    }
}

#[test]
fn locates_through_aliases_and_in_broken_text() {
    assert_eq!(place("a: &x\n  b: 1\nc: *x\n", "/c/b"), (2, 3));
    assert_eq!(place("{\"a\": {\"b\": ", "/a/b/c"), (1, 8));
    assert_eq!(place("a:\n  b: [1\n", "/a/b"), (2, 3));
}

#[test]
fn says_what_a_text_is_instead() {
    let check = |text: &str, expected: &str| {
        let error = Source::new("a", text).parse().unwrap_err();
        assert_eq!(error.to_string(), expected, "{text}");
    };
    check(
        "# only\n\n  # words\n",
        "there is nothing but comments in the file at line 1 column 1",
    );
    check(
        "a: 1\nb:\n  c: \"d",
        "found unexpected end of stream, while scanning a quoted scalar that begins at line 3 column 6: \
         the file is cut off at line 3 column 8",
    );
    check(
        "a: {b: [1,\n",
        "did not find expected node content, while parsing a flow node: the file is cut off at line 2 column 1",
    );
    check(
        "a: {b: c: d}\ne: 1\n",
        "did not find expected ',' or '}', while parsing a flow mapping that begins at line 1 column 4 \
         at line 1 column 9",
    );
    check(
        "---\na: 1\n--- # more\nb: 2\n",
        "there is more than one document: the second begins here at line 3 column 1",
    );
    check(
        "a: 1\n b: 2\n",
        "mapping values are not allowed in this context at line 2 column 3",
    );
}

#[test]
fn says_what_bytes_are_instead() {
    let check = |bytes: &[u8], expected: &str| {
        let error = Source::from_bytes("a", bytes.to_vec()).unwrap_err();
        assert_eq!(
            error.to_string(),
            format!("a is not UTF-8 text: {expected}")
        );
    };
    let named = "name the JSON or YAML document in it";
    check(
        b"\x1F\x8B\x08\x00abc",
        &format!("it is compressed by gzip; {named}"),
    );
    check(b"PK\x03\x04abc", &format!("it is a ZIP archive; {named}"));
    check(
        b"\x89PNG\r\n\x1a\n\x00",
        "it is binary data; name the JSON or YAML document",
    );
    check(b"a: \xE9\n", "byte 3 starts no character; save it as UTF-8");
}

#[test]
fn places_in_two_halves_are_those_of_the_text() {
    let mut text = "openapi: 3.1.0\npaths:\n".to_owned();
    for number in 0..6_000 {
        text.push_str(&format!(
            "  /a{number}:\n    get:\n      tags: [a, b]\n      x: |\n        y:\n"
        ));
    }
    text.push_str("info:\n  title: a\n");
    let all: Vec<(Pointer, usize, usize)> = (0..6_000)
        .flat_map(|number| {
            let path = Pointer::root().key("paths").key(&format!("/a{number}"));
            let get = path.key("get");
            let (tag, x) = (get.key("tags").index(1), get.key("x"));
            let line = 3 + number * 5;
            [
                (path, line, 3),
                (get, line + 1, 5),
                (tag, line + 2, 17),
                (x, line + 3, 7),
            ]
        })
        .chain([(Pointer::root().key("info").key("title"), 30_004, 3)])
        .collect();
    let found = Source::new("a", text.as_str()).locate_all(all.iter().map(|(at, _, _)| at));
    for (at, line, column) in &all {
        let place = found.get(at).map(|place| (place.line, place.column));
        assert_eq!(place, Some((*line, *column)), "{at}");
    }
    // It has halves, and each comes to its end.
    let wanted = all.into_iter().map(|(at, _, _)| at).collect();
    let walk = |text: &str, wanted: &BTreeSet<Pointer>| Some(yaml::places(text, wanted));
    assert!(halves::places(&text, &wanted, &walk).is_some());
    // What one half refers to in the other is found in the whole.
    let refers = text
        .replacen("title: a", "title: *b", 1)
        .replacen("tags: [a,", "tags: [&b a,", 1);
    let places = Source::new("a", refers).locate_all([&Pointer::root().key("info").key("title")]);
    let lines: Vec<usize> = places.values().map(|place| place.line).collect();
    assert_eq!(lines, [30_004]);
}
