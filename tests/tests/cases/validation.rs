//! What is wrong is told before anything is sent, all of it, with its places.

use crate::calls::{arrived, client, server};
use crate::cases::validation::models::{
    Cargo, Grain, LoadShipBody, LoadShipForm, Odd, Oil, Ship, ShowBerthNear,
};
use crate::cases::validation::operations::berth::BerthApi;
use crate::cases::validation::operations::odd::OddApi;
use crate::cases::validation::operations::ship::ShipApi;
use crate::cases::validation_old::models::Weight;
use crate::cases::validation_old::operations::weight::WeightApi;
use crate::{Client, Error};
use serde_json::json;
use wiremock::{MockServer, ResponseTemplate};

async fn harbour() -> (MockServer, Client) {
    let server = server(ResponseTemplate::new(204)).await;
    let client = client(&server);
    (server, client)
}

/// What is wrong with a call that has not been sent.
async fn faults<T>(server: &MockServer, result: Result<T, Error>) -> Vec<String> {
    let Err(Error::Invalid { faults, .. }) = result else {
        panic!("it was sent");
    };
    let sent = server.received_requests().await;
    assert_eq!(sent.expect("requests are recorded").len(), 0);
    faults
}

#[tokio::test]
async fn parameters_of_every_place() {
    let (server, client) = harbour().await;
    let berths = BerthApi { client };
    let wrong = berths
        .show("a1")
        .depth(20.001)
        .flags(["ab", "c", "ab"])
        .near(ShowBerthNear::builder().miles(51))
        .shape(Ship::builder().name(""))
        .x_pilot("none")
        .visit(0);
    assert_eq!(
        faults(&server, wrong.await).await,
        [
            "cookie `visit`: must be at least 1",
            "header `x-pilot`: must match `^(?!none$)\\p{L}+$`",
            "path parameter `berth`: must match `^[A-Z]\\d{2}$`",
            "query parameter `depth`: must be at most 20",
            "query parameter `depth`: must be a multiple of 0.01",
            "query parameter `flags`: must have at most 2 elements",
            "query parameter `flags`: must have no element twice",
            "query parameter `flags`[1]: must have at least 2 characters",
            "query parameter `near`.miles: must be at most 50",
            "query parameter `shape`.name: must have at least 1 character",
        ]
    );
    let right = berths
        .show("A12")
        .depth(0.07)
        .flags(["ab", "cd"])
        .near(ShowBerthNear::builder().miles(50))
        .x_pilot("Zoë")
        .visit(1);
    right.await.expect("it is sent");
    let arrived = arrived(&server).await;
    assert_eq!(arrived.url.path(), "/berths/A12");
    assert_eq!(
        arrived.url.query(),
        Some("depth=0.07&flags=ab,cd&near%5Bmiles%5D=50")
    );
}

#[tokio::test]
async fn bodies_at_any_depth() {
    let (server, client) = harbour().await;
    let ships = ShipApi { client };
    let boat = Ship::builder().name("Dinghy").crew(31).code("toolong");
    let ship = Ship::builder()
        .name("Endurance")
        .crew(0)
        .secret("hunter2")
        .notes(std::collections::BTreeMap::from([
            ("a".to_owned(), "long".to_owned()),
            ("b".to_owned(), "longer".to_owned()),
        ]))
        .cargo(Cargo::Oil(
            Oil::builder().tons(6).build().expect("nothing is missing"),
        ))
        .boats([boat]);
    let result = ships.register(ship).await;
    let error = result.as_ref().map(drop).map_err(ToString::to_string);
    let faults = faults(&server, result).await;
    assert_eq!(
        faults,
        [
            "$.name: must have at most 8 characters",
            "$.crew: must be at least 1",
            "$.boats[0].code: must have at most 5 characters",
            "$.boats[0].crew: must be at most 30",
            "$.cargo.tons: must be at most 5",
            "$.secret: must have at least 8 characters",
            "$.notes.b: must have at most 4 characters",
        ]
    );
    let error = error.expect_err("it was not sent");
    assert!(
        error.starts_with("registerShip (POST): nothing sent: $.name"),
        "{error}"
    );
    assert!(
        !error.contains("hunter2") && !error.contains("Endurance"),
        "{error}"
    );
}

#[tokio::test]
async fn what_a_union_may_be() {
    let (server, client) = harbour().await;
    let ships = ShipApi { client };
    let grain = |tons: i32| {
        let grain = Grain::builder().tons(tons).build();
        Cargo::Grain(grain.expect("nothing is missing"))
    };
    let call = |cargo: Vec<Cargo>| ships.load("abc", cargo);
    let wrong = call(vec![grain(101), grain(100), Cargo::Integer(0)]);
    assert_eq!(
        faults(&server, wrong.await).await,
        ["$[0].tons: must be at most 100", "$[2]: must be at least 1"]
    );
    assert_eq!(
        faults(&server, call(Vec::new()).await).await,
        ["$: must have at least 1 element"]
    );
    // What is in none of the forms is newer than the client, and the server's to judge.
    let newer = Cargo::Unknown(json!({"kind": "ore", "tons": 900}));
    call(vec![newer]).await.expect("it is sent");
    assert_eq!(
        arrived(&server).await.body,
        br#"[{"kind":"ore","tons":900}]"#
    );
}

#[tokio::test]
async fn forms_and_one_parameter_more() {
    let (server, client) = harbour().await;
    let ships = ShipApi { client };
    let form = LoadShipForm::builder().tons(9.51).build();
    let form = LoadShipBody::from(form.expect("nothing is missing"));
    let wrong = ships.load("ab", form.clone()).await;
    assert_eq!(
        faults(&server, wrong).await,
        [
            "query parameter `ship`: must have at least 3 characters",
            "$.tons: must be at most 9.5",
        ]
    );
    ships
        .load("ab", form)
        .unchecked()
        .await
        .expect("it is sent");
    let arrived = arrived(&server).await;
    assert_eq!(arrived.url.query(), Some("ship=ab"));
    assert_eq!(arrived.body, b"tons=9.51");
}

#[tokio::test]
async fn rules_that_are_none_are_left_out() {
    let (server, client) = harbour().await;
    let odd = OddApi { client };
    let body = Odd::builder()
        .word("")
        .bound(-1)
        .long(1)
        .step(3)
        .twice("b")
        .other("long enough")
        .old("a!");
    let wrong = odd.bounds(body.clone().broken("four")).await;
    assert_eq!(
        faults(&server, wrong).await,
        ["$.broken: must have at most 3 characters"]
    );
    odd.bounds(body.broken("(")).await.expect("it is sent");
    arrived(&server).await;
}

#[tokio::test]
async fn bounds_of_old() {
    let (server, client) = harbour().await;
    let weights = WeightApi { client };
    let parent = Weight::builder().unit("kg").grams(10).build();
    let parent = parent.expect("nothing is missing");
    let wrong = weights
        .weigh(Weight::builder().unit("ton").parent(parent))
        .least(5)
        .most(9);
    assert_eq!(
        faults(&server, wrong.await).await,
        [
            "query parameter `least`: must be more than 5",
            "$.unit: must have at most 2 characters",
            "$.parent.grams: must be less than 10",
        ]
    );
    let right = weights.weigh(Weight::builder().grams(None)).least(6);
    right.await.expect("it is sent");
    assert_eq!(arrived(&server).await.body, br#"{"grams":null}"#);
}
