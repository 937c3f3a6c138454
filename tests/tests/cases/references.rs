//! References to any place of a document and of the files beside it.

use crate::cases::{references, several_files};
use crate::{read, round_trip};
use serde_json::json;

#[test]
fn the_inside_of_a_component_is_a_type_of_its_own() {
    use references::models::{Customer, LineColour, OddNaMe, Stock};
    let stock: Stock = round_trip(json!({
        "item": {"sku": "a", "colour": "red"},
        "colour": "sea green",
        "street": "High Street",
        "phone": {"number": "1", "home": true},
        "odd": {"it": "x"},
        "gone": {"any": ["thing"]},
    }));
    assert_eq!(stock.item.map(|item| item.sku).as_deref(), Some("a"));
    assert_eq!(stock.colour, Some(LineColour::SeaGreen));
    assert_eq!(stock.street.as_deref(), Some("High Street"));
    let _: Option<OddNaMe> = stock.odd;
    // The same type where it stands.
    let customer: Customer =
        round_trip(json!({"phones": [{"number": "2"}], "friend": {"name": "B"}}));
    let phones: Vec<references::models::CustomerPhone> = customer.phones.unwrap_or_default();
    assert_eq!(phones[0].number, "2");
    assert_eq!(stock.phone.map(|phone| phone.home), Some(Some(true)));
}

#[test]
fn names_lead_where_pointers_do() {
    use references::models::{Problem, ProblemCode};
    let problem: Problem = round_trip(json!({
        "code": "broken", "level": 2, "causes": [{"code": "missing"}, {"code": "new"}],
    }));
    let causes: Vec<Problem> = problem.causes.unwrap_or_default();
    let codes: Vec<ProblemCode> = causes.into_iter().map(|cause| cause.code).collect();
    assert_eq!(
        codes,
        [ProblemCode::Missing, ProblemCode::Unknown("new".to_owned())]
    );
}

#[test]
fn several_files_are_one_document() {
    use several_files::models::{Dog, DogTrick, Owner, Pet, Tag};
    let owner: Owner = round_trip(json!({
        "name": "A",
        "pets": [
            {"kind": "cat", "lives": 9, "error": {"bark": "!"}},
            {"kind": "dog", "trick": "sit", "favourite": "roll", "owner": {"name": "B"}, "rival": {"kind": "cat"}},
            {"kind": "bird"},
        ],
    }));
    let pets: Vec<Pet> = owner.pets.unwrap_or_default();
    let [Pet::Cat(cat), Pet::Dog(dog), Pet::Unknown(_)] = pets.as_slice() else {
        panic!("{pets:?}");
    };
    assert_eq!(cat.lives, Some(9));
    let dog: &Dog = dog;
    assert_eq!(dog.trick, Some(DogTrick::Sit));
    assert_eq!(dog.favourite, Some(DogTrick::Roll));
    // Two files, two errors.
    let error: several_files::models::AllError =
        read(json!({"message": "m", "tag": {"label": "l", "owner": {"name": "C"}}}));
    let tag: Option<Tag> = error.tag;
    assert_eq!(tag.map(|tag| tag.label).as_deref(), Some("l"));
}

#[test]
fn schemas_of_one_name_go_by_their_folders() {
    use several_files::models::{Bowl, FoodBowl, WaterBowl};
    let bowl: Bowl = round_trip(json!({
        "size": "small", "food": {"grams": 80}, "water": {"litres": 0.5}
    }));
    assert_eq!(bowl.size, "small");
    assert_eq!(bowl.food, FoodBowl { grams: 80 });
    assert_eq!(bowl.water, WaterBowl { litres: 0.5 });
}
