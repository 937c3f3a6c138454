//! What is an alternative and extends what it is an alternative of has what that has, and is itself.

use crate::cases::extending_alternatives::models::{
    Cat, Circle, ListSoldResponse, Pet, Pickup, Shape, Truck, Vehicle,
};
use crate::{read, round_trip};
use serde_json::json;

#[test]
fn with_a_discriminator() {
    let pet: Pet = round_trip(json!({"kind": "cat", "name": "Tom", "purrs": true}));
    let cat = Cat::builder().kind("cat").name("Tom").purrs(true).build();
    assert_eq!(pet, Pet::Cat(cat.expect("nothing is missing")));
    let pet: Pet = read(json!({"kind": "dog", "barks": false}));
    assert!(matches!(pet, Pet::Dog(dog) if dog.barks == Some(false)));
    assert!(serde_json::from_value::<Cat>(json!({"purrs": true})).is_err());
}

#[test]
fn with_more_beside_it() {
    let sold: ListSoldResponse = round_trip(json!({"kind": "dog", "barks": true, "buyer": "Ann"}));
    assert!(matches!(sold, ListSoldResponse::Dog(dog) if dog.buyer == "Ann"));
}

#[test]
fn by_shape() {
    let shape: Shape = round_trip(json!({"id": "s", "radius": 1.5}));
    let circle: Circle = read(json!({"id": "s", "radius": 1.5}));
    assert_eq!(shape, Shape::Circle(circle));
    let shape: Shape = round_trip(json!({"side": 2.0}));
    assert!(matches!(shape, Shape::Square(square) if square.side == 2.0 && square.id.is_none()));
}

#[test]
fn over_two_steps() {
    let value = json!({"wheels": 4, "load": 1.5, "bed": 2.5});
    let vehicle: Vehicle = round_trip(value.clone());
    let pickup: Pickup = read(value);
    assert_eq!(vehicle, Vehicle::Truck(Truck::Pickup(pickup)));
    let vehicle: Vehicle = round_trip(json!({"wheels": 4, "seats": 5}));
    assert!(matches!(vehicle, Vehicle::Car(car) if car.seats == 5));
}
