//! Structs of 5, 10, 30 and 100 members, by `record!` and by serde's derive.

use super::Pair;
use super::runtime::{Map, Value};
use serde::de::DeserializeOwned;
use std::hint::black_box;

/// One struct in both ways, without and with what keeps members that it does not know.
macro_rules! both {
    ($($(#[$presence:ident])? $wire:literal $field:ident: $ty:ty),* $(,)?) => {
        #[allow(missing_docs)]
        pub mod table {
            crate::runtime::record! {
                pub struct Row { $(#[json($($presence,)? $wire)] pub $field: $ty,)* }
            }
            crate::runtime::record! {
                pub struct Keeping {
                    $(#[json($($presence,)? $wire)] pub $field: $ty,)*
                    #[extra] pub extra: super::super::Map<super::super::Value>,
                }
            }
        }
        #[allow(missing_docs, dead_code)]
        pub mod derived {
            #[derive(serde::Deserialize)]
            pub struct Row { $(pub $field: $ty,)* }
            #[derive(serde::Deserialize)]
            pub struct Keeping {
                $(pub $field: $ty,)*
                #[serde(flatten)] pub extra: super::super::Map<super::super::Value>,
            }
        }
        /// The members, as a server sends them.
        pub fn members() -> Vec<String> {
            vec![$(format!("\"{}\":{}", $wire, <$ty as super::Sample>::sample())),*]
        }
    };
}

mod five {
    both! {
        "id" id: String, #[optional] "name" name: Option<String>, "status" status: i64,
        "email" email: String, "paused" paused: bool,
    }
}

mod ten {
    both! {
        "id" id: String, #[optional] "name" name: Option<String>, "status" status: i64,
        "email" email: String, "paused" paused: bool,
        #[optional] "daily_limit" daily_limit: Option<i64>,
        #[optional] "phone" phone: Option<String>, "weight" weight: f64, "company" company: String,
        #[optional] "notes" notes: Option<String>,
    }
}

mod thirty {
    both! {
        "lead_id" lead_id: String, #[optional] "lead_name" lead_name: Option<String>,
        "lead_status" lead_status: i64, "lead_email" lead_email: String,
        "lead_paused" lead_paused: bool,
        #[optional] "lead_daily_limit" lead_daily_limit: Option<i64>,
        #[optional] "lead_phone" lead_phone: Option<String>, "lead_weight" lead_weight: f64,
        "lead_company" lead_company: String, #[optional] "lead_notes" lead_notes: Option<String>,
        "owner_id" owner_id: String, #[optional] "owner_name" owner_name: Option<String>,
        "owner_status" owner_status: i64, "owner_email" owner_email: String,
        "owner_paused" owner_paused: bool,
        #[optional] "owner_daily_limit" owner_daily_limit: Option<i64>,
        #[optional] "owner_phone" owner_phone: Option<String>, "owner_weight" owner_weight: f64,
        "owner_company" owner_company: String,
        #[optional] "owner_notes" owner_notes: Option<String>, "account_id" account_id: String,
        #[optional] "account_name" account_name: Option<String>,
        "account_status" account_status: i64, "account_email" account_email: String,
        "account_paused" account_paused: bool,
        #[optional] "account_daily_limit" account_daily_limit: Option<i64>,
        #[optional] "account_phone" account_phone: Option<String>,
        "account_weight" account_weight: f64, "account_company" account_company: String,
        #[optional] "account_notes" account_notes: Option<String>,
    }
}

mod hundred {
    both! {
        "lead_id" lead_id: String, #[optional] "lead_name" lead_name: Option<String>,
        "lead_status" lead_status: i64, "lead_email" lead_email: String,
        "lead_paused" lead_paused: bool,
        #[optional] "lead_daily_limit" lead_daily_limit: Option<i64>,
        #[optional] "lead_phone" lead_phone: Option<String>, "lead_weight" lead_weight: f64,
        "lead_company" lead_company: String, #[optional] "lead_notes" lead_notes: Option<String>,
        "owner_id" owner_id: String, #[optional] "owner_name" owner_name: Option<String>,
        "owner_status" owner_status: i64, "owner_email" owner_email: String,
        "owner_paused" owner_paused: bool,
        #[optional] "owner_daily_limit" owner_daily_limit: Option<i64>,
        #[optional] "owner_phone" owner_phone: Option<String>, "owner_weight" owner_weight: f64,
        "owner_company" owner_company: String,
        #[optional] "owner_notes" owner_notes: Option<String>, "account_id" account_id: String,
        #[optional] "account_name" account_name: Option<String>,
        "account_status" account_status: i64, "account_email" account_email: String,
        "account_paused" account_paused: bool,
        #[optional] "account_daily_limit" account_daily_limit: Option<i64>,
        #[optional] "account_phone" account_phone: Option<String>,
        "account_weight" account_weight: f64, "account_company" account_company: String,
        #[optional] "account_notes" account_notes: Option<String>,
        "campaign_id" campaign_id: String,
        #[optional] "campaign_name" campaign_name: Option<String>,
        "campaign_status" campaign_status: i64, "campaign_email" campaign_email: String,
        "campaign_paused" campaign_paused: bool,
        #[optional] "campaign_daily_limit" campaign_daily_limit: Option<i64>,
        #[optional] "campaign_phone" campaign_phone: Option<String>,
        "campaign_weight" campaign_weight: f64, "campaign_company" campaign_company: String,
        #[optional] "campaign_notes" campaign_notes: Option<String>, "sender_id" sender_id: String,
        #[optional] "sender_name" sender_name: Option<String>, "sender_status" sender_status: i64,
        "sender_email" sender_email: String, "sender_paused" sender_paused: bool,
        #[optional] "sender_daily_limit" sender_daily_limit: Option<i64>,
        #[optional] "sender_phone" sender_phone: Option<String>, "sender_weight" sender_weight: f64,
        "sender_company" sender_company: String,
        #[optional] "sender_notes" sender_notes: Option<String>, "step_id" step_id: String,
        #[optional] "step_name" step_name: Option<String>, "step_status" step_status: i64,
        "step_email" step_email: String, "step_paused" step_paused: bool,
        #[optional] "step_daily_limit" step_daily_limit: Option<i64>,
        #[optional] "step_phone" step_phone: Option<String>, "step_weight" step_weight: f64,
        "step_company" step_company: String, #[optional] "step_notes" step_notes: Option<String>,
        "list_id" list_id: String, #[optional] "list_name" list_name: Option<String>,
        "list_status" list_status: i64, "list_email" list_email: String,
        "list_paused" list_paused: bool,
        #[optional] "list_daily_limit" list_daily_limit: Option<i64>,
        #[optional] "list_phone" list_phone: Option<String>, "list_weight" list_weight: f64,
        "list_company" list_company: String, #[optional] "list_notes" list_notes: Option<String>,
        "tag_id" tag_id: String, #[optional] "tag_name" tag_name: Option<String>,
        "tag_status" tag_status: i64, "tag_email" tag_email: String, "tag_paused" tag_paused: bool,
        #[optional] "tag_daily_limit" tag_daily_limit: Option<i64>,
        #[optional] "tag_phone" tag_phone: Option<String>, "tag_weight" tag_weight: f64,
        "tag_company" tag_company: String, #[optional] "tag_notes" tag_notes: Option<String>,
        "label_id" label_id: String, #[optional] "label_name" label_name: Option<String>,
        "label_status" label_status: i64, "label_email" label_email: String,
        "label_paused" label_paused: bool,
        #[optional] "label_daily_limit" label_daily_limit: Option<i64>,
        #[optional] "label_phone" label_phone: Option<String>, "label_weight" label_weight: f64,
        "label_company" label_company: String,
        #[optional] "label_notes" label_notes: Option<String>, "template_id" template_id: String,
        #[optional] "template_name" template_name: Option<String>,
        "template_status" template_status: i64, "template_email" template_email: String,
        "template_paused" template_paused: bool,
        #[optional] "template_daily_limit" template_daily_limit: Option<i64>,
        #[optional] "template_phone" template_phone: Option<String>,
        "template_weight" template_weight: f64, "template_company" template_company: String,
        #[optional] "template_notes" template_notes: Option<String>,
    }
}

/// A value of a member.
trait Sample {
    fn sample() -> &'static str;
}

macro_rules! samples {
    ($($ty:ty: $text:literal),* $(,)?) => {
        $(impl Sample for $ty {
            fn sample() -> &'static str {
                $text
            }
        })*
    };
}

samples! {
    String: "\"some text\"",
    i64: "12345",
    bool: "true",
    f64: "1.25",
    Option<String>: "\"other text\"",
    Option<i64>: "50",
}

/// Decoding, whatever the order: the structs that keep nothing, then those that keep all.
pub fn pairs() -> Vec<Pair> {
    let mut pairs = Vec::new();
    for (members, of) in [
        (
            five::members(),
            pair::<five::table::Row, five::derived::Row> as Make,
        ),
        (ten::members(), pair::<ten::table::Row, ten::derived::Row>),
        (
            thirty::members(),
            pair::<thirty::table::Row, thirty::derived::Row>,
        ),
        (
            hundred::members(),
            pair::<hundred::table::Row, hundred::derived::Row>,
        ),
    ] {
        of("", &members, &mut pairs);
    }
    for (members, of) in [
        (
            ten::members(),
            pair::<ten::table::Keeping, ten::derived::Keeping> as Make,
        ),
        (
            thirty::members(),
            pair::<thirty::table::Keeping, thirty::derived::Keeping>,
        ),
    ] {
        of("keeping, ", &members, &mut pairs);
    }
    pairs
}

type Make = fn(&str, &[String], &mut Vec<Pair>);

fn pair<T: DeserializeOwned, D: DeserializeOwned>(
    kind: &str,
    members: &[String],
    pairs: &mut Vec<Pair>,
) {
    let mut reversed = members.to_vec();
    reversed.reverse();
    let unknown = members.iter().enumerate();
    let unknown = unknown.flat_map(|(n, member)| [member.clone(), format!("\"new{n}\":[1,{{}}]")]);
    for (order, members) in [
        ("in order", members.to_vec()),
        ("reversed", reversed),
        ("each with an unknown one", unknown.collect()),
    ] {
        let count = members.len() / if order.starts_with("each") { 2 } else { 1 };
        let text = format!("{{{}}}", members.join(","));
        let other = text.clone();
        pairs.push(Pair {
            name: format!("decode {count} members, {kind}{order}"),
            hand: Box::new(move || {
                black_box(serde_json::from_str::<D>(black_box(&text)).is_ok());
            }),
            ours: Box::new(move || {
                black_box(serde_json::from_str::<T>(black_box(&other)).is_ok());
            }),
        });
    }
}
