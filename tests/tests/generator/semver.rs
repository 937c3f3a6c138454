//! The verdict of `restwright diff` beside that of rustdoc's JSON, as generator/docs/semver.md has them.

use super::regenerate::root;
use restwright_tests::semver::public::Earned;
use restwright_tests::semver::{Pair, judge, ours, pairs, stricter_by};

/// The table was written by the program `semver`; what we say is said anew here, over all pairs.
#[test]
fn the_table_has_what_diff_says() {
    let page = std::fs::read_to_string(root().join("generator/docs/semver.md"));
    let page = page.expect("there is a table");
    let rows: Vec<Vec<&str>> = page
        .lines()
        .filter(|line| line.starts_with("| ") && !line.starts_with("| pair"))
        .map(|line| line.split('|').map(str::trim).collect())
        .collect();
    assert!(rows.len() >= 54, "{} rows", rows.len());
    let mut told = 0;
    for pair in pairs().expect("the pairs can be listed") {
        let row = rows.iter().find(|row| row[1] == pair.name);
        let row = row.unwrap_or_else(|| panic!("{} is not in the table", pair.name));
        let (earned, wire) = ours(&pair).expect("a pair can be compared");
        let all = [Earned::Patch, Earned::Minor, Earned::Major];
        let theirs = all.into_iter().find(|earned| earned.word() == row[3]);
        let theirs = theirs.expect("rustdoc has a verdict");
        assert_eq!(row[2], earned.word(), "{}", pair.name);
        assert!(earned >= theirs, "{} is looser", pair.name);
        let end = match earned > theirs {
            true => stricter_by(&wire),
            false => String::new(),
        };
        assert_eq!(row[5], end, "{}", pair.name);
        told += 1;
    }
    assert!(told >= 50, "{told} pairs");
}

/// Pairs of each verdict, judged anew from the two crates: twenty of them, and no table.
#[test]
fn rustdoc_agrees() {
    const AGREE: [&str; 20] = [
        "answer_field_added",
        "answer_field_removed",
        "answer_type",
        "body_optional",
        "bounds",
        "credential_removed",
        "examples",
        "field_format",
        "field_optional",
        "field_renamed",
        "header_added",
        "operation_added",
        "operation_deprecated",
        "operation_removed",
        "optional_parameter",
        "parameter_required",
        "sent_required_field",
        "type_renamed",
        "value_added",
        "value_removed",
    ];
    let work = tempfile::tempdir().expect("a folder can be made");
    let target = root().join("target/generated");
    let all = pairs().expect("the pairs can be listed");
    let chosen: Vec<&Pair> = all
        .iter()
        .filter(|pair| AGREE.contains(&pair.name.as_str()))
        .collect();
    assert_eq!(chosen.len(), AGREE.len());
    for pair in chosen {
        let row = judge(pair, work.path(), &target).expect("rustdoc writes JSON");
        assert_eq!(row.ours, row.theirs, "{}: {}", row.name, row.item);
    }
}
