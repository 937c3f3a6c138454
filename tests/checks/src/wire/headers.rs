//! Headers of answers: how long to wait, and values with a type.

use crate::draw::Draw;
use crate::runtime::header::{DATE, HeaderMap, HeaderValue, RETRY_AFTER};
use crate::runtime::retry::retry_after;
use crate::runtime::{DateTime, Header, Value};
use std::time::{Duration, SystemTime};

/// Reads `Retry-After` and headers with a type.
///
/// # Panics
/// A time or a value does not come back.
pub fn headers(data: &[u8]) {
    let mut draw = Draw::new(data);
    times_come_back(&mut draw);
    let mut headers = HeaderMap::new();
    for name in [RETRY_AFTER, DATE, RETRY_AFTER] {
        if let Ok(value) = HeaderValue::from_bytes(draw.bytes()) {
            headers.append(name, value);
        }
    }
    retry_after(&headers);
    // Whatever is there is read or refused.
    let shown = [
        Header::<i64>::new("retry-after").read(&headers).is_ok(),
        Header::<f64>::new("retry-after").read(&headers).is_ok(),
        Header::<bool>::new("retry-after").read(&headers).is_ok(),
        Header::<DateTime>::new("retry-after")
            .read(&headers)
            .is_ok(),
        Header::<Vec<String>>::new("retry-after")
            .read(&headers)
            .is_ok(),
        Header::<Vec<f64>>::new("retry-after")
            .read(&headers)
            .is_ok(),
        Header::<Value>::new("retry-after").read(&headers).is_ok(),
    ];
    let is_text = headers
        .get_all(RETRY_AFTER)
        .iter()
        .all(|value| std::str::from_utf8(value.as_bytes()).is_ok());
    assert!(shown[6] == is_text, "any text is a value: {headers:?}");
}

/// Seconds, a date, and a number are what they were.
fn times_come_back(draw: &mut Draw) {
    let seconds = u64::try_from(draw.between(0, i64::MAX)).unwrap_or_default();
    let number = draw.between(i64::MIN, i64::MAX);
    // Years with four digits.
    let now = u64::try_from(draw.between(0, 250_000_000_000)).unwrap_or_default();
    let later = seconds % 3_000_000_000;
    let mut headers = HeaderMap::new();
    headers.insert(RETRY_AFTER, HeaderValue::from(seconds));
    assert_eq!(retry_after(&headers), Some(Duration::from_secs(seconds)));
    let date = |seconds| {
        let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
        HeaderValue::try_from(httpdate::fmt_http_date(time)).expect("a date is a header")
    };
    headers.insert(RETRY_AFTER, date(now + later));
    headers.insert(DATE, date(now));
    assert_eq!(retry_after(&headers), Some(Duration::from_secs(later)));
    headers.insert("x-number", HeaderValue::from(number));
    assert_eq!(
        Header::<i64>::new("x-number").read(&headers).ok(),
        Some(Some(number))
    );
}
