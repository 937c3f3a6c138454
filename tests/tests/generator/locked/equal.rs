//! Types that are equal, or stand in one place, and the names that the lock has for them.

use super::*;

/// Two types become equal: with the lock they stay two, without it they are one.
#[test]
fn types_that_become_equal_keep_their_names() {
    let colour = |values: &str| {
        format!("{{type: object, properties: {{colour: {{type: string, enum: [{values}]}}}}}}")
    };
    let document = |second: &str| {
        format!(
            "openapi: 3.0.0\ninfo: {{title: T, version: '1'}}\npaths: {{}}\ncomponents:\n  schemas:\n    Lamp: {}\n    Door: {}\n",
            colour("red, green"),
            colour(second),
        )
    };
    let before = generate(&document("blue, white"), Lock::default());
    assert_eq!(types(&before), ["Lamp", "LampColour", "Door", "DoorColour"]);
    let after = document("red, green");
    let kept = generate(&after, before.lock);
    assert_eq!(types(&kept), ["Lamp", "LampColour", "Door", "DoorColour"]);
    assert_eq!(
        types(&generate(&after, Lock::default())),
        ["Lamp", "Colour", "Door"]
    );
}

/// A member of a base that an heir narrows is two types in one place; the one that is a component's, too,
/// stays so.
#[test]
fn two_types_in_one_place_keep_their_names() {
    let text = "openapi: 3.0.3
info: {title: T, version: '1'}
paths: {}
components:
  schemas:
    Size: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: integer}}}
    Base: {type: object, properties: {id: {type: object, required: [a, b], properties: {a: {type: string}, b: {type: integer}}}}}
    Heir:
      allOf:
        - {type: object, properties: {id: {type: object, properties: {c: {type: boolean}}}}}
        - {$ref: '#/components/schemas/Base'}
";
    let first = generate(text, Lock::default());
    assert_eq!(types(&first), ["Size", "Base", "Heir", "HeirId"]);
    let again = generate(text, first.lock.clone());
    assert_eq!(models(&again), models(&first));
    assert_eq!(again.lock, first.lock);
}

/// A shared answer that is the only one of an operation and a failure of another: three types in one place, two of
/// which may have each other's names.
#[test]
fn a_shared_answer_keeps_its_names() {
    let text = "openapi: 3.1.0
info: {title: T, version: '1'}
paths:
  /cars/{id}:
    put: {operationId: park, responses: {'200': {description: fine}, default: {$ref: '#/components/responses/Level'}}}
  /bikes/{id}:
    patch: {operationId: kind, responses: {default: {$ref: '#/components/responses/Level'}}}
components:
  responses:
    Level:
      description: a level
      content:
        application/json: {}
        application/problem+json: {schema: {type: object, properties: {floor: {type: integer, enum: [132, 196]}}}}
";
    let first = generate(text, Lock::default());
    let level = |name: &&String| first.lock.types[*name].members == ["floor"];
    let levels: Vec<&String> = first.lock.types.keys().filter(level).collect();
    assert_eq!(levels, ["KindLevel", "LevelResponse", "ParkLevel"]);
    let again = generate(text, first.lock.clone());
    assert_eq!(models(&again), models(&first));
    assert_eq!(again.lock, first.lock);
}

/// An operation to which several paths refer has a name for each, and the two forms of an inline schema
/// have each their own.
#[test]
fn what_stands_in_one_place_for_two_keeps_both_names() {
    let text = "openapi: 3.0.3
info: {title: T, version: '1'}
paths:
  /users:
    get:
      operationId: listUsers
      tags: [User]
      responses: {'200': {description: all, content: {application/json: {schema: {type: array, items: {type: object, required: [name], properties: {name: {type: string}, role: {type: string, readOnly: true}, note: {type: string}}}}}}}}
    post:
      operationId: addUser
      tags: [User]
      requestBody: {required: true, content: {application/json: {schema: {$ref: '#/paths/~1users/get/responses/200/content/application~1json/schema/items'}}}}
      responses: {'201': {description: one, content: {application/json: {schema: {$ref: '#/paths/~1users/get/responses/200/content/application~1json/schema/items'}}}}}
  /teams/users: {$ref: '#/paths/~1state'}
  /state: {get: {tags: [User], responses: {'204': {description: fine}}}}
";
    let first = generate(text, Lock::default());
    let functions = |path: &str| {
        first
            .lock
            .operations
            .get(path)
            .map(|names| names[0].as_str())
    };
    assert_eq!(functions("#/paths/~1state/get"), Some("get_state"));
    assert_eq!(
        functions("#/paths/~1teams~1users/get"),
        Some("get_teams_users")
    );
    let form = |name: &str| {
        first
            .lock
            .types
            .get(name)
            .map(|known| known.places.join(", "))
    };
    let item = "#/paths/~1users/get/responses/200/content/application~1json/schema/items";
    assert_eq!(form("ListUsersResponseResponse").as_deref(), Some(item));
    assert_eq!(
        form("ListUsersRequestResponse"),
        Some(format!("{item} (request)"))
    );
    let again = generate(text, first.lock.clone());
    assert_eq!(models(&again), models(&first));
    assert_eq!(again.lock, first.lock);
}

/// An inline type that was a copy of one of two equal components stays that, whichever is reached first.
#[test]
fn a_copy_of_a_component_stays_its_copy() {
    let answer = |path: &str, schema: &str| {
        format!(
            "  /{path}:\n    get:\n      operationId: {path}\n      responses: {{'200': {{description: d, \
             content: {{application/json: {{schema: {schema}}}}}}}}}\n"
        )
    };
    let listed = "{type: string, enum: [on, off]}";
    let with = |property: &str| {
        format!("{{type: object, properties: {{a: {{type: integer}}, {property}}}}}")
    };
    let lamp = answer(
        "lamp",
        &with("status: {$ref: '#/components/schemas/LampStatus'}"),
    );
    let heater = answer(
        "heater",
        &with("status: {$ref: '#/components/schemas/HeaterStatus'}"),
    );
    let inline = answer(
        "fan",
        &with(&format!("status: {listed}, b: {{type: string}}")),
    );
    let document = |paths: [&str; 3]| {
        format!(
            "openapi: 3.1.0\ninfo: {{title: Home, version: '1'}}\npaths:\n{}components:\n  schemas:\n    \
             HeaterStatus: {listed}\n    LampStatus: {listed}\n",
            paths.concat()
        )
    };
    let status = |generated: &Generated| {
        let text = models(generated);
        let fan = record(&text, "FanResponse");
        let line = fan.lines().find(|line| line.contains("pub status"));
        line.expect("there is one").trim().to_owned()
    };
    let first = generate(&document([&lamp, &inline, &heater]), Lock::default());
    assert_eq!(status(&first), "pub status: Option<LampStatus>,");
    let moved = document([&heater, &inline, &lamp]);
    let second = generate(&moved, first.lock.clone());
    assert_eq!(status(&second), "pub status: Option<LampStatus>,");
    let sorted = |generated: &Generated| {
        let mut types: Vec<String> = types(generated).into_iter().map(str::to_owned).collect();
        types.sort();
        types
    };
    assert_eq!(sorted(&first), sorted(&second));
    let without = generate(&moved, Lock::default());
    assert_eq!(status(&without), "pub status: Option<HeaterStatus>,");
}
