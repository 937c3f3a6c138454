//! A list of events of three kinds, by `union!` and by serde's derive: told apart by a member that says
//! which, and by what fits.

use super::Pair;
use super::runtime::Value;
use serde::de::DeserializeOwned;
use serde_json::json;
use std::hint::black_box;

/// Three structs in both ways.
macro_rules! both {
    ($($name:ident { $($field:ident: $ty:ty),* $(,)? })*) => {
        #[allow(missing_docs)]
        pub mod table {
            $(crate::runtime::record! {
                pub struct $name { #[json(optional, "kind")] pub kind: Option<String>, $(pub $field: $ty,)* }
            })*
            crate::runtime::union! {
                #[tag("kind")]
                pub enum Named {
                    Sent(Sent) = "sent",
                    Opened(Opened) = "opened",
                    Replied(Replied) = "replied",
                    #[unknown]
                    Unknown(super::Value),
                }
            }
            crate::runtime::union! {
                pub enum Closest {
                    Sent(Sent),
                    Opened(Opened),
                    Replied(Replied),
                    #[unknown]
                    Unknown(super::Value),
                }
            }
        }
        #[allow(missing_docs, dead_code)]
        pub mod derived {
            $(#[derive(serde::Deserialize)]
            pub struct $name { $(pub $field: $ty,)* })*
            #[derive(serde::Deserialize)]
            #[serde(tag = "kind", rename_all = "lowercase")]
            pub enum Named {
                Sent(Sent),
                Opened(Opened),
                Replied(Replied),
                #[serde(untagged)]
                Unknown(super::Value),
            }
            #[derive(serde::Deserialize)]
            #[serde(untagged)]
            pub enum Closest {
                Sent(Sent),
                Opened(Opened),
                Replied(Replied),
                Unknown(super::Value),
            }
        }
    };
}

both! {
    Sent { id: String, lead: String, time: String, step: i64, subject: String, sender: String }
    Opened { id: String, lead: String, time: String, step: i64, times: i64, country: String }
    Replied { id: String, lead: String, time: String, step: i64, text: String, score: f64 }
}

/// An event as a server writes it.
fn event(number: usize, says_which: bool) -> Value {
    let mut event = json!({
        "id": format!("01890a5d-ac96-774b-bcce-{number:012}"), "lead": format!("person{number}@example.com"),
        "time": "2026-11-28T20:00:00.000Z", "step": number,
    });
    let (kind, rest) = match number % 3 {
        0 => (
            "sent",
            json!({"subject": "A word on lighthouses", "sender": "sender@example.com"}),
        ),
        1 => ("opened", json!({"times": 3, "country": "Germany"})),
        _ => (
            "replied",
            json!({"text": "Thank you, but no.", "score": 0.25}),
        ),
    };
    if says_which {
        event["kind"] = kind.into();
    }
    if let (Value::Object(event), Value::Object(rest)) = (&mut event, rest) {
        event.extend(rest);
    }
    event
}

/// Decoding thirty of them.
pub fn pairs() -> Vec<Pair> {
    let text = |says_which| Value::from_iter((0..30).map(|number| event(number, says_which)));
    vec![
        pair::<table::Named, derived::Named>("by a member that says which", &text(true)),
        pair::<table::Closest, derived::Closest>("by what fits", &text(false)),
    ]
}

fn pair<T: DeserializeOwned, D: DeserializeOwned>(how: &str, events: &Value) -> Pair {
    let (text, other) = (events.to_string(), events.to_string());
    Pair {
        name: format!("decode 30 events of 3 kinds, {how}"),
        hand: Box::new(move || {
            black_box(serde_json::from_str::<Vec<D>>(black_box(&text)).is_ok());
        }),
        ours: Box::new(move || {
            black_box(serde_json::from_str::<Vec<T>>(black_box(&other)).is_ok());
        }),
    }
}
