//! Streams over real sockets: what a call gives, asks for and sends.

use crate::calls::{arrived, client, header, server};
use crate::cases::streams::models::{
    AddFilmRequest, Alarm, CreateForecastRequest, Forecast, ForecastPart, Reading,
};
use crate::cases::streams::operations::alarm::AlarmApi;
use crate::cases::streams::operations::film::FilmApi;
use crate::cases::streams::operations::forecast::ForecastApi;
use crate::cases::streams::operations::reading::ReadingApi;
use crate::{Bytes, Error, Event, Events, File, JsonLines, Upload, Value};
use std::collections::VecDeque;
use std::pin::Pin;
use std::task::{Context, Poll};
use wiremock::ResponseTemplate;

fn answer(media: &str, body: &str) -> ResponseTemplate {
    ResponseTemplate::new(200).set_body_raw(body, media)
}

#[tokio::test]
async fn lines_are_what_the_call_gives() {
    let lines = "{\"degrees\":1.5}\n{\"degrees\":\"cold\"}\n{\"degrees\":2}\n";
    let server = server(answer("application/x-ndjson", lines)).await;
    let api = ReadingApi {
        client: client(&server),
    };
    let mut readings: JsonLines<Reading> = api.list().await.expect("they come");
    let mut found = Vec::new();
    while let Some(reading) = readings.next().await {
        found.push(reading.map(|reading| reading.degrees));
    }
    assert!(matches!(
        found.as_slice(),
        [Ok(1.5), Err(Error::Decode(_)), Ok(2.0)]
    ));
    let asked = arrived(&server).await;
    assert_eq!(
        header(&asked, "accept"),
        Some("application/x-ndjson, */*;q=0.1")
    );
}

#[tokio::test]
async fn lines_beside_json() {
    let server = server(answer("application/jsonl", "{\"degrees\":1.5}\n")).await;
    let api = ReadingApi {
        client: client(&server),
    };
    let mut readings: JsonLines<Reading> = api.export().lines().await.expect("they come");
    let first = readings.next().await.expect("there is one");
    assert_eq!(first.expect("it decodes").degrees, 1.5);
    assert!(readings.next().await.is_none());
    assert_eq!(
        header(&arrived(&server).await, "accept"),
        Some("application/jsonl")
    );
}

#[tokio::test]
async fn json_or_events() {
    let request = || CreateForecastRequest::builder().place("Ulm");
    let server1 = server(answer(
        "application/json",
        "{\"place\":\"Ulm\",\"text\":\"sun\"}",
    ))
    .await;
    let api = ForecastApi {
        client: client(&server1),
    };
    let forecast: Forecast = api.create(request()).await.expect("it comes");
    assert_eq!(forecast.text, "sun");
    // What is awaited is JSON, so that is all it asks for.
    assert_eq!(
        header(&arrived(&server1).await, "accept"),
        Some("application/json")
    );

    let body = "data: {\"word\":\"su\"}\n\ndata: {\"word\":\"n\"}\n\ndata: [DONE]\n\n";
    let server2 = server(answer("text/event-stream", body)).await;
    let api = ForecastApi {
        client: client(&server2),
    };
    let call = api.create(request().stream(true)).events();
    let mut events: Events<ForecastPart> = call.await.expect("they come");
    let mut text = String::new();
    while let Some(event) = events.next().await {
        text.push_str(&event.expect("it decodes").data.word);
    }
    assert_eq!(text, "sun");
    let asked = arrived(&server2).await;
    assert_eq!(header(&asked, "accept"), Some("text/event-stream"));
    assert_eq!(asked.body, b"{\"place\":\"Ulm\",\"stream\":true}");
}

#[tokio::test]
async fn events_are_what_the_call_gives() {
    let body = "event: alarm\nid: 7\ndata: {\"level\":3}\n\n";
    let server = server(answer("text/event-stream", body)).await;
    let api = AlarmApi {
        client: client(&server),
    };
    let mut alarms: Events<Alarm> = api.watch().last_event_id("6").await.expect("they come");
    let alarm: Event<Alarm> = alarms
        .next()
        .await
        .expect("there is one")
        .expect("it decodes");
    assert_eq!(alarm.event.as_deref(), Some("alarm"));
    assert_eq!(alarm.id.as_deref(), Some("7"));
    assert_eq!(alarm.data.level, 3);
    assert!(alarms.next().await.is_none());
    let asked = arrived(&server).await;
    assert_eq!(
        header(&asked, "accept"),
        Some("text/event-stream, */*;q=0.1")
    );
    assert_eq!(header(&asked, "last-event-id"), Some("6"));
}

#[tokio::test]
async fn no_content_is_a_stream_without_items() {
    let server = server(ResponseTemplate::new(204)).await;
    let api = AlarmApi {
        client: client(&server),
    };
    let mut alarms = api.watch().await.expect("it is a success");
    assert!(alarms.next().await.is_none());
}

#[tokio::test]
async fn events_of_text_and_of_any_json() {
    let texts = server(answer("text/event-stream", "data: not JSON\n\n")).await;
    let api = AlarmApi {
        client: client(&texts),
    };
    let mut log: Events<String> = api.watch_log().await.expect("it comes");
    let line = log.next().await.expect("there is one");
    assert_eq!(line.expect("it is text").data, "not JSON");

    let mixed = server(answer("text/event-stream", "event: b\ndata: \"x\"\n\n")).await;
    let api = AlarmApi {
        client: client(&mixed),
    };
    let mut mixed: Events<Value> = api.watch_mixed().await.expect("it comes");
    let event = mixed.next().await.expect("there is one");
    assert_eq!(event.expect("it is JSON").data, "x");
}

#[tokio::test]
async fn bytes_are_whole_or_a_download() {
    let film = vec![7; 100_000];
    let answer = ResponseTemplate::new(200).set_body_bytes(film.clone());
    let server = server(answer).await;
    let api = FilmApi {
        client: client(&server),
    };
    let whole: Bytes = api.get("1").await.expect("it comes");
    assert_eq!(whole, film);

    let mut download = api.get("1").download().await.expect("it comes");
    assert_eq!(download.content_length(), Some(100_000));
    let mut found = Vec::new();
    while let Some(chunk) = download.chunk().await {
        found.extend_from_slice(&chunk.expect("it comes"));
    }
    assert_eq!(found, film);
}

struct Pieces(VecDeque<&'static str>);

impl futures_core::Stream for Pieces {
    type Item = Result<&'static str, std::io::Error>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.pop_front().map(Ok))
    }
}

#[tokio::test]
async fn bytes_and_streams_are_sent() {
    let uploads = [
        Upload::stream(Pieces(["one,", "two"].into())),
        Upload::from("one,two"),
    ];
    for upload in uploads {
        let server = server(ResponseTemplate::new(204)).await;
        let api = FilmApi {
            client: client(&server),
        };
        api.put("1", upload).await.expect("it goes");
        let asked = arrived(&server).await;
        assert_eq!(asked.body, b"one,two");
        assert_eq!(header(&asked, "content-type"), Some("video/mp4"));
    }
}

#[tokio::test]
async fn a_file_of_a_form_can_be_a_stream() {
    let server = server(ResponseTemplate::new(204)).await;
    let api = FilmApi {
        client: client(&server),
    };
    let film = Upload::stream(Pieces(["one,", "two"].into()));
    let form = AddFilmRequest::builder()
        .title("Q1")
        .film(File::new(film).typed("video/mp4"));
    api.add("1", form).await.expect("it goes");
    let asked = arrived(&server).await;
    let body = String::from_utf8_lossy(&asked.body);
    let part = "name=\"film\"; filename=\"film\"\r\nContent-Type: video/mp4\r\n\r\none,two\r\n";
    assert!(body.contains(part), "{body}");
}
