//! A part of the document, by config and by options.

use crate::{PETS, command, expect, files, folder, run};
use std::fs;
use tempfile::TempDir;

const MORE: &str = r##"  /toys:
    get:
      operationId: listToys
      tags: [Toy]
      responses:
        "200": {description: All, content: {application/json: {schema: {$ref: "#/components/schemas/Toy"}}}}
    delete:
      operationId: deleteToys
      deprecated: true
      tags: [Toy]
      responses: {"204": {description: Gone}}
components:
  schemas:
    Toy: {type: object, properties: {size: {type: integer}}}
"##;

/// A folder with a document of two tags, generated as a whole.
fn toys() -> TempDir {
    let folder = folder();
    let text = PETS.replace("components:\n  schemas:\n", MORE);
    fs::write(folder.path().join("spec/pets.yaml"), text).unwrap();
    expect(&folder, "generate", 0);
    folder
}

#[test]
fn options_select_and_leave_the_lock() {
    let folder = toys();
    let lock = || fs::read_to_string(folder.path().join("spec/restwright.lock")).unwrap();
    let before = lock();
    let said = expect(&folder, "generate --tag Toy", 0);
    assert!(
        said.out.contains("removed client/src/models/pet.rs\n"),
        "{said:#?}"
    );
    assert!(
        said.out.contains("client: 1 type, 2 operations, "),
        "{said:#?}"
    );
    assert_eq!(lock(), before, "names of what is left out stay given");
    // `check` says the command with the selection, and without it what is missing.
    let said = expect(&folder, "check", 1);
    assert!(said.out.contains("run: restwright generate\n"), "{said:#?}");
    let said = run(
        &folder,
        "check --tag Toy --exclude-method delete --no-deprecated",
    );
    assert_eq!(said.code, Some(1), "{said:#?}");
    let command = "run: restwright generate --tag Toy --exclude-method delete --no-deprecated\n";
    assert!(said.out.contains(command), "{said:#?}");
    expect(&folder, "check --tag Toy", 0);
}

#[test]
fn an_option_stands_in_place_of_what_the_config_says() {
    let folder = toys();
    let config = fs::read_to_string(folder.path().join("spec/restwright.toml")).unwrap();
    let config = format!("{config}[select]\ntags = [\n  'Toy',\n  'Pte',\n]\ndeprecated = false\n");
    fs::write(folder.path().join("spec/restwright.toml"), config).unwrap();
    let said = expect(&folder, "generate", 0);
    let told = "warning[selects-nothing]: the document has no tag `Pte`\n  --> spec/restwright.toml:8:3 \
        #/select/tags/1\n  = help: `Pet` may be meant\n";
    assert!(said.err.contains(told), "{said:#?}");
    assert!(
        said.out.contains("client: 1 type, 1 operation, "),
        "{said:#?}"
    );
    // The tags are the option's, what is deprecated stays out.
    let said = expect(&folder, "generate --tag * --method GET --method delete", 0);
    assert_eq!(said.err, "");
    assert!(
        said.out.contains("client: 3 types, 2 operations, "),
        "{said:#?}"
    );
    // `lint` is about the whole document.
    let said = expect(&folder, "lint", 0);
    assert!(!said.out.contains("selects-nothing"), "{said:#?}");
}

/// The interface in short, of a part.
#[test]
fn api_prints_a_line_for_each_item() {
    let folder = toys();
    let said = expect(&folder, "api --tag Toy --operation listToys", 0);
    let lines: Vec<&str> = said.out.lines().collect();
    assert_eq!(
        lines,
        [
            "# crate",
            "feature rustls (default)",
            "feature native-tls",
            "feature tracing",
            "feature blocking",
            "feature mock",
            "fn Client::builder(base_url: String) -> ClientBuilder",
            "# toy",
            "feature toy (default)",
            "fn Client::toy() -> ToyApi",
            "struct ToyApi",
            "fn ToyApi::list() -> ListToys",
            "call ListToys -> Toy: GET /toys",
            "# shared",
            "struct Toy",
            "Toy.size: Option<i64> optional",
        ]
    );
    let said = expect(&folder, "api --message-format json", 0);
    let item = r#"{"kind":"item","section":"pet","item":"call ListPets -> Pet: GET /pets"}"#;
    assert!(said.out.lines().any(|line| line == item), "{said:#?}");
    // The crate has the same, and what a tag had goes with it.
    let snapshot =
        |tag: &str| fs::read_to_string(folder.path().join(format!("client/snapshots/{tag}.snap")));
    assert!(
        snapshot("toy")
            .unwrap()
            .ends_with("\nToy.size: Option<i64> optional\n")
    );
    let said = expect(&folder, "generate --tag Toy", 0);
    assert!(
        said.out.contains("removed client/snapshots/pet.snap\n"),
        "{said:#?}"
    );
    assert!(snapshot("pet").is_err());
}

#[test]
fn an_empty_selection_is_an_error() {
    let folder = toys();
    let before = files(folder.path());
    let output = command(folder.path(), &["generate", "--operation", "GET /toy"])
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let told = String::from_utf8(output.stderr).unwrap();
    for line in [
        "warning[selects-nothing]: the document has no operation `GET /toy`\n  --> --operation #\n  \
         = help: `GET /toys` may be meant\n",
        "error[nothing-selected]: the selection leaves no operation of the document\n  --> spec/pets.yaml:1:1 #\n",
    ] {
        assert!(told.contains(line), "{line} in {told}");
    }
    assert_eq!(files(folder.path()), before);
}
