//! What goes out: method, address, headers and body, byte for byte.

use serde_json::json;

use super::server::{Asked, answer, serve};
use crate::runtime::{Client, Empty, Error, ListStyle, Request, Value, record};

record! {
    #[builder(ThingBuilder)]
    pub struct Thing {
        #[json("name")]
        pub name: String,
        #[json(optional, "size")]
        pub size: Option<f64>,
    }
}

/// Sends what `fill` makes of a call, and returns what reached the server.
async fn sent(
    method: &'static str,
    path: &'static str,
    fill: impl Fn(Request) -> Request,
) -> Asked {
    let server = serve([answer("204 No Content", "")]);
    let request = fill(Request::new(&server.client(), "test", method, path));
    request.send::<Empty>().await.unwrap();
    server.only()
}

/// What is wrong with a call that `fill` makes. There is no server that it could reach.
async fn faults(path: &'static str, fill: impl Fn(Request) -> Request) -> Vec<String> {
    let client = serve::<String>([]).client();
    let request = fill(Request::new(&client, "test", "GET", path));
    match request.send::<Empty>().await {
        Err(Error::Invalid {
            call: Some(call),
            faults,
            ..
        }) => {
            assert_eq!(call.to_string(), "test (GET)");
            faults
        }
        other => panic!("{other:?}"),
    }
}

async fn path_of(value: &'static str) -> String {
    let asked = sent("GET", "/things/{id}/parts", |r| {
        r.path::<String>("id", value)
    })
    .await;
    asked.line.strip_prefix("GET ").unwrap().to_owned()
}

#[tokio::test]
async fn a_path_parameter_stays_within_its_segment() {
    for (value, path) in [
        ("a-Z_0.9~", "/things/a-Z_0.9~/parts"),
        ("me@example.com", "/things/me%40example.com/parts"),
        ("a/b\\c", "/things/a%2Fb%5Cc/parts"),
        ("a b+c?d#e%f", "/things/a%20b%2Bc%3Fd%23e%25f/parts"),
        ("ü\n\t", "/things/%C3%BC%0A%09/parts"),
        ("{name}", "/things/%7Bname%7D/parts"),
        ("...", "/things/.../parts"),
        ("%2e%2E", "/things/%252e%252E/parts"),
    ] {
        assert_eq!(path_of(value).await, path);
    }
}

#[tokio::test]
async fn a_path_parameter_that_would_lead_elsewhere_is_not_sent() {
    let template = "/things/{id}/v{version}";
    let all = |id: &'static str, version: &'static str| {
        faults(template, move |r| {
            r.path::<String>("id", id)
                .path::<String>("version", version)
        })
    };
    let step = ["a path parameter makes a segment `.` or `..`"];
    assert_eq!(all(".", "1").await, step);
    assert_eq!(all("..", "1").await, step);
    assert_eq!(all("", "1").await, ["path parameter `id` is empty"]);
    assert_eq!(
        faults(template, |r| r.path::<i64>("id", 7).path::<i64>("other", 1)).await,
        [
            "the path has no parameter `other`",
            "path parameter `version` is not given"
        ]
    );
}

#[tokio::test]
async fn the_path_is_appended_to_the_base_url() {
    for (base, path, line) in [
        ("", "/a/b", "GET /a/b"),
        ("/", "/a/b/", "GET /a/b/"),
        ("/_mock/api/v2/", "/api/v2/a", "GET /_mock/api/v2/api/v2/a"),
        ("/x", "a?fixed=1", "GET /x/a?fixed=1"),
    ] {
        let server = serve([answer("200 OK", "")]);
        let client = server
            .builder()
            .base_url(format!("{}{base}", server.url))
            .build()
            .unwrap();
        Request::new(&client, "test", "GET", path)
            .send::<Empty>()
            .await
            .unwrap();
        assert_eq!(server.only().line, line);
    }
}

#[tokio::test]
async fn query_parameters_keep_their_order() {
    let asked = sent("GET", "/q", |r| {
        r.query::<i64>("limit", 10)
            .query::<String>("q[x]", "a b&c=d,+'ü")
            .query::<f64>("score", 30.0)
            .query_list::<String>("tag", ["a,b", "c"], ListStyle::Repeat)
            .query_list::<i64>("ids", [1, 2], ListStyle::Comma)
            .query_list::<String>("spaced", ["a", "b c"], ListStyle::Space)
            .query_list::<String>("piped", ["a", "b|c"], ListStyle::Pipe)
            .query_list::<String>("none", Vec::<String>::new(), ListStyle::Comma)
            .query_list::<String>("none", Vec::<String>::new(), ListStyle::Repeat)
            .query_json::<Value>("filter", json!({"a": [1, "x"]}))
            .query::<bool>("last", true)
    });
    assert_eq!(
        asked.await.line,
        "GET /q?limit=10&q%5Bx%5D=a%20b%26c%3Dd%2C%2B%27%C3%BC&score=30&tag=a%2Cb&tag=c&ids=1,2\
         &spaced=a%20b%20c&piped=a%7Cb%7Cc&filter=%7B%22a%22%3A%5B1%2C%22x%22%5D%7D&last=true"
    );
}

#[tokio::test]
async fn a_parameter_that_is_set_again_is_replaced() {
    let asked = sent("GET", "/q?fixed=1", |r| {
        r.query::<i64>("a", 1)
            .query_list::<i64>("b", [1, 2], ListStyle::Repeat)
            .query::<i64>("a", 2)
            .query_list::<i64>("b", [3], ListStyle::Repeat)
            .header::<String>("x-a", "1")
            .header::<String>("X-A", "2")
    })
    .await;
    assert_eq!(asked.line, "GET /q?fixed=1&a=2&b=3");
    assert_eq!(asked.header("x-a"), Some("2"));
}

#[tokio::test]
async fn every_call_carries_the_clients_headers() {
    let server = serve([answer("200 OK", ""), answer("200 OK", "")]);
    let client = server
        .builder()
        .header("x-as-workspace", "w1")
        .build()
        .unwrap();
    Request::new(&client, "test", "GET", "/a")
        .send::<Empty>()
        .await
        .unwrap();
    let own = Request::new(&client, "test", "POST", "/a")
        .header::<String>("x-as-workspace", "w2")
        .header::<String>("user-agent", "other/1")
        .header::<String>("authorization", "Basic eA==");
    own.send::<Empty>().await.unwrap();
    let asked = server.asked();
    assert_eq!(
        asked[0].header("authorization"),
        Some("Bearer secret-token")
    );
    assert_eq!(asked[0].header("user-agent"), Some("thing-client/1.0"));
    assert_eq!(asked[0].header("x-as-workspace"), Some("w1"));
    assert_eq!(
        asked[0].header("accept"),
        Some("application/json, */*;q=0.8")
    );
    assert_eq!(asked[0].header("content-type"), None);
    assert_eq!(asked[1].header("authorization"), Some("Basic eA=="));
    assert_eq!(asked[1].header("user-agent"), Some("other/1"));
    assert_eq!(asked[1].header("x-as-workspace"), Some("w2"));
    assert_eq!(asked[1].header("content-length"), Some("0"));
}

#[tokio::test]
async fn bodies() {
    let json = sent("POST", "/b", |r| {
        r.json::<Thing>(Thing {
            name: "é".to_owned(),
            size: Some(3.0),
        })
    })
    .await;
    assert_eq!(json.body, r#"{"name":"é","size":3}"#);
    assert_eq!(json.header("content-type"), Some("application/json"));

    let patch = |r: Request| {
        r.header::<String>("content-type", "application/merge-patch+json")
            .json::<Value>(json!({}))
    };
    let patch = sent("PATCH", "/b", patch).await;
    assert_eq!(patch.line, "PATCH /b");
    assert_eq!(
        patch.header("content-type"),
        Some("application/merge-patch+json")
    );

    let text = sent("PUT", "/b", |r| r.text("text/csv", "a,b\n")).await;
    assert_eq!(
        (text.body.as_str(), text.header("content-type")),
        ("a,b\n", Some("text/csv"))
    );

    let bytes = sent("DELETE", "/b", |r| r.bytes("image/png", vec![1, 2])).await;
    assert_eq!(
        (bytes.body.as_str(), bytes.header("content-length")),
        ("\u{1}\u{2}", Some("2"))
    );

    let form = sent("POST", "/b", |r| {
        r.form::<Value>(
            &[],
            json!({"a b": "x&y", "n": 1.5, "no": null, "list": ["p", true], "none": []}),
        )
    })
    .await;
    let mut pairs: Vec<_> = form.body.split('&').collect();
    pairs.sort_unstable();
    assert_eq!(pairs, ["a%20b=x%26y", "list=p", "list=true", "n=1.5"]);
    assert_eq!(
        form.header("content-type"),
        Some("application/x-www-form-urlencoded")
    );
}

#[tokio::test]
async fn all_that_is_wrong_is_told_at_once() {
    let found = faults("/{id}", |r| {
        r.header::<String>("x-a", "line\nbreak")
            .header::<String>("no name", "x")
            .json::<Thing>(Thing::builder().size(1))
            .form::<Value>(&[], json!([1]))
            .text("text/\n", "")
    });
    assert_eq!(
        found.await,
        [
            "header `x-a` holds what a header cannot",
            "`no name` cannot be the name of a header",
            "the body: required but not given: name",
            "the body is no object, as a form needs it: invalid type: sequence, expected a map at line 1 column 0",
            "`text/\n` cannot be a Content-Type",
            "path parameter `id` is not given",
        ]
    );
}

#[tokio::test]
async fn without_a_token_nothing_is_sent() {
    let server = serve([answer("200 OK", ""), answer("200 OK", "")]);
    let client = crate::runtime::ClientBuilder::new(&server.url, "x/1", &super::server::BEARER)
        .build()
        .unwrap();
    let request = |client: &Client| Request::new(client, "listThings", "GET", "/a");
    let error = request(&client).send::<Empty>().await.unwrap_err();
    assert!(matches!(error, Error::Credentials { .. }));
    assert_eq!(
        error.to_string(),
        "listThings (GET): nothing sent: the operation needs credentials: give the client's builder \
         `token`"
    );
    request(&client)
        .security(&[&[0], &[]])
        .send::<Empty>()
        .await
        .unwrap();
    request(&server.client())
        .security(&[])
        .send::<Empty>()
        .await
        .unwrap();
    assert!(
        server
            .asked()
            .iter()
            .all(|asked| asked.header("authorization").is_none())
    );
    assert_eq!(server.asked().len(), 2);
}

#[test]
fn debug_shows_neither_headers_nor_query_nor_body() {
    let client = serve::<String>([]).client();
    let request = Request::new(&client, "getThing", "GET", "/t/{id}")
        .path::<i64>("id", 7)
        .query::<String>("q", "s3cret")
        .header::<String>("x-key", "s3cret")
        .json::<String>("s3cret");
    let shown = "Request { operation: \"getThing\", method: \"GET\", path: \"/t/7\", .. }";
    assert_eq!(format!("{request:?}"), shown);
}
