//! Reading a known value of an enum asks the allocator for nothing.

use allocation_counter::measure;
use instantly_client::models::{
    EmailVerificationCatchAll, LeadStatus, LeadUploadMethod, SuperSearchEnrichmentResourceType,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use std::fmt::Debug;

/// How often memory is asked for while the text is read.
fn allocations<T: DeserializeOwned>(text: &str) -> u64 {
    let measured = measure(|| {
        let value: serde_json::Result<T> = serde_json::from_str(text);
        assert!(value.is_ok(), "{text}");
    });
    measured.count_total
}

/// Each listed value, as it is on the wire.
fn known<T: DeserializeOwned + Serialize + PartialEq + Debug>(listed: &[T], count: usize) {
    assert_eq!(listed.len(), count);
    for value in listed {
        let text = serde_json::to_string(value).expect("it can be written");
        assert_eq!(
            &serde_json::from_str::<T>(&text).expect("it can be read"),
            value
        );
        assert_eq!(allocations::<T>(&text), 0, "{text}");
    }
}

#[test]
fn a_known_value_of_an_enum_is_read_without_memory() {
    known(LeadUploadMethod::VALUES, 3);
    known(LeadStatus::VALUES, 7);
    // Whole numbers that are written as others.
    assert_eq!(allocations::<LeadStatus>("2.0"), 0);
    known(EmailVerificationCatchAll::VALUES, 3);
    known(SuperSearchEnrichmentResourceType::VALUES, 4);
}

/// What is not known has to be kept, so this is seen to count.
#[test]
fn a_value_that_is_not_known_is_kept() {
    assert_eq!(allocations::<LeadUploadMethod>("\"by carrier pigeon\""), 1);
    assert_eq!(allocations::<LeadStatus>("77"), 0);
    assert_eq!(
        allocations::<SuperSearchEnrichmentResourceType>("\"OTHER\""),
        1
    );
}

/// A struct that knows all members of an object asks for its texts and nothing else.
#[test]
fn members_are_found_without_memory() {
    let text = r#"{"code":"a","name":"b","status":1,"unknown":true}"#;
    assert_eq!(
        allocations::<instantly_client::models::LeadLastStep>(text),
        0
    );
    let text = r#"{"timestamp_executed":"2026-11-28","from":"x","stepID":"0_1_0"}"#;
    assert_eq!(
        allocations::<instantly_client::models::LeadLastStep>(text),
        3
    );
    let text = r#"{"firstName":"Jane","jobTitle":"Keeper","phone":"1"}"#;
    assert_eq!(
        allocations::<instantly_client::models::LeadPayload>(text),
        3
    );
}
