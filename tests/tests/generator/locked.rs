//! What is in the lock is what things are called, whatever they would be called without it.

mod equal;

use super::regenerate::{document, root};
use restwright::Generated;
use restwright::name::lock::{self, Lock};
use restwright::source::Source;

/// A component that is sent and received has two forms, at one place in the document.
#[test]
fn two_forms_of_a_component_keep_their_names() {
    let text = case("read_write_only");
    let first = generate(&text, Lock::default());
    assert_eq!(
        types(&first),
        ["MemberRequest", "Member", "CardRequest", "Card"]
    );
    // Other names than would be given now, so that it shows which form has which.
    let renamed = [
        ("MemberRequest", "Applicant"),
        ("Member", "Fellow"),
        ("CardRequest", "Application"),
        ("Card", "Pass"),
    ];
    let mut given = first.lock.clone();
    for (from, to) in renamed {
        let known = given.types.remove(from).expect("the lock has every type");
        given.types.insert(to.to_owned(), known);
    }
    let again = generate(&text, given.clone());
    assert_eq!(
        types(&again),
        ["Applicant", "Fellow", "Application", "Pass"]
    );
    assert_eq!(again.lock, given);
    let text = models(&again);
    for (name, member, other) in [
        ("Applicant", "secret", "id"),
        ("Fellow", "id", "secret"),
        ("Pass", "since", "nothing"),
    ] {
        let members = record(&text, name);
        assert!(members.contains(&format!("pub {member}:")), "{members}");
        assert!(!members.contains(&format!("pub {other}:")), "{members}");
    }
    assert!(!record(&text, "Application").contains("since"));

    // Nor when the document has one more member.
    let more = case("read_write_only").replace(
        "        name: {type: string}\n",
        "        name: {type: string}\n        age: {type: integer}\n",
    );
    let more = generate(&more, given);
    assert_eq!(types(&more), ["Applicant", "Fellow", "Application", "Pass"]);
    assert!(record(&models(&more), "Applicant").contains("pub age:"));
}

/// The component had one form, and has two now: the answer keeps the name.
#[test]
fn a_second_form_takes_no_name_away() {
    let one_form = case("read_write_only")
        .replace(", readOnly: true", "")
        .replace(", writeOnly: true", "");
    let one_form = generate(&one_form, Lock::default());
    assert_eq!(types(&one_form), ["Member", "Card"]);
    let two = generate(&case("read_write_only"), one_form.lock.clone());
    assert_eq!(
        types(&two),
        ["MemberRequest", "Member", "CardRequest", "Card"]
    );
    let text = models(&two);
    assert!(record(&text, "Member").contains("pub id:"));
    assert!(record(&text, "MemberRequest").contains("pub secret:"));
}

/// Members that are not the document's have names too: of the map, of the value that is not listed.
#[test]
fn own_members_keep_their_names() {
    let text = case("own_members");
    let before = text
        .replace("extra: {type: string}", "other: {type: string}")
        .replace("[unknown, red, green]", "[red, green]");
    let before = generate(&before, Lock::default());
    let (old, new) = (
        models(&before),
        models(&generate(&text, before.lock.clone())),
    );
    assert!(record(&old, "Jar").contains("pub extra:"));
    assert!(
        record(&new, "Jar").contains("#[extra]\n        pub extra:"),
        "{new}"
    );
    assert!(record(&old, "Light").contains("Unknown(String)"));
    assert!(record(&new, "Light").contains("Unknown(String)"), "{new}");
}

/// Three names that are spelled alike keep what they are called when there are four, with the lock and
/// without it; and each clash is told, with both places.
#[test]
fn a_fourth_name_that_is_spelled_alike_renames_none() {
    let three = case("alike_keys");
    let four = three.replace(
        "itemId: {type: boolean}",
        "itemId: {type: boolean}, ITEM_ID: {type: number}",
    ) + "    USER_PROFILE: {type: object, properties: {d: {type: string}}}\n";
    let before = generate(&three, Lock::default());
    let types_before = types(&before);
    assert_eq!(
        types_before,
        [
            "UserProfileKebab",
            "UserProfile",
            "UserProfileSnake",
            "Team"
        ]
    );
    let members = [
        "item_id_kebab: Option<String>",
        "item_id: Option<i64>",
        "item_id_camel: Option<bool>",
    ];
    for lock in [Lock::default(), before.lock.clone()] {
        let (result, report) = document(Source::new("openapi.yaml", &four), lock);
        let after = result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()));
        assert_eq!(
            types(&after),
            [&types_before[..], &["UserProfileShouty"]].concat()
        );
        let text = models(&after);
        let profile = record(&text, "UserProfileSnake");
        for member in members.iter().chain(&["item_id_shouty: Option<f64>"]) {
            assert!(profile.contains(member), "{member} in {profile}");
        }
        let told: Vec<(String, &str)> = report
            .diagnostics()
            .into_iter()
            .filter(|found| found.code == "names-told-apart")
            .map(|found| (found.pointer.to_string(), found.message.as_str()))
            .collect();
        let expected = "\"UserProfile\" is spelled like \"user-profile\" at \
            #/components/schemas/user-profile; they are called `UserProfile` and `UserProfileKebab`";
        assert_eq!(
            told[0],
            ("#/components/schemas/UserProfile".to_owned(), expected)
        );
        assert_eq!(
            told.len(),
            6,
            "three types and three members beside the first: {told:?}"
        );
    }
}

/// A tag has another name, and its operations are where they were: the accessor stays. Of two tags that
/// come of one, the larger one has it.
#[test]
fn a_renamed_tag_keeps_its_accessor() {
    let path = |name: &str, tag: &str| {
        format!("  /{name}: {{get: {{operationId: {name}, tags: [{tag}], responses: {{}}}}}}\n")
    };
    let document = |tags: [&str; 3]| {
        let paths = ["one", "two", "three"].iter().zip(tags);
        let paths: String = paths.map(|(name, tag)| path(name, tag)).collect();
        format!("openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\npaths:\n{paths}")
    };
    let accessors = |generated: &Generated| {
        let groups = generated.api.groups.iter();
        groups
            .map(|group| group.name.ident.clone())
            .collect::<Vec<_>>()
    };
    let before = generate(&document(["Lamp", "Lamp", "Lamp"]), Lock::default());
    let renamed = generate(&document(["Light", "Light", "Light"]), before.lock.clone());
    assert_eq!(accessors(&renamed), ["lamp"]);
    assert_eq!(renamed.lock.groups["Light"], "lamp");
    let again = generate(&document(["Light", "Light", "Light"]), renamed.lock.clone());
    assert_eq!(accessors(&again), ["lamp"]);
    for generated in [&before, &renamed, &again] {
        assert_eq!(generated.api.groups[0].handle.ident, "LampApi");
    }
    let split = generate(&document(["Small", "Light", "Light"]), before.lock.clone());
    assert_eq!(accessors(&split), ["small", "lamp"]);
    let moved = generate(&document(["Lamp", "Light", "Light"]), before.lock.clone());
    assert_eq!(accessors(&moved), ["lamp", "light"]);
    // A lock that an earlier version wrote does not say which accessor it was.
    let mut older = before.lock;
    older
        .operations
        .values_mut()
        .for_each(|names| names.truncate(2));
    let renamed = generate(&document(["Light", "Light", "Light"]), older);
    assert_eq!(accessors(&renamed), ["light"]);
}

/// A string and another value with the same text are two values, each with its name.
#[test]
fn values_that_only_quotes_tell_apart_keep_their_names() {
    let text = case("mixed_enums");
    let first = generate(&text, Lock::default());
    let sold = first
        .lock
        .types
        .get("SeatSold")
        .expect("the lock has the type");
    assert_eq!(
        sold.members,
        [
            "TrueX8c5d7f=\"true\"",
            "TrueX0c7e41=true",
            "N1Lower=\"1\"",
            "Value1=1",
            "DoubleQuote1DoubleQuote=\"\\\"1\\\"\"",
            "False=false",
        ]
    );
    let again = generate(&text, first.lock.clone());
    assert_eq!(models(&again), models(&first));
    assert_eq!(again.lock, first.lock);
    // What the lock says of one is not taken for the other.
    let mut given = first.lock.clone();
    let sold = given
        .types
        .get_mut("SeatSold")
        .expect("the lock has the type");
    for member in &mut sold.members {
        *member = member
            .replace("TrueX8c5d7f=", "Yes=")
            .replace("Value1=", "One=");
    }
    let renamed = generate(&text, given.clone());
    assert_eq!(renamed.lock, given);
}

/// A parameter of the same name in another place comes, and a body is called as one is that comes.
#[test]
fn parameters_keep_their_names() {
    let text = "openapi: 3.0.3
info: {title: a, version: '1'}
paths:
  /lamps:
    post:
      operationId: findLamps
      parameters:
      - {name: level, in: query, schema: {type: integer}}
      - {name: roomName, in: query, schema: {type: string}}
      requestBody: {content: {application/json: {schema: {type: string}}}}
      responses: {}
";
    let names = |client: &Generated| -> Vec<String> {
        let operation = &client.api.groups[0].operations[0];
        let parameters = operation.parameters.iter().map(|it| it.name.ident.clone());
        let body = operation.body.iter().map(|it| it.name.ident.clone());
        parameters.chain(body).collect()
    };
    let first = generate(text, Lock::default());
    assert_eq!(names(&first), ["level", "room_name", "body"]);
    let place = "#/paths/~1lamps/post";
    let known = first.lock.parameters.get(place).expect("it is there");
    assert_eq!(known, &["level", "room_name=roomName", "body= body"]);

    let more = "      - {name: level, in: header, schema: {type: integer}}
      - {name: room_name, in: query, schema: {type: string}}
      - {name: body, in: query, schema: {type: string}}
";
    let more = text.replace("      requestBody", &format!("{more}      requestBody"));
    let names = |lock: Lock| names(&generate(&more, lock));
    let with_lock = names(first.lock.clone());
    assert_eq!(with_lock[..2], ["level", "room_name"]);
    assert_eq!(with_lock[2..].last().map(String::as_str), Some("body"));
    assert_ne!(names(Lock::default())[..2], with_lock[..2]);

    let mut pinned = first.lock.clone();
    let given = vec!["brightness=level".to_owned()];
    pinned.parameters.insert(place.to_owned(), given);
    assert_eq!(names(pinned)[0], "brightness");
}

/// What is written is what is read.
#[test]
fn the_lock_goes_through_its_text() {
    for name in [
        "own_members",
        "parameters",
        "read_write_only",
        "mixed_enums",
        "names",
        "operation_ids",
    ] {
        let lock = generate(&case(name), Lock::default()).lock;
        let read = lock::parse(&lock::print(&lock)).expect("it is a lock");
        assert_eq!(lock, read);
    }
}

fn case(name: &str) -> String {
    let path = root().join("tests/cases").join(name).join("openapi.yaml");
    std::fs::read_to_string(path).expect("the case is there")
}

fn generate(text: &str, lock: Lock) -> Generated {
    let (result, report) = document(Source::new("openapi.yaml", text), lock);
    result.unwrap_or_else(|error| panic!("{error}\n{}", report.render_text()))
}

fn types(generated: &Generated) -> Vec<&str> {
    let types = generated.api.types.iter();
    types.map(|decl| decl.name.ident.as_str()).collect()
}

fn models(generated: &Generated) -> String {
    let files = generated.files.iter();
    let files = files.filter(|file| file.path.starts_with("src/models/"));
    files.map(|file| file.text.as_str()).collect()
}

/// The members of a struct or an enum.
fn record<'t>(text: &'t str, name: &str) -> &'t str {
    let head = ["struct", "enum"].map(|kind| format!("pub {kind} {name} {{"));
    let found = head.iter().find_map(|head| text.split_once(head.as_str()));
    let (_, rest) = found.unwrap_or_else(|| panic!("there is no {name} in\n{text}"));
    rest.split_once("\n    }")
        .map_or(rest, |(members, _)| members)
}
