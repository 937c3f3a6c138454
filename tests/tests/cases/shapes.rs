//! Objects, lists, maps, and what is put together from them.

use crate::{Value, read, refused, round_trip};
use serde_json::json;

#[test]
fn types_in_a_list() {
    use crate::cases::type_arrays::models::{Cell, Plant, Reading, Row};
    let plant: Plant =
        round_trip(json!({"label": null, "height": 1.5, "watered": true, "leaves": ["a", null]}));
    assert_eq!((plant.label, plant.height), (None, Some(1.5)));
    assert_eq!(plant.leaves, Some(vec![Some("a".to_owned()), None]));
    let plant: Plant =
        round_trip(json!({"label": "Fern", "height": null, "watered": false, "pot": 3}));
    assert_eq!((plant.label.as_deref(), plant.pot), (Some("Fern"), Some(3)));
    assert!(
        refused::<Plant>(json!({"label": null, "height": null, "watered": null})).contains("null")
    );
    assert!(refused::<Plant>(json!({"label": null, "watered": true})).contains("height"));

    let row: Row = round_trip(json!({"reading": 7, "cells": [null, true, 4, ["x"]]}));
    assert_eq!(row.reading, Some(Reading::Integer(7)));
    let cells = [
        None,
        Some(Cell::Boolean(true)),
        Some(Cell::Integer(4)),
        Some(Cell::Array(vec!["x".to_owned()])),
    ];
    assert_eq!(row.cells, Some(cells.to_vec()));
    let row: Row = round_trip(json!({"reading": 7.5}));
    assert_eq!(row.reading, Some(Reading::Number(7.5)));
    let row: Row = round_trip(json!({"reading": "seven"}));
    assert_eq!(row.reading, Some(Reading::String("seven".to_owned())));
}

#[test]
fn maps_and_further_members() {
    use crate::cases::maps::models::{Counts, Guest, Ledger, Shelf, Strict};
    let counts: Counts = round_trip(json!({"a": 1, "b": 2}));
    assert_eq!(counts.get("b"), Some(&2));
    let shelf: Shelf = round_trip(json!({
        "label": "top",
        "stock": {"plums": 3},
        "jars": {"jam": {"grams": 250.5}},
        "notes": {"jam": null},
        "anything": {"x": [1]},
        "whatever": "y",
        "sealed": {}
    }));
    assert_eq!(shelf.jars.expect("it has jars")["jam"].grams, 250.5);
    assert_eq!(shelf.notes.expect("it has notes")["jam"], None);
    assert_eq!(shelf.anything.expect("it has anything")["x"], json!([1]));
    assert_eq!(shelf.whatever, Some(json!("y")));

    let ledger: Ledger = round_trip(json!({"total": 5, "plums": 3, "pears": 2}));
    assert_eq!((ledger.total, ledger.extra["plums"]), (Some(5), 3));
    assert!(refused::<Ledger>(json!({"plums": "three"})).contains("three"));
    let guest: Guest = round_trip(json!({"name": "Ada", "table": 4, "hat": {"size": 7}}));
    assert_eq!(guest.extra["hat"], json!({"size": 7}));
    assert_eq!(guest.extra.len(), 1);
    // A closed object is closed for who sends, not for who reads: servers add members.
    let strict: Strict = read(json!({"a": "x", "b": 1}));
    assert_eq!(crate::write(&strict), json!({"a": "x"}));
}

#[test]
fn equal_shapes_are_one_type() {
    use crate::cases::sharing::models::{Bush, Graft, Hedge, Kind, Spot, Tree, TreeKind};
    let tree: Tree =
        round_trip(json!({"spot": {"row": 1, "place": 2}, "graft": {"by": "Ida"}, "kind": 2}));
    let bush: Bush =
        round_trip(json!({"spot": {"row": 1, "place": 2}, "graft": {"by": "Ida"}, "kind": 2}));
    let hedge: Hedge = round_trip(json!({"kind": 2}));
    // A copy of a component is the component.
    let spot: Option<Spot> = tree.spot;
    assert_eq!(spot, bush.spot);
    let graft: Option<Graft> = tree.graft;
    assert_eq!(graft, bush.graft);
    // Equal numbers with other labels are another type; with equal labels, the same.
    assert_eq!(tree.kind, Some(TreeKind::Pear));
    assert_eq!(bush.kind, Some(Kind::Gooseberry));
    assert_eq!(bush.kind, hedge.kind);
}

#[test]
fn all_of_is_one_struct() {
    use crate::cases::all_of::models::{Base, Loan, LoanLender, Painting, Piece};
    let _: Base = round_trip(json!({"id": "b"}));
    let piece: Piece = round_trip(json!({"id": "p"}));
    assert_eq!(piece.raw, None);
    let loan: Loan = round_trip(json!({
        "piece": {"id": "7", "raw": {"oil": true}, "painter": "Vigo"},
        "lender": {"id": "9", "city": "Skagen"}
    }));
    let Painting {
        id, raw, painter, ..
    } = loan.piece.expect("it is there");
    assert_eq!((id.as_str(), painter.as_str()), ("7", "Vigo"));
    assert_eq!(raw["oil"], Value::Bool(true));
    let lender: Option<LoanLender> = loan.lender;
    assert_eq!(
        lender.and_then(|lender| lender.city),
        Some("Skagen".to_owned())
    );
    // `required` stands only in a sibling of the schema that declares the property.
    assert!(refused::<Painting>(json!({"id": "7", "painter": "Vigo"})).contains("raw"));
    assert!(refused::<Painting>(json!({"id": "7", "raw": {}})).contains("painter"));
}

#[test]
fn types_contain_themselves() {
    use crate::cases::recursion::models::{Expression, House, Person, Twin};
    let person: Person = round_trip(json!({
        "name": "Ada",
        "mother": {"name": "Anne", "home": {"owner": {"name": "Byron"}}},
        "children": [{"name": "Ralph", "children": []}],
        "home": {"built": 1820},
        "friends": {"best": {"name": "Charles"}}
    }));
    let mother = person.mother.expect("she has one");
    let owner = mother
        .home
        .and_then(|home| home.owner.map(|owner| owner.name.clone()));
    assert_eq!(owner, Some("Byron".to_owned()));
    assert_eq!(person.children.expect("she has some")[0].name, "Ralph");
    let sum: Expression = round_trip(json!({"left": 1.5, "right": {"left": 2.5, "right": 3.5}}));
    let Expression::WithLeft(sum) = sum else {
        panic!("{sum:?}")
    };
    assert_eq!(*sum.left, Expression::Number(1.5));
    // By way of another name for itself.
    let house: House = round_trip(json!({"built": 1, "twin": {"built": 2, "twin": {"built": 3}}}));
    let twin: Twin = *house.twin.expect("it has one");
    let third = twin.twin.and_then(|third| third.built);
    assert_eq!((twin.built, third), (Some(2), Some(3)));
}

#[test]
fn titles_name_components() {
    use crate::cases::numbered_components::models::{
        Flour, Loaf, Oven, OvenHeat, OvenPlate, OvenRack,
    };
    let loaf: Loaf = round_trip(json!({"flour": "rye"}));
    assert_eq!(loaf.flour, Flour::Rye);
    // And what is within a component is named after its title too.
    let oven: Oven =
        round_trip(json!({"rack": {"height": 1.5}, "heat": "top", "plates": [{"loaves": 4}]}));
    let rack: Option<OvenRack> = oven.rack;
    assert_eq!(rack.and_then(|rack| rack.height), Some(1.5));
    assert_eq!(oven.heat, Some(OvenHeat::Top));
    let plates: Vec<OvenPlate> = oven.plates.expect("it has plates");
    assert_eq!(plates[0].loaves, Some(4));
}

/// Schemas that are nothing but themselves: any value will do.
#[test]
fn aliases_of_themselves_are_plain_json() {
    use crate::cases::alias_cycles::models::{Caller, Here, Loop, Nest, There};
    let caller: Caller = round_trip(json!({"here": [1], "loop": {"a": null}, "nest": [[], [[]]]}));
    let here: Option<Here> = caller.here;
    let there: Option<There> = Some(json!([1]));
    assert_eq!(here, there);
    let again: Option<Loop> = caller.r#loop;
    assert_eq!(again, Some(json!({"a": null})));
    let nest: Option<Nest> = caller.nest;
    assert_eq!(nest, Some(json!([[], [[]]])));
}
