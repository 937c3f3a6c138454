//! What is in the lock is what things are called, whatever they would be called without it.

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

/// What is written is what is read.
#[test]
fn the_lock_goes_through_its_text() {
    for name in ["own_members", "read_write_only", "names", "operation_ids"] {
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
