//! A tag's feature alone, with what can be added: what its operations need is there, and nothing is left over.

use super::regenerate::{instantly, root};
use restwright::print::File;
use restwright_tests::tags::{self, reach};
use std::process::Command;

/// The rest of the tags are like these: few types, some, those that most others refer to. The program
/// `tags` compiles all of them.
const TAGS: [&str; 3] = ["workspace-billing", "inbox-placement-test", "lead"];

#[test]
fn a_tag_alone_is_a_client() {
    for tag in TAGS {
        let check = Command::new(env!("CARGO"))
            .args(["check", "--offline", "--quiet", "--no-default-features"])
            .args([
                "--features",
                &format!("rustls,tracing,blocking,mock,recorder,{tag}"),
            ])
            .current_dir(root().join("generated-client"))
            .env("CARGO_TARGET_DIR", root().join("target/generated"))
            .env("RUSTFLAGS", "-Dwarnings")
            .output()
            .expect("cargo can be run");
        let said = String::from_utf8_lossy(&check.stderr);
        assert!(check.status.success(), "{tag}\n{said}");
    }
}

#[test]
fn a_type_of_instantly_is_there_with_the_tags_that_reach_it() {
    let looked = look("instantly", &instantly().0.files);
    assert_eq!(looked.features.len(), 28);
    assert!(looked.types > 250, "{} types", looked.types);
    assert!(
        looked.shared > 20,
        "{} types of several tags",
        looked.shared
    );
}

#[test]
fn a_type_of_the_corpus_is_there_with_the_tags_that_reach_it() {
    let Some(crates) = tags::generated().expect("the corpus can be generated") else {
        println!("skipped: there is no folder ../shared beside the workspace");
        return;
    };
    assert_eq!(crates.len(), tags::DOCUMENTS.len());
    for (name, files) in crates {
        let looked = look(&name, &files);
        assert!(
            looked.features.len() > 20,
            "{name}: {} tags",
            looked.features.len()
        );
        assert!(
            looked.shared > 5,
            "{name}: {} types of several tags",
            looked.shared
        );
    }
}

/// A type that is there too often is found, and so is one that is not there.
#[test]
fn a_wrong_cfg_is_found() {
    let file = |path: &str, text: &str| File {
        path: path.to_owned(),
        text: text.to_owned(),
    };
    let files = |of_b: &str, of_c: &str| {
        vec![
            file(
                "src/operations.rs",
                "#[cfg(feature = \"x\")] pub mod x; #[cfg(feature = \"y\")] pub mod y;",
            ),
            file("src/operations/x.rs", "fn x() -> crate::models::A {}"),
            file(
                "src/operations/y.rs",
                "/// [`C`](crate::models::C)\nfn y() -> crate::models::B {}",
            ),
            file(
                "src/models.rs",
                "#[cfg(feature = \"x\")] mod x; mod shared;",
            ),
            file(
                "src/models/x.rs",
                "use super::B; record! { pub struct A { b: Option<B> } }",
            ),
            file(
                "src/models/shared.rs",
                &format!(
                    "{of_b} record! {{ pub struct B {{}} }} {of_c} pub type C = String; pub type D = i64;"
                ),
            ),
        ]
    };
    let wrong = |of_b: &str, of_c: &str| reach::look(&files(of_b, of_c)).expect("it is Rust").wrong;
    let (both, y) = (
        "#[cfg(any(feature = \"x\", feature = \"y\"))]",
        "#[cfg(feature = \"y\")]",
    );
    assert_eq!(wrong(both, y), Vec::<String>::new());
    assert_eq!(
        wrong(y, both),
        [
            "B is there with {\"y\"}, and is reached by {\"x\", \"y\"}",
            "C is there with {\"x\", \"y\"}, and is reached by {\"y\"}",
        ]
    );
}

fn look(name: &str, files: &[File]) -> reach::Looked {
    let looked = reach::look(files).expect("the crate is Rust");
    assert!(
        looked.wrong.is_empty(),
        "{name}\n{}",
        looked.wrong.join("\n")
    );
    looked
}
