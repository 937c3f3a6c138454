//! A page of a hundred leads: the generated client's types, and the same types written by hand.

use super::Pair;
use instantly_client::models::ListLeadsResponse;
use serde::Deserialize;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::hint::black_box;

/// The same page for both.
pub fn page_pair() -> Pair {
    let text = page(100);
    let other = text.clone();
    Pair {
        name: "decode a page of 100 leads".to_owned(),
        hand: Box::new(move || {
            black_box(serde_json::from_str::<Page>(black_box(&text)).is_ok());
        }),
        ours: Box::new(move || {
            black_box(serde_json::from_str::<ListLeadsResponse>(black_box(&other)).is_ok());
        }),
    }
}

/// A page as the server writes it: members in the document's order, some of them not there.
pub fn page(leads: usize) -> String {
    let items: Vec<Value> = (0..leads).map(lead).collect();
    json!({"items": items, "next_starting_after": "01890a5d-ac96-774b-bcce-b302099a8057"})
        .to_string()
}

/// One lead as the server writes it.
pub fn lead(number: usize) -> Value {
    let id = format!("01890a5d-ac96-774b-bcce-{number:012}");
    let time = "2026-11-28T20:00:00.000Z";
    let status = [1, 2, 3, -1][number % 4];
    json!({
        "id": id, "timestamp_created": time, "timestamp_updated": time, "organization": id,
        "campaign": id, "status": status, "email": format!("person{number}@example.com"),
        "personalization": "Your article on lighthouses was a pleasure to read.",
        "website": "https://example.com", "last_name": "Doe", "first_name": "Jane",
        "company_name": "Example Corp", "job_title": null, "phone": "+1 555 0100",
        "email_open_count": 3, "email_reply_count": 1, "email_click_count": 0,
        "company_domain": "example.com",
        "status_summary": {"lastStep": {"from": "campaign", "stepID": "0_1_0", "timestamp_executed": time}},
        "payload": {"firstName": "Jane", "lastName": "Doe", "companyName": "Example Corp", "city": "Berlin"},
        "last_step_from": "campaign", "last_step_id": id, "last_step_timestamp_executed": time,
        "email_opened_step": 0, "email_opened_variant": 0, "lt_interest_status": 1,
        "verification_status": 1, "timestamp_last_contact": time, "timestamp_last_open": time,
        "enrichment_status": 1, "list_id": id, "last_contacted_from": "sender@example.com",
        "uploaded_by_user": id, "upload_method": "manual", "is_website_visitor": false,
        "timestamp_last_touch": time, "esp_code": 1, "esg_code": 0
    })
}

/// A whole number with a meaning; what is not listed is kept.
macro_rules! numbers {
    ($($name:ident { $($variant:ident = $value:literal),* $(,)? })*) => {
        $(
            #[derive(Deserialize)]
            #[serde(from = "i64")]
            pub enum $name { $($variant,)* Unknown(#[allow(dead_code)] i64) }

            impl From<i64> for $name {
                fn from(value: i64) -> Self {
                    match value {
                        $($value => Self::$variant,)*
                        other => Self::Unknown(other),
                    }
                }
            }
        )*
    };
}

/// What a person writes.
#[allow(missing_docs, dead_code)]
pub mod hand {
    use super::*;

    #[derive(Deserialize)]
    pub struct Page {
        pub items: Vec<Lead>,
        pub next_starting_after: Option<String>,
    }

    #[derive(Deserialize)]
    pub struct Lead {
        pub id: String,
        pub timestamp_created: String,
        pub timestamp_updated: String,
        pub organization: String,
        pub campaign: Option<String>,
        pub status: Status,
        pub email: Option<String>,
        pub personalization: Option<String>,
        pub website: Option<String>,
        pub last_name: Option<String>,
        pub first_name: Option<String>,
        pub company_name: Option<String>,
        pub job_title: Option<String>,
        pub phone: Option<String>,
        pub email_open_count: f64,
        pub email_reply_count: f64,
        pub email_click_count: f64,
        pub company_domain: String,
        pub status_summary: StatusSummary,
        pub payload: Option<Payload>,
        pub status_summary_subseq: Option<StatusSummarySubseq>,
        pub last_step_from: Option<String>,
        pub last_step_id: Option<String>,
        pub last_step_timestamp_executed: Option<String>,
        pub email_opened_step: Option<f64>,
        pub email_opened_variant: Option<f64>,
        pub email_replied_step: Option<f64>,
        pub email_replied_variant: Option<f64>,
        pub email_clicked_step: Option<f64>,
        pub email_clicked_variant: Option<f64>,
        pub lt_interest_status: Option<InterestStatus>,
        pub subsequence_id: Option<String>,
        pub verification_status: Option<VerificationStatus>,
        pub pl_value_lead: Option<String>,
        pub timestamp_added_subsequence: Option<String>,
        pub timestamp_last_contact: Option<String>,
        pub timestamp_last_open: Option<String>,
        pub timestamp_last_reply: Option<String>,
        pub timestamp_last_interest_change: Option<String>,
        pub timestamp_last_click: Option<String>,
        pub enrichment_status: Option<EnrichmentStatus>,
        pub list_id: Option<String>,
        pub last_contacted_from: Option<String>,
        pub uploaded_by_user: Option<String>,
        pub upload_method: Option<UploadMethod>,
        pub assigned_to: Option<String>,
        pub is_website_visitor: Option<bool>,
        pub timestamp_last_touch: Option<String>,
        pub esp_code: Option<EspCode>,
        pub esg_code: Option<EsgCode>,
    }

    #[derive(Deserialize)]
    pub struct StatusSummary {
        #[serde(rename = "lastStep")]
        pub last_step: Option<LastStep>,
        pub domain_complete: Option<bool>,
    }

    #[derive(Deserialize)]
    pub struct LastStep {
        pub from: Option<String>,
        #[serde(rename = "stepID")]
        pub step_id: Option<String>,
        pub timestamp_executed: Option<String>,
    }

    #[derive(Deserialize)]
    pub struct StatusSummarySubseq {
        pub from: Option<String>,
        #[serde(rename = "stepID")]
        pub step_id: Option<String>,
        #[serde(rename = "timestampExecuted")]
        pub timestamp_executed: Option<String>,
    }

    /// Members besides are kept, with the types that the document gives them.
    #[derive(Deserialize)]
    #[serde(rename_all = "camelCase")]
    pub struct Payload {
        pub first_name: Option<String>,
        pub last_name: Option<String>,
        pub company_name: Option<String>,
        pub job_title: Option<String>,
        pub website: Option<String>,
        pub phone: Option<String>,
        pub personalization: Option<String>,
        #[serde(flatten)]
        pub extra: BTreeMap<String, Option<PayloadValue>>,
    }

    #[derive(Deserialize)]
    #[serde(untagged)]
    pub enum PayloadValue {
        Boolean(bool),
        Number(f64),
        String(String),
        Object(BTreeMap<String, Value>),
        Other(Value),
    }

    #[derive(Deserialize)]
    #[serde(from = "String")]
    pub enum UploadMethod {
        Manual,
        Api,
        WebsiteVisitor,
        Unknown(String),
    }

    impl From<String> for UploadMethod {
        fn from(text: String) -> Self {
            match text.as_str() {
                "manual" => Self::Manual,
                "api" => Self::Api,
                "website-visitor" => Self::WebsiteVisitor,
                _ => Self::Unknown(text),
            }
        }
    }

    numbers! {
        Status {
            Active = 1, Paused = 2, Completed = 3, Bounced = -1, Unsubscribed = -2, Skipped = -3, Value0 = 0,
        }
        InterestStatus {
            Interested = 1, MeetingBooked = 2, MeetingCompleted = 3, Won = 4, OutOfOffice = 0,
            NotInterested = -1, WrongPerson = -2, Lost = -3, NoShow = -4,
        }
        VerificationStatus {
            Verified = 1, Invalid = -1, Risky = -2, CatchAll = -3, JobChange = -4, Pending = 11,
            PendingVerificationJob = 12,
        }
        EnrichmentStatus { Enriched = 1, NotAvailable = -1, Pending = 11, Error = -2 }
        EspCode {
            InQueue = 0, Google = 1, Microsoft = 2, Zoho = 3, AirMail = 8, Yahoo = 9, Yandex = 10, WebDe = 12,
            LiberoIt = 13, Other = 999, NotFound = 1000, Value4 = 4, Value5 = 5, Value7 = 7,
        }
        EsgCode { InQueue = 0, Barracuda = 1, Mimecast = 2, Proofpoint = 3, Cisco = 4 }
    }
}

use hand::Page;
