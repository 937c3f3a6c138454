//! The mock as a test would use it: an interface with a call of every kind.

mod answers;
mod calls;

use serde_json::Value;

use super::server::BEARER;
use crate::runtime::mock::Mock;
use crate::runtime::{
    Client, ClientBuilder, Decimal, Field, Map, StatusCode, Upload, operation, record, replies,
    string_enum,
};

string_enum! {
    pub enum Kind {
        Small = "small",
        Large = "large",
        #[unknown]
        Unknown(String),
    }
}

record! {
    #[non_exhaustive]
    pub struct Part {
        #[json("name")]
        pub name: String,
    }
}

record! {
    /// What only answers have: it cannot be put together but by reading.
    #[non_exhaustive]
    pub struct Thing {
        #[json("id")]
        pub id: i64,
        #[json("part")]
        pub part: Part,
        #[json("list")]
        pub parts: Vec<Part>,
        #[json("kind")]
        pub kind: Kind,
        #[json("price")]
        pub price: Decimal,
        #[json("any")]
        pub any: Value,
        #[json("pair")]
        pub pair: (String, bool),
        #[json(nullable, "owner")]
        pub owner: Option<String>,
        #[json(optional, "note")]
        pub note: Option<String>,
        #[json(patch, "color")]
        pub color: Field<String>,
        #[json("labels")]
        pub labels: Map<String>,
    }
}

record! {
    #[builder(NewThingBuilder)]
    pub struct NewThing {
        #[json("name")]
        pub name: String,
        #[json(optional, "size")]
        pub size: Option<f64>,
    }
}

record! {
    pub struct Things {
        #[json("items")]
        pub items: Vec<String>,
        #[json(optional, "next")]
        pub next: Option<String>,
    }
}

replies! {
    pub enum Made {
        Accepted = empty(202),
        Ok(Things) = json(200),
        Text(StatusCode, String) = text(290..=299),
    }
}

replies! {
    pub enum Refused {
        Missing(Things) = json(404, "application/problem+json"),
        Other(StatusCode) = empty(default),
    }
}

operation! {
    #[request("getThing", "GET", "/things/{id}")]
    #[answer(json = Thing)]
    pub struct GetThing {
        #[query("depth")]
        depth: i64,
        #[header("x-as")]
        workspace: String,
    }
}

operation! {
    #[request("listThings", "GET", "/things")]
    #[answer(json = Things)]
    #[pages(String, cursor("after", "/next").items("/items"))]
    pub struct ListThings {
        #[query_list("tag", Repeat)]
        tag: String,
    }
}

operation! {
    #[request("makeThing", "POST", "/things")]
    #[answer(one_of = Made)]
    pub struct MakeThing {
        #[json]
        body: NewThing,
        #[multipart()]
        form: Value,
        #[bytes("image/png")]
        image: Upload,
    }
}

operation! {
    #[request("dropThing", "DELETE", "/things")]
    #[answer(empty)]
    pub struct DropThing {}
}

operation! {
    #[request("watchThings", "GET", "/watch")]
    #[answer(events = Part)]
    #[beside("application/jsonl", (lines = Value))]
    pub struct WatchThings {}
}

const EXAMPLES: &[&str] = &[
    "{}",
    r#"{
        "GET /things": {"status": 200, "type": "application/json", "json": {"items": ["a", "b"]}},
        "DELETE /things": {"status": 204},
        "POST /things": {"status": 299, "type": "text/plain", "text": "made \u00e9"},
        "GET /things/{id}": {"status": "no number"}
    }"#,
];

fn mock() -> Mock {
    let server = "https://api.example.com/v1";
    Mock::of(ClientBuilder::new(server, "x/1", &BEARER), EXAMPLES).unwrap()
}

fn get(client: &Client, id: i64) -> GetThing {
    GetThing::request(client).path::<i64>("id", id).into()
}

fn list(client: &Client) -> ListThings {
    ListThings::request(client).into()
}

fn make(client: &Client) -> MakeThing {
    MakeThing::request(client).into()
}

fn drop_it(client: &Client) -> DropThing {
    DropThing::request(client).into()
}

fn watch(client: &Client) -> WatchThings {
    WatchThings::request(client).into()
}

fn things(items: &[&str], next: Option<&str>) -> Things {
    Things {
        items: items.iter().map(|item| (*item).to_owned()).collect(),
        next: next.map(str::to_owned),
    }
}
