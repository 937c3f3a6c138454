//! `operation!` as the generator writes it.

use std::time::Duration;

use serde_json::{Value, json};

use super::server::{answer, answer_with, serve};
use crate::runtime::{Bytes, Client, Error, Fill, operation, record};

record! {
    #[builder(ThingBuilder)]
    pub struct Thing {
        #[json("name")]
        pub name: String,
        #[json(optional, "size")]
        pub size: Option<i64>,
    }
}

record! {
    pub struct ListThings {
        #[json("items")]
        pub items: Vec<Thing>,
        #[json(optional, "next")]
        pub next: Option<String>,
    }
}

operation! {
    /// Lists things.
    #[request("listThings", "GET", "/things")]
    #[answer(json = ListThings)]
    #[pages(Thing, cursor("after", "/next").items("/items"))]
    pub struct ListThingsCall {
        /// How many.
        ///
        /// Default: 10.
        #[query("limit")]
        limit: i64,
        #[query_list("tag_ids", Comma)]
        tag_ids: String,
        #[query("minScore")]
        min_score: f64,
        /// In whose place.
        #[deprecated = "use a client of its own"]
        #[header("x-as-workspace")]
        as_workspace: String,
        #[query_json("filter")]
        filter: Thing,
    }
}

operation! {
    /// Searches things.
    #[deprecated]
    #[request("searchThings", "POST", "/things/search")]
    #[answer(json = ListThings)]
    #[pages(Thing, cursor("after", "/next").in_body().items("/items"))]
    pub struct SearchThings {
        #[json]
        body: Thing,
    }
}

operation! {
    #[request("deleteThing", "DELETE", "/things/{id}")]
    #[answer(empty)]
    pub struct DeleteThing {}
}

operation! {
    #[request("export", "PUT", "/export")]
    #[answer(text)]
    pub struct ExportThings {
        #[text("text/csv")]
        csv: String,
        #[bytes("image/png")]
        image: Bytes,
        #[form()]
        form: Value,
    }
}

operation! {
    #[request("download", "GET", "/file")]
    #[answer(bytes)]
    pub struct Download {}
}

struct ThingApi {
    client: Client,
}

#[allow(deprecated)]
impl ThingApi {
    fn list(&self) -> ListThingsCall {
        ListThingsCall::request(&self.client).into()
    }

    fn search(&self) -> SearchThings {
        SearchThings::request(&self.client).into()
    }

    fn delete(&self, id: impl Fill<String>) -> DeleteThing {
        DeleteThing::request(&self.client)
            .path::<String>("id", id)
            .into()
    }

    fn export(&self) -> ExportThings {
        ExportThings::request(&self.client).into()
    }

    fn download(&self) -> Download {
        Download::request(&self.client).into()
    }
}

#[tokio::test]
#[allow(deprecated)]
async fn every_kind_of_setter() {
    let page = r#"{"items":[{"name":"n"}]}"#;
    let server = serve([answer("200 OK", page)]);
    let api = ThingApi {
        client: server.client(),
    };
    let call = api
        .list()
        .limit(10)
        .tag_ids(["a", "b,c"])
        .min_score(2)
        .as_workspace("w1")
        .filter(Thing::builder().name("x"))
        .with_header("x-once", 1)
        .with_timeout(Duration::from_secs(5));
    let things: ListThings = call.await.unwrap();
    assert_eq!(things.items[0].name, "n");
    let asked = server.only();
    assert_eq!(
        asked.line,
        "GET /things?limit=10&tag_ids=a,b%2Cc&minScore=2&filter=%7B%22name%22%3A%22x%22%7D"
    );
    assert_eq!(asked.header("x-as-workspace"), Some("w1"));
    assert_eq!(asked.header("x-once"), Some("1"));
    assert_eq!(asked.header("accept"), Some("application/json"));
}

#[tokio::test]
async fn every_kind_of_answer() {
    let server = serve([
        answer("204 No Content", ""),
        answer("200 OK", "a,b"),
        answer_with("200 OK", "x-a: 1\r\n", "PNG"),
    ]);
    let api = ThingApi {
        client: server.client(),
    };
    api.delete("me@example.com").send().await.unwrap();
    let csv: String = api.export().csv("a").await.unwrap();
    let file = api.download().send_with_response().await.unwrap();
    let bytes: Bytes = file.value;
    assert_eq!(
        (csv.as_str(), &bytes[..], &file.headers["x-a"] == "1"),
        ("a,b", &b"PNG"[..], true)
    );
    let asked = server.asked();
    assert_eq!(asked[0].line, "DELETE /things/me%40example.com");
    assert_eq!(
        (asked[1].line.as_str(), asked[1].body.as_str()),
        ("PUT /export", "a")
    );
    assert_eq!(
        asked[1].header("accept"),
        Some("text/csv, text/plain, */*;q=0.8")
    );
    assert_eq!(asked[2].header("accept"), Some("*/*"));
}

#[tokio::test]
async fn other_bodies() {
    let server = serve([answer("200 OK", ""), answer("200 OK", "")]);
    let api = ThingApi {
        client: server.client(),
    };
    api.export().form(json!({"a": [1, 2]})).await.unwrap();
    api.export().image(vec![b'P']).await.unwrap();
    let asked = server.asked();
    assert_eq!(
        (asked[0].body.as_str(), asked[1].body.as_str()),
        ("a=1&a=2", "P")
    );
    assert_eq!(asked[1].header("content-type"), Some("image/png"));
}

#[tokio::test]
#[allow(deprecated)]
async fn lists_are_streams() {
    let pages = [
        r#"{"items":[{"name":"a"}],"next":"c"}"#,
        r#"{"items":[{"name":"b"}]}"#,
    ];
    let server = serve(pages.map(|page| answer("200 OK", page)));
    let api = ThingApi {
        client: server.client(),
    };
    let mut things = api.list().limit(1).stream();
    let mut names = Vec::new();
    while let Some(thing) = things.next().await {
        names.push(thing.unwrap().name);
    }
    assert_eq!(names, ["a", "b"]);
    assert_eq!(
        server.lines(),
        ["GET /things?limit=1", "GET /things?limit=1&after=c"]
    );

    let server = serve(pages.map(|page| answer("200 OK", page)));
    let api = ThingApi {
        client: server.client(),
    };
    let mut pages = api
        .search()
        .body(Thing::builder().name("x").size(1))
        .pages();
    assert_eq!(pages.next().await.unwrap().unwrap().items.len(), 1);
    assert_eq!(pages.next().await.unwrap().unwrap().next, None);
    assert!(pages.next().await.is_none());
    assert_eq!(
        server.asked()[1].body,
        r#"{"name":"x","size":1,"after":"c"}"#
    );
}

#[tokio::test]
#[allow(deprecated)]
async fn what_is_missing_is_told_before_anything_is_sent() {
    let server = serve::<String>([]);
    let api = ThingApi {
        client: server.client(),
    };
    let error = api
        .search()
        .body(Thing::builder().size(1))
        .await
        .unwrap_err();
    assert!(matches!(error, Error::Invalid { .. }));
    let text = "searchThings (POST): nothing sent: the body: required but not given: name";
    assert_eq!(error.to_string(), text);
}

#[tokio::test]
async fn a_call_can_go_to_another_thread() {
    fn check<F: Future + Send + 'static>(future: F) -> F {
        future
    }
    let server = serve([answer("200 OK", r#"{"items":[]}"#)]);
    let api = ThingApi {
        client: server.client(),
    };
    let call = check(api.list().into_future());
    drop(api);
    assert!(tokio::spawn(call).await.unwrap().is_ok());
    let shown = format!(
        "{:?}",
        ThingApi {
            client: server.client()
        }
        .list()
        .limit(1)
    );
    let request = "Request { operation: \"listThings\", method: \"GET\", path: \"/things\", .. }";
    assert_eq!(shown, format!("ListThingsCall {{ request: {request} }}"));
}
