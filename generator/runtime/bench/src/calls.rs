//! Calls: put together for a transport that answers at once, and to a server on loopback.

use super::{Pair, leads};
use instantly_client::models::PatchLeadRequest;
use instantly_client::{
    Client, StatusCode, Transport, TransportFuture, TransportRequest, TransportResponse,
};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use reqwest::Method;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use std::future::Future;
use std::hint::black_box;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::runtime::Runtime;

const LEAD: &str = "01890a5d-ac96-774b-bcce-000000000007";
const TOKEN: &str = "bench-token";
const BASE: &str = "https://api.example.com";
const TIMEOUT: Duration = Duration::from_secs(30);

/// The client that a person writes for three operations.
struct Hand {
    http: reqwest::Client,
    base: String,
}

#[derive(Serialize)]
struct PatchLead {
    #[serde(skip_serializing_if = "Option::is_none")]
    personalization: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_name: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    job_title: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    website: Option<&'static str>,
}

#[derive(Serialize)]
struct ListQuery {
    limit: i64,
    starting_after: &'static str,
}

#[derive(Deserialize)]
#[allow(dead_code)]
struct LeadLists {
    items: Vec<serde_json::Value>,
    next_starting_after: Option<String>,
}

#[derive(Serialize)]
struct ListLeads {
    limit: i64,
}

impl Hand {
    fn new(base: String) -> reqwest::Result<Self> {
        let http = reqwest::Client::builder()
            .timeout(TIMEOUT)
            .user_agent(concat!("bench/", env!("CARGO_PKG_VERSION")))
            .redirect(reqwest::redirect::Policy::none());
        Ok(Hand {
            http: http.build()?,
            base,
        })
    }

    /// A path parameter and a JSON body.
    fn patch(&self) -> reqwest::RequestBuilder {
        let id = utf8_percent_encode(LEAD, NON_ALPHANUMERIC);
        let body = PatchLead {
            personalization: Some("Your article on lighthouses was a pleasure to read."),
            first_name: Some("Jane"),
            job_title: Some("Keeper"),
            website: None,
        };
        self.request(Method::PATCH, &format!("/api/v2/leads/{id}"))
            .json(&body)
    }

    /// Query parameters.
    fn lists(&self) -> reqwest::RequestBuilder {
        let query = ListQuery {
            limit: 10,
            starting_after: LEAD,
        };
        self.request(Method::GET, "/api/v2/lead-lists")
            .query(&query)
    }

    /// A JSON body.
    fn leads(&self) -> reqwest::RequestBuilder {
        self.request(Method::POST, "/api/v2/leads/list")
            .json(&ListLeads { limit: 100 })
    }

    fn request(&self, method: Method, path: &str) -> reqwest::RequestBuilder {
        self.http
            .request(method, format!("{}{path}", self.base))
            .bearer_auth(TOKEN)
            .header("accept", "application/json")
    }

    async fn send<T: DeserializeOwned>(request: reqwest::RequestBuilder) -> reqwest::Result<T> {
        request.send().await?.error_for_status()?.json().await
    }
}

/// Answers `{}` without a server.
struct AtOnce;

impl Transport for AtOnce {
    fn send(&self, request: TransportRequest) -> TransportFuture<'_> {
        black_box(&request);
        Box::pin(async { Ok(TransportResponse::new(StatusCode::OK, r#"{"items":[]}"#)) })
    }
}

fn client(base: String) -> instantly_client::ClientBuilder {
    Client::builder()
        .api_key_auth(TOKEN)
        .base_url(base)
        .timeout(TIMEOUT)
}

fn body() -> instantly_client::models::PatchLeadRequestBuilder {
    PatchLeadRequest::builder()
        .personalization("Your article on lighthouses was a pleasure to read.")
        .first_name("Jane")
        .job_title("Keeper")
}

fn runtime() -> Runtime {
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build();
    runtime.expect("a runtime can be had")
}

/// Requests put together: by hand only that; ours go all the way through a client, up to a transport
/// that answers at once, as a call cannot be seen before.
pub fn encoding() -> Vec<Pair> {
    let hand = || Hand::new(BASE.to_owned()).expect("the client can be built");
    let ours = || {
        let client = client(BASE.to_owned()).transport(AtOnce);
        client.build().expect("the client can be built")
    };
    let (of_path, of_query, to_path, to_query) = (hand(), hand(), ours(), ours());
    let (one, other) = (runtime(), runtime());
    vec![
        Pair {
            name: "put a request together: path and JSON body".to_owned(),
            hand: Box::new(move || {
                black_box(of_path.patch().build().is_ok());
            }),
            ours: Box::new(move || {
                black_box(
                    one.block_on(to_path.lead().patch(LEAD).body(body()).send())
                        .is_ok(),
                );
            }),
        },
        Pair {
            name: "put a request together: query".to_owned(),
            hand: Box::new(move || {
                black_box(of_query.lists().build().is_ok());
            }),
            ours: Box::new(move || {
                let call = to_query.lead_list().list().limit(10).starting_after(LEAD);
                black_box(other.block_on(call.send()).is_ok());
            }),
        },
    ]
}

/// A call to a server that answers with one lead.
///
/// # Panics
/// A call fails.
pub fn small(server: SocketAddr) -> Pair {
    let (hand, ours) = both(server);
    let (one, other) = (runtime(), runtime());
    Pair {
        name: "a call over loopback that answers one lead".to_owned(),
        hand: Box::new(move || {
            let lead = Hand::send::<leads::hand::Lead>(hand.patch());
            black_box(done(&one, lead));
        }),
        ours: Box::new(move || {
            let lead = ours.lead().patch(LEAD).body(body()).send();
            black_box(done(&other, lead));
        }),
    }
}

/// A call to a server that answers with a page of 100 leads.
///
/// # Panics
/// A call fails.
pub fn large(server: SocketAddr) -> Pair {
    let (hand, ours) = both(server);
    let (one, other) = (runtime(), runtime());
    Pair {
        name: "a call over loopback that answers 100 leads".to_owned(),
        hand: Box::new(move || {
            let page = Hand::send::<leads::hand::Page>(hand.leads());
            black_box(done(&one, page));
        }),
        ours: Box::new(move || {
            let request = instantly_client::models::ListLeadsRequest::builder().limit(100);
            let page = ours.lead().list().body(request).send();
            black_box(done(&other, page));
        }),
    }
}

fn both(server: SocketAddr) -> (Hand, Client) {
    let base = format!("http://{server}");
    let hand = Hand::new(base.clone()).expect("the client can be built");
    let ours = client(base).build().expect("the client can be built");
    (hand, ours)
}

fn done<T, E: std::fmt::Debug>(runtime: &Runtime, call: impl Future<Output = Result<T, E>>) -> T {
    runtime.block_on(call).expect("the server answers")
}
