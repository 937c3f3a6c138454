//! Enum types: names without numbers, unknown values kept, and what every one of them offers.

use std::str::FromStr;

use instantly_client::models::{
    AccountWarmupIncrement, CustomTagMapping, DelayUnit, EmailVerificationCatchAll,
    EnrichmentResourceType, SuperSearchEnrichment, SuperSearchEnrichmentResourceType,
    TaggedResourceType, Timezone,
};
use serde_json::{Value, json};

use crate::server::Server;
use crate::{ID, OTHER, Outcome, WHEN};

fn mapping(resource_type: i64) -> Value {
    json!({
        "id": ID, "tag_id": OTHER, "resource_id": "a+b@x.io", "resource_type": resource_type,
        "timestamp_created": WHEN, "organization_id": OTHER
    })
}

#[tokio::test]
async fn resource_type_of_a_custom_tag_mapping() -> Outcome {
    let answer = json!({ "items": [mapping(1), mapping(2), mapping(7)] });
    let server = Server::json(200, answer).await;
    let page = server.client().custom_tag_mapping().list().await?;
    let kinds: Vec<_> = page.items.iter().map(|item| &item.resource_type).collect();
    let (account, campaign) = (TaggedResourceType::Account, TaggedResourceType::Campaign);
    assert_eq!(
        kinds,
        [&account, &campaign, &TaggedResourceType::Unknown(7)]
    );
    assert_eq!(serde_json::to_value(&page.items[2])?, mapping(7));
    let read: CustomTagMapping = serde_json::from_value(mapping(7))?;
    assert_eq!(read, page.items[2]);
    Ok(())
}

#[tokio::test]
async fn resource_type_of_an_enrichment_is_another_type() -> Outcome {
    let answer = |kind: i64| {
        json!({
            "id": "e-1", "organization_id": OTHER, "resource_id": ID, "resource_type": kind
        })
    };
    let kinds = [
        (1, EnrichmentResourceType::Campaign),
        (2, EnrichmentResourceType::List),
        (7, EnrichmentResourceType::Unknown(7)),
    ];
    for (number, kind) in kinds {
        let server = Server::json(200, answer(number)).await;
        let searches = server.client().super_search_enrichment();
        let settings = searches.update_enrichment_settings_for_resource(ID).await?;
        assert_eq!(settings.resource_type, kind);
        let sent = serde_json::to_value::<SuperSearchEnrichment>(settings)?;
        assert_eq!(sent, answer(number));
    }
    Ok(())
}

#[test]
fn whole_numbers_have_the_whole_surface() -> Outcome {
    let account = TaggedResourceType::Account;
    assert_eq!(
        TaggedResourceType::VALUES,
        [account, TaggedResourceType::Campaign]
    );
    assert_eq!(account.value(), 1);
    assert_eq!(TaggedResourceType::Unknown(-7).value(), -7);
    assert_eq!(account.to_string(), "1");
    assert_eq!(TaggedResourceType::Unknown(7).to_string(), "7");
    assert_eq!(TaggedResourceType::from(2), TaggedResourceType::Campaign);
    assert_eq!(TaggedResourceType::from(7), TaggedResourceType::Unknown(7));
    assert_eq!("2".parse(), Ok(TaggedResourceType::Campaign));
    assert!(TaggedResourceType::from_str("Campaign").is_err());
    assert_eq!(serde_json::to_string(&account)?, "1");
    assert_eq!(serde_json::from_str::<TaggedResourceType>("1.0")?, account);
    assert!(serde_json::from_str::<TaggedResourceType>("1.5").is_err());
    assert!(serde_json::from_str::<TaggedResourceType>("\"1\"").is_err());
    for value in TaggedResourceType::VALUES {
        assert_eq!(TaggedResourceType::from(value.value()), *value);
        assert_eq!(value.to_string().parse(), Ok(*value));
    }
    Ok(())
}

#[test]
fn texts_have_the_whole_surface() -> Outcome {
    let all = [DelayUnit::Minutes, DelayUnit::Hours, DelayUnit::Days];
    assert_eq!(DelayUnit::VALUES, all);
    assert_eq!(DelayUnit::Days.as_str(), "days");
    assert_eq!(DelayUnit::Days.to_string(), "days");
    assert_eq!(format!("[{:>6}]", DelayUnit::Days), "[  days]");
    let weeks = DelayUnit::Unknown("weeks".to_owned());
    assert_eq!(DelayUnit::from("weeks"), weeks);
    assert_eq!(DelayUnit::from("days".to_owned()), DelayUnit::Days);
    assert_eq!("hours".parse(), Ok(DelayUnit::Hours));
    assert_eq!(weeks.as_str(), "weeks");
    assert_eq!(serde_json::to_value(&weeks)?, json!("weeks"));
    assert_eq!(serde_json::from_value::<DelayUnit>(json!("weeks"))?, weeks);
    assert_eq!(serde_json::to_string(&DelayUnit::Minutes)?, "\"minutes\"");
    assert_eq!(
        serde_json::from_str::<DelayUnit>("\"minutes\"")?,
        DelayUnit::Minutes
    );
    assert!(serde_json::from_str::<DelayUnit>("3").is_err());
    Ok(())
}

#[test]
fn values_of_several_kinds_have_the_whole_surface() -> Outcome {
    use EmailVerificationCatchAll as CatchAll;
    assert_eq!(
        CatchAll::VALUES,
        [CatchAll::True, CatchAll::False, CatchAll::Pending]
    );
    let wire = [
        json!(true),
        json!(false),
        json!("pending"),
        json!("maybe"),
        json!(3),
    ];
    let known = [
        CatchAll::True,
        CatchAll::False,
        CatchAll::Pending,
        CatchAll::Unknown(json!("maybe")),
        CatchAll::Unknown(json!(3)),
    ];
    for (wire, known) in wire.into_iter().zip(known) {
        assert_eq!(serde_json::from_value::<CatchAll>(wire.clone())?, known);
        assert_eq!(serde_json::to_value(&known)?, wire);
        assert_eq!(CatchAll::from(wire.clone()), known);
        assert_eq!(known.value(), wire);
    }
    assert_eq!(CatchAll::True.to_string(), "true");
    assert_eq!(CatchAll::Pending.to_string(), "pending");
    assert_eq!("false".parse(), Ok(CatchAll::False));
    Ok(())
}

#[tokio::test]
async fn one_enum_of_names_and_numbers() -> Outcome {
    use SuperSearchEnrichmentResourceType as Kind;
    let item = |kind: Value| {
        json!({
            "organization_id": OTHER, "resource_id": ID, "resource_type": kind,
            "output_column": "topic", "status": 2
        })
    };
    let kinds = [
        json!("CAMPAIGN"),
        json!("LIST"),
        json!(1),
        json!(2),
        json!("FLOW"),
    ];
    let answer: Vec<_> = kinds.into_iter().map(item).collect();
    let server = Server::json(200, json!(answer)).await;
    let searches = server.client().super_search_enrichment();
    let items = searches.get_ai_enrichment_for_resource(ID).await?;
    let kinds: Vec<_> = items
        .iter()
        .map(|item| item.resource_type.clone())
        .collect();
    let unknown = Kind::Unknown(json!("FLOW"));
    let expected = [
        Kind::CampaignUpper,
        Kind::ListUpper,
        Kind::Campaign,
        Kind::List,
        unknown,
    ];
    assert_eq!(kinds, expected);
    for (item, answer) in items.iter().zip(&answer) {
        let written = serde_json::to_value(item)?;
        assert_eq!(written["resource_type"], answer["resource_type"]);
    }
    Ok(())
}

#[test]
fn texts_that_look_alike_are_told_apart() -> Outcome {
    assert_eq!(Timezone::VALUES.len(), 102);
    assert_eq!(Timezone::from("Etc/GMT+12"), Timezone::EtcGmtPlus12);
    assert_eq!(Timezone::from("Etc/GMT-12"), Timezone::EtcGmtMinus12);
    assert_eq!(Timezone::EtcGmtMinus12.as_str(), "Etc/GMT-12");
    for zone in Timezone::VALUES {
        assert_eq!(Timezone::from(zone.as_str()), *zone);
    }
    let digits = serde_json::from_str::<AccountWarmupIncrement>("\"0\"")?;
    assert_eq!(digits, AccountWarmupIncrement::N0);
    assert_eq!(digits.as_str(), "0");
    Ok(())
}
