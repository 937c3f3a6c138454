//! Enums: nullable, of numbers, of several types.

use crate::{read, refused, round_trip};
use serde_json::json;

#[test]
fn null_beside_an_enum_is_no_value_of_it() {
    use crate::cases::nullable_enums::models::{
        Booking, Crossing, CrossingLane, CrossingState, CrossingWeather,
    };
    let crossing: Crossing = round_trip(json!({"state": "boarding", "weather": null, "lane": 2}));
    assert_eq!(crossing.state, Some(CrossingState::Boarding));
    assert_eq!(crossing.weather, None);
    assert_eq!(crossing.lane, Some(CrossingLane::Value2));
    assert_eq!(crossing.deck, None);
    assert_eq!(CrossingState::VALUES.len(), 2);
    // The list of values does not say null, but the type does.
    let crossing: Crossing = round_trip(json!({"state": null, "weather": "rough", "side": "port"}));
    assert_eq!(
        (crossing.state, crossing.weather),
        (None, Some(CrossingWeather::Rough))
    );
    // Null in a place that may be left out is as good as left out.
    let crossing: Crossing =
        read(json!({"state": null, "weather": null, "deck": null, "side": null}));
    assert_eq!((crossing.deck, crossing.side), (None, None));
    let booking: Booking = read(json!({"berth": null}));
    assert_eq!(booking.berth, None);
    assert!(refused::<Crossing>(json!({"state": null})).contains("weather"));
}

#[test]
fn an_unknown_text_is_kept() {
    use crate::cases::nullable_enums::models::{Crossing, CrossingPlain, CrossingState};
    let crossing: Crossing = round_trip(json!({"state": "sunk", "weather": "foggy"}));
    assert_eq!(
        crossing.state,
        Some(CrossingState::Unknown("sunk".to_owned()))
    );
    assert_eq!(
        crossing.state.map(|state| state.to_string()),
        Some("sunk".to_owned())
    );
    assert_eq!(
        CrossingPlain::from("no it is not"),
        CrossingPlain::NoItIsNot
    );
    assert_eq!("yes it is".parse(), Ok(CrossingPlain::YesItIs));
    assert_eq!(CrossingPlain::YesItIs.as_str(), "yes it is");
}

#[test]
fn numbers_have_labels() {
    use crate::cases::number_enums::models::{Car, Door, Gear, Lamp, Offset};
    let car: Car =
        round_trip(json!({"gear": -1, "door": 2, "offset": -10, "half": 0.5, "lamp": 1}));
    assert_eq!(car.gear, Gear::Reverse);
    assert_eq!(car.door, Some(Door::Rear));
    assert_eq!(car.offset, Some(Offset::ValueMinus10));
    assert_eq!(car.half, Some(0.5));
    assert_eq!(car.lamp, Some(Lamp::On));
    assert_eq!(
        Gear::VALUES,
        [Gear::Reverse, Gear::Neutral, Gear::Slow, Gear::Fast]
    );
    assert_eq!(Gear::from(2), Gear::Fast);
    assert_eq!("-1".parse(), Ok(Gear::Reverse));
    assert_eq!(
        (Gear::Slow.value(), Gear::Slow.to_string()),
        (1, "1".to_owned())
    );
}

#[test]
fn a_whole_float_is_the_whole_number() {
    use crate::cases::number_enums::models::{Car, Gear};
    let car: Car = read(json!({"gear": 1.0, "offset": 10.0}));
    assert_eq!(car.gear, Gear::Slow);
    assert_eq!(crate::write(&car), json!({"gear": 1, "offset": 10}));
    assert!(refused::<Car>(json!({"gear": 1.5})).contains("whole number"));
}

#[test]
fn an_unknown_number_is_kept() {
    use crate::cases::number_enums::models::{Car, Gear};
    let car: Car = round_trip(json!({"gear": 7, "door": 0}));
    assert_eq!(car.gear, Gear::Unknown(7));
}

#[test]
fn values_of_several_types() {
    use crate::cases::mixed_enums::models::{
        Seat, SeatBlock, SeatMood, SeatTaken, SeatTicket, SeatView,
    };
    let seat: Seat =
        round_trip(json!({"taken": true, "block": 2, "view": "partial", "mood": "null"}));
    assert_eq!(seat.taken, Some(SeatTaken::True));
    assert_eq!(seat.block, Some(SeatBlock::Value2));
    assert_eq!(seat.view, Some(SeatView::Partial));
    assert_eq!(seat.mood, Some(SeatMood::Null));
    let seat: Seat = round_trip(json!({"taken": "held", "block": "STALLS"}));
    assert_eq!(
        (seat.taken, seat.block),
        (Some(SeatTaken::Held), Some(SeatBlock::Stalls))
    );
    let seat: Seat = round_trip(json!({"taken": {"by": 3}, "block": 9}));
    assert_eq!(seat.taken, Some(SeatTaken::Unknown(json!({"by": 3}))));
    assert_eq!(SeatTaken::from(json!(false)), SeatTaken::False);
    assert_eq!(SeatBlock::from(json!(1.0)), SeatBlock::Value1);
    assert_eq!(SeatTaken::False.value(), json!(false));
    assert_eq!("true".parse(), Ok(SeatTaken::True));
    assert_eq!(SeatBlock::VALUES.len(), 4);
    let seat: Seat = round_trip(json!({"ticket": 5_000_000_000_i64}));
    assert_eq!(seat.ticket, Some(SeatTicket::Value5000000000));
    assert_eq!(SeatTicket::VALUES[2].value(), json!(i64::MIN));
}
