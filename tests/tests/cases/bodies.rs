//! Bodies over real sockets: several media types, forms, parts.

use crate::File;
use crate::calls::{arrived, client, header, server};
use crate::cases::media_types::models::ScanNegativeRequest;
use crate::cases::media_types::operations::negative::NegativeApi;
use crate::cases::request_bodies::models::{
    Nothing, Order, OrderAddress, OrderFlags, OrderLine, Picture, RenderBody, RenderJson,
    ScanPictureBody, SendReportMeta, SendReportRequest, SetTextBody, Text,
};
use crate::cases::request_bodies::operations::order::OrderApi;
use crate::cases::request_bodies::operations::picture::PictureApi;
use crate::cases::request_bodies::operations::press::PressApi;
use crate::cases::request_bodies::operations::report::ReportApi;
use crate::cases::request_bodies::operations::text::TextApi;
use wiremock::{MockServer, ResponseTemplate};

/// The media type and the text of the one body that arrived.
async fn body(server: &MockServer) -> (String, String) {
    let request = arrived(server).await;
    let media = header(&request, "content-type").expect("it has a media type");
    let text = String::from_utf8(request.body.clone()).expect("it is text");
    (media.to_owned(), text)
}

async fn rendered(body: impl crate::Fill<RenderBody>) -> (String, String) {
    let page = ResponseTemplate::new(200).set_body_raw("<p>a</p>", "text/html");
    let server = server(page).await;
    let api = TextApi {
        client: client(&server),
    };
    let html: String = api.render(body).await.expect("it is a success");
    assert_eq!(html, "<p>a</p>");
    self::body(&server).await
}

fn pair(media: &str, text: &str) -> (String, String) {
    (media.to_owned(), text.to_owned())
}

/// Case 3: the variant tells the media type.
#[tokio::test]
async fn several_media_types_are_an_enum() {
    let plain = RenderBody::TextPlain("a".to_owned());
    assert_eq!(rendered(plain).await, pair("text/plain", "a"));
    let markdown = RenderBody::TextXMarkdown("*a*".to_owned());
    assert_eq!(rendered(markdown).await, pair("text/x-markdown", "*a*"));
    let json = pair("application/json", r#"{"text":"a"}"#);
    let text = || RenderJson::builder().text("a");
    assert_eq!(rendered(text()).await, json);
    let built = text().build().expect("nothing is missing");
    assert_eq!(rendered(built.clone()).await, json);
    assert_eq!(rendered(RenderBody::Json(built)).await, json);
}

#[tokio::test]
async fn an_optional_body_is_one_of_several_too() {
    for (body, media, text) in [
        (
            SetTextBody::Form(order()),
            "application/x-www-form-urlencoded",
            "name=n&tags=a%20b,c",
        ),
        (SetTextBody::Pdf("%PDF".into()), "application/pdf", "%PDF"),
        (
            SetTextBody::TextPlusXml("<t/>".to_owned()),
            "application/vnd.text+xml",
            "<t/>",
        ),
        (
            SetTextBody::Other("GIF".into()),
            "application/octet-stream",
            "GIF",
        ),
    ] {
        let server = server(ResponseTemplate::new(204)).await;
        let api = TextApi {
            client: client(&server),
        };
        let call = api.set("7").body(body);
        call.await.expect("it is a success");
        assert_eq!(self::body(&server).await, pair(media, text));
    }
    // Another spelling of a media type.
    let server = server(ResponseTemplate::new(204)).await;
    let api = TextApi {
        client: client(&server),
    };
    let call = api.set("7").body(Text::builder().text("a"));
    let call = call.with_header("content-type", "text/json");
    call.await.expect("it is a success");
    assert_eq!(body(&server).await, pair("text/json", r#"{"text":"a"}"#));
}

#[tokio::test]
async fn a_file_makes_it_a_form_of_parts() {
    let server = server(ResponseTemplate::new(204)).await;
    let api = TextApi {
        client: client(&server),
    };
    let picture = Picture::builder().image(File::new("GIF").named("a.gif"));
    api.illustrate("7", picture).await.expect("it is a success");
    let (media, text) = body(&server).await;
    assert!(media.starts_with("multipart/form-data; boundary="));
    assert!(
        text.contains("name=\"image\"; filename=\"a.gif\""),
        "{text}"
    );
}

#[tokio::test]
async fn half_a_media_type_is_the_whole_one() {
    let answer = ResponseTemplate::new(200).set_body_raw(r#"{"id":"n1"}"#, "application/json");
    let server = server(answer).await;
    let api = NegativeApi {
        client: client(&server),
    };
    let negative = ScanNegativeRequest::builder().file(File::new("TIFF"));
    let found = api.scan().body(negative.note("*dark*")).await;
    assert_eq!(found.expect("it is a success").id.as_deref(), Some("n1"));
    let (media, text) = body(&server).await;
    assert!(media.starts_with("multipart/form-data; boundary="));
    assert!(
        text.contains("Content-Type: text/markdown\r\n\r\n*dark*"),
        "{text}"
    );
}

#[tokio::test]
async fn what_has_no_variant_is_named_by_a_header() {
    let server = server(ResponseTemplate::new(204)).await;
    let api = PictureApi {
        client: client(&server),
    };
    let call = api.scan(ScanPictureBody::Other("TIFF".into()));
    let call = call.with_header("content-type", "image/tiff");
    call.await.expect("it is a success");
    assert_eq!(body(&server).await, pair("image/tiff", "TIFF"));
}

fn order() -> Order {
    let order = Order::builder().name("n").tags(["a b", "c"]);
    order.build().expect("nothing is missing")
}

fn full_order() -> Order {
    let line = |price: i64| OrderLine::builder().price(price);
    let order = Order::builder()
        .name("a&b")
        .expand(["x.y", "z"])
        .metadata(crate::Map::from([("k".to_owned(), "v".to_owned())]))
        .tags(["a b", "c"])
        .codes([1, 2])
        .address(OrderAddress::builder().city("Ulm"))
        .flags(OrderFlags::builder().gift(true).fast(false))
        .sizes([7, 8])
        .lines([line(1).colours(["red", "blue"]), line(2)]);
    order.build().expect("nothing is missing")
}

/// The pairs of a form, sorted, with their brackets.
async fn pairs(server: &MockServer) -> Vec<String> {
    let (media, text) = body(server).await;
    assert_eq!(media, "application/x-www-form-urlencoded");
    let text = text.replace("%5B", "[").replace("%5D", "]");
    let mut pairs: Vec<String> = text.split('&').map(str::to_owned).collect();
    pairs.sort();
    pairs
}

#[tokio::test]
async fn members_of_a_form_are_written_as_encoding_says() {
    let server = server(ResponseTemplate::new(201)).await;
    let api = OrderApi {
        client: client(&server),
    };
    api.place(full_order()).await.expect("it is a success");
    assert_eq!(
        pairs(&server).await,
        [
            "address=%7B%22city%22%3A%22Ulm%22%7D",
            "codes=1%7C2",
            "expand[0]=x.y",
            "expand[1]=z",
            "fast=false",
            "gift=true",
            "lines[0][colours][0]=red",
            "lines[0][colours][1]=blue",
            "lines[0][price]=1",
            "lines[1][price]=2",
            "metadata[k]=v",
            "name=a%26b",
            "sizes=7",
            "sizes=8",
            "tags=a%20b,c",
        ]
    );
}

#[tokio::test]
async fn without_encoding_what_is_nested_has_brackets() {
    let server = server(ResponseTemplate::new(201)).await;
    let api = OrderApi {
        client: client(&server),
    };
    api.keep(full_order()).await.expect("it is a success");
    assert_eq!(
        pairs(&server).await,
        [
            "address[city]=Ulm",
            "codes=1",
            "codes=2",
            "expand=x.y",
            "expand=z",
            "flags[fast]=false",
            "flags[gift]=true",
            "lines[0][colours][0]=red",
            "lines[0][colours][1]=blue",
            "lines[0][price]=1",
            "lines[1][price]=2",
            "metadata[k]=v",
            "name=a%26b",
            "sizes=7",
            "sizes=8",
            "tags=a%20b",
            "tags=c",
        ]
    );
}

/// Case 5: a part per file, objects as JSON.
#[tokio::test]
async fn parts_of_a_report() {
    let server = server(ResponseTemplate::new(201)).await;
    let api = ReportApi {
        client: client(&server),
    };
    let report = SendReportRequest::builder()
        .title("Q1")
        .pages([
            File::new("one").named("1.txt").typed("text/plain"),
            File::new("two"),
        ])
        .cover(File::new("PNG"))
        .meta(SendReportMeta::builder().lang("de"))
        .size(2);
    api.send(report).await.expect("it is a success");
    let (media, text) = body(&server).await;
    let boundary = media
        .strip_prefix("multipart/form-data; boundary=")
        .expect("it is a form of parts");
    let mut parts: Vec<&str> = text
        .split(&format!("--{boundary}"))
        .map(str::trim)
        .collect();
    assert_eq!((parts.remove(0), parts.pop()), ("", Some("--")));
    parts.sort_unstable();
    let part = |head: &str, content: &str| {
        format!("Content-Disposition: form-data; {head}\r\n\r\n{content}")
    };
    assert_eq!(
        parts,
        [
            part(
                "name=\"cover\"; filename=\"cover\"\r\nContent-Type: image/png",
                "PNG"
            ),
            part(
                "name=\"meta\"\r\nContent-Type: application/json",
                r#"{"lang":"de"}"#
            ),
            part(
                "name=\"pages\"; filename=\"1.txt\"\r\nContent-Type: text/plain",
                "one"
            ),
            part(
                "name=\"pages\"; filename=\"pages\"\r\nContent-Type: application/octet-stream",
                "two"
            ),
            part("name=\"size\"", "2"),
            part("name=\"title\"", "Q1"),
        ]
    );
}

#[tokio::test]
async fn a_body_that_can_hold_nothing_is_sent_where_it_has_to_be() {
    let server_of = || server(ResponseTemplate::new(204));
    let (without, with) = (server_of().await, server_of().await);
    let api = |server| PressApi {
        client: client(server),
    };
    api(&without).get("7").await.expect("it is a success");
    let request = arrived(&without).await;
    assert_eq!(header(&request, "content-type"), None);
    assert_eq!(request.body, b"");
    let call = api(&with).stop("7", Nothing::builder());
    call.await.expect("it is a success");
    assert_eq!(body(&with).await, pair("application/json", "{}"));
}
