//! When a call is tried again: the decisions, without a socket.

use std::time::Duration;

use crate::runtime::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use crate::runtime::limit::{Limiter, RateLimit};
use crate::runtime::retry::{Retry, retry_after};

const MS: fn(u64) -> Duration = Duration::from_millis;

#[test]
fn the_bound_doubles_up_to_the_longest() {
    let retry = Retry::default().tries(20).longest_delay(MS(3_000));
    let bounds = [1, 2, 3, 4, 5, 19].map(|tried| retry.delay(tried, u64::MAX, None));
    let expected = [500, 1_000, 2_000, 3_000, 3_000, 3_000].map(|ms| Some(MS(ms)));
    assert_eq!(bounds, expected);
    assert_eq!(retry.delay(20, u64::MAX, None), None);
}

#[test]
fn the_wait_is_any_share_of_the_bound() {
    let retry = Retry::default();
    assert_eq!(retry.delay(1, 0, None), Some(MS(0)));
    let half = retry.delay(1, u64::MAX / 2, None).unwrap();
    assert!(half > MS(249) && half < MS(251), "{half:?}");
}

#[test]
fn what_the_server_asks_is_kept_or_the_call_ends() {
    let retry = Retry::default().longest_delay(MS(5_000));
    assert_eq!(retry.delay(1, 0, Some(MS(5_000))), Some(MS(5_000)));
    assert_eq!(retry.delay(1, 0, Some(MS(5_001))), None);
    assert_eq!(retry.delay(1, 0, Some(Duration::MAX)), None);
}

#[test]
fn a_try_has_its_own_time_or_what_is_left() {
    let retry = Retry::default();
    assert_eq!(retry.time_for_try(MS(9_000)), MS(9_000));
    let retry = retry.try_timeout(MS(4_000));
    assert_eq!(retry.time_for_try(MS(9_000)), MS(4_000));
    assert_eq!(retry.time_for_try(MS(3_000)), MS(3_000));
}

#[test]
fn only_what_can_be_repeated_without_harm_is() {
    let retry = Retry::default();
    for method in ["GET", "HEAD", "PUT", "DELETE", "OPTIONS", "TRACE", "QUERY"] {
        assert!(retry.repeats(method, false), "{method}");
    }
    for method in ["POST", "PATCH", "LINK", "get"] {
        assert!(!retry.repeats(method, false), "{method}");
        assert!(retry.repeats(method, true), "{method} with a key");
        assert!(Retry::default().any_method().repeats(method, false));
    }
    assert_eq!(Retry::never().delay(1, 0, None), None);
}

#[test]
fn retry_after_is_seconds_or_a_date() {
    let asked = |after: &'static str, date: Option<&'static str>| {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, HeaderValue::from_static(after));
        headers.extend(date.map(|date| (DATE, HeaderValue::from_static(date))));
        retry_after(&headers)
    };
    assert_eq!(asked("120", None), Some(MS(120_000)));
    assert_eq!(
        asked("99999999999999999999999", None),
        Some(Duration::from_secs(u64::MAX))
    );
    for not_a_time in ["", "soon", "-1", "1.5"] {
        assert_eq!(asked(not_a_time, None), None, "{not_a_time}");
    }
    let date = Some("Wed, 21 Oct 2026 07:28:00 GMT");
    assert_eq!(
        asked("Wed, 21 Oct 2026 07:28:30 GMT", date),
        Some(MS(30_000))
    );
    assert_eq!(asked("Wed, 21 Oct 2026 07:27:00 GMT", date), Some(MS(0)));
    assert_eq!(asked("Wed, 21 Oct 2026 07:28:30 GMT", None), None);
    assert_eq!(retry_after(&HeaderMap::new()), None);
}

#[tokio::test(start_paused = true)]
async fn no_stretch_of_the_time_has_more_calls_than_the_limit() {
    let limiter = Limiter::new(RateLimit::new(3, MS(1_000)));
    let start = tokio::time::Instant::now();
    let mut begun = Vec::new();
    for call in 0..8 {
        if call == 5 {
            tokio::time::sleep(MS(1_500)).await;
        }
        limiter.wait().await;
        begun.push(start.elapsed().as_millis());
    }
    assert_eq!(begun, [0, 0, 0, 1_000, 1_000, 2_500, 2_500, 2_500]);
}

#[tokio::test(start_paused = true)]
async fn many_tasks_share_a_limit() {
    let limiter = std::sync::Arc::new(Limiter::new(RateLimit::per_second(10)));
    let start = tokio::time::Instant::now();
    let tasks: Vec<_> = (0..100)
        .map(|_| {
            let limiter = limiter.clone();
            tokio::spawn(async move {
                limiter.wait().await;
                start.elapsed().as_secs()
            })
        })
        .collect();
    let mut seconds = [0; 10];
    for task in tasks {
        seconds[usize::try_from(task.await.unwrap()).unwrap()] += 1;
    }
    assert_eq!(seconds, [10; 10]);
}
