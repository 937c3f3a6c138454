//! Parameters of every kind, as they arrive.

use crate::calls::{arrived, client, header, server};
use crate::cases::parameters::models::{
    FindTreesQuestion, GetTreeEither, GetTreeShape, GetTreeSort, Note,
};
use crate::cases::parameters::operations::tree::TreeApi;
use wiremock::{MockServer, ResponseTemplate};

async fn tree() -> (MockServer, TreeApi) {
    let there = server(ResponseTemplate::new(204)).await;
    let client = client(&there);
    (there, TreeApi { client })
}

#[tokio::test]
async fn what_has_to_be_given_is_an_argument() {
    let (there, api) = tree().await;
    let shape = GetTreeShape::builder().h(3).w(4);
    let note = Note::builder().text("a/b");
    api.get("t", [1, 2], shape, "north/east side", note, "2026-01-31")
        .await
        .expect("the call is answered");
    let request = arrived(&there).await;
    assert_eq!(
        request.url.path(),
        "/trees/t/.1.2/;shape=h,3,w,4/north/east%20side/%7B%22text%22%3A%22a%2Fb%22%7D"
    );
    // What has one value is not asked for.
    assert_eq!(request.url.query(), Some("kind=tree&day=2026-01-31"));
    assert_eq!(header(&request, "x-version"), Some("3"));
    assert_eq!(
        header(&request, "accept"),
        Some("application/json, */*;q=0.8")
    );
}

#[tokio::test]
async fn what_may_be_given_is_a_setter() {
    let (there, api) = tree().await;
    let note = || Note::builder().text("é");
    api.get(
        "t",
        [1],
        GetTreeShape::builder().h(1),
        "p",
        note(),
        "2026-01-31",
    )
    .limit(5)
    .kind("bush")
    .x_version(4)
    .sorts([GetTreeSort::Pear, GetTreeSort::Apple])
    .either(GetTreeEither::StringArray(vec!["a".into(), "b c".into()]))
    .path("a/b:c&d")
    .paths(["x/y", "z"])
    .flag(true)
    .mark("")
    .x_note(note())
    .x_rows([1, 2, 3])
    .crumb(note())
    .session("s 1")
    .memo("two words")
    .card("<a/>")
    .with_header("Accept", "text/csv")
    .await
    .expect("the call is answered");
    let request = arrived(&there).await;
    assert_eq!(
        request.url.query(),
        Some(
            "day=2026-01-31&limit=5&kind=bush&sorts=pear,apple&either=a&either=b%20c\
             &path=a/b:c%26d&paths=x%2Fy&paths=z&flag=true&mark=&memo=two%20words&card=%3Ca%2F%3E"
        )
    );
    assert_eq!(header(&request, "x-version"), Some("4"));
    assert_eq!(header(&request, "x-rows"), Some("1,2,3"));
    let bytes = request.headers.get("x-note").map(|value| value.as_bytes());
    assert_eq!(bytes, Some("{\"text\":\"é\"}".as_bytes()));
    assert_eq!(
        header(&request, "cookie"),
        Some("crumb=%7B%22text%22%3A%22%C3%A9%22%7D; session=s%201")
    );
    assert_eq!(header(&request, "accept"), Some("text/csv"));
}

#[tokio::test]
async fn a_parameter_can_be_the_whole_query() {
    let (there, api) = tree().await;
    let question = FindTreesQuestion::builder().kind("a b").ids([1, 2]);
    api.find().question(question).await.expect("it is answered");
    assert_eq!(
        arrived(&there).await.url.query(),
        Some("kind=a%20b&ids=1&ids=2")
    );
    let (there, api) = tree().await;
    api.ask(Note::builder().text("x"))
        .await
        .expect("it is answered");
    assert_eq!(
        arrived(&there).await.url.query(),
        Some("%7B%22text%22%3A%22x%22%7D")
    );
}

#[tokio::test]
async fn what_is_missing_or_empty_is_told_before_anything_is_sent() {
    let (there, api) = tree().await;
    let error = api
        .get(
            "",
            [0; 0],
            GetTreeShape::builder(),
            "..",
            Note::builder(),
            "2026-01-31",
        )
        .await
        .expect_err("there is nothing to put in the path");
    let text = error.to_string();
    for fault in [
        "`tree` is empty",
        "`rows` is empty",
        "`shape` is empty",
        "`note`: required but not given: text",
    ] {
        assert!(text.contains(fault), "{fault}: {text}");
    }
    let requests = there.received_requests().await.expect("they are recorded");
    assert!(requests.is_empty());
}
