//! Formats that a text or a number can fail to meet.
//!
//! May not guess: a format that is not known here is met by everything.

use std::net::{Ipv4Addr, Ipv6Addr};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use url::Url;

/// Whether a text meets a format.
pub fn fits(format: &str, text: &str) -> bool {
    match format {
        "uuid" => is_uuid(text),
        "date-time" => is_date_time(text),
        "date" => is_date(text),
        "time" => is_time(text),
        "email" | "idn-email" => is_email(text),
        "ipv4" => text.parse::<Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<Ipv6Addr>().is_ok(),
        "uri" | "url" => {
            Url::parse(text).is_ok_and(|url| url.has_host() || !url.path().is_empty())
                && !text.contains(char::is_whitespace)
        }
        "byte" => STANDARD.decode(text).is_ok(),
        _ => true,
    }
}

/// Whether a whole number meets a format.
pub fn fits_integer(format: &str, number: i128) -> bool {
    match format {
        "int32" => i32::try_from(number).is_ok(),
        "int64" => i64::try_from(number).is_ok(),
        "uint32" => u32::try_from(number).is_ok(),
        "uint64" => u64::try_from(number).is_ok(),
        _ => true,
    }
}

fn is_uuid(text: &str) -> bool {
    let hyphen = |index| matches!(index, 8 | 13 | 18 | 23);
    text.len() == 36
        && text
            .bytes()
            .enumerate()
            .all(|(index, byte)| match hyphen(index) {
                true => byte == b'-',
                false => byte.is_ascii_hexdigit(),
            })
}

/// As RFC 3339 has it; a blank may stand for the `T`.
fn is_date_time(text: &str) -> bool {
    let parts = text.split_once(['T', 't', ' ']);
    parts.is_some_and(|(date, time)| is_date(date) && is_time(time))
}

fn is_date(text: &str) -> bool {
    let parts: Vec<Option<u32>> = text.split('-').map(digits).collect();
    let &[Some(year), Some(month), Some(day)] = parts.as_slice() else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    text.len() == 10 && text.as_bytes().get(4) == Some(&b'-') && (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let Some(start) = text.find(['Z', 'z', '+', '-']) else {
        return false;
    };
    let (time, zone) = text.split_at(start);
    let (time, fraction) = match time.split_once('.') {
        Some((time, fraction)) => (time, Some(fraction)),
        None => (time, None),
    };
    let clock = |text: &str, limits: &[u32]| {
        let parts: Vec<&str> = text.split(':').collect();
        parts.len() == limits.len()
            && parts.iter().zip(limits).all(|(part, limit)| {
                part.len() == 2 && digits(part).is_some_and(|number| number <= *limit)
            })
    };
    let zone_fits = matches!(zone, "Z" | "z") || clock(&zone[1..], &[23, 59]);
    let fraction_fits = fraction.is_none_or(|fraction| {
        !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit())
    });
    // A leap second is the sixty-first.
    clock(time, &[23, 59, 60]) && fraction_fits && zone_fits
}

fn digits(text: &str) -> Option<u32> {
    let plain = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    plain.then(|| text.parse().ok())?
}

/// One `@` with something on both sides, and nothing that stands in no address.
fn is_email(text: &str) -> bool {
    text.rsplit_once('@').is_some_and(|(local, host)| {
        let plain = |part: &str| {
            !part.is_empty() && !part.contains(|c: char| c.is_whitespace() || "<>,;@".contains(c))
        };
        plain(local) && plain(host)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_are_met_or_not() {
        for (format, good, bad) in [
            (
                "uuid",
                "0198C0de-0000-7000-8000-000000000001",
                "0198c0de00007000800000000000000001",
            ),
            (
                "uuid",
                "00000000-0000-0000-0000-000000000000",
                "31-k2mfq7WxTugZrt5ES8Nvaa",
            ),
            (
                "date-time",
                "2024-02-29T23:59:60.123+05:30",
                "2023-02-29T00:00:00Z",
            ),
            ("date-time", "2024-01-01t00:00:00z", "2024-01-01T00:00:00"),
            ("date-time", "2024-01-01 00:00:00Z", "2024-01-01T24:00:00Z"),
            ("date", "2000-02-29", "1900-02-29"),
            ("date", "2024-12-31", "24-12-31"),
            ("date", "2024-12-31", "2024-13-01"),
            ("time", "10:00:00-08:00", "10:00"),
            ("email", "a+b@c.example", "a@b@c"),
            ("email", "ä@ü", "@x"),
            ("ipv4", "127.0.0.1", "127.0.0.256"),
            ("ipv6", "::1", "1"),
            ("uri", "mailto:a@b", "a b"),
            ("byte", "YWI=", "YWI"),
            ("byte", "", "*"),
        ] {
            assert!(fits(format, good), "{format} {good}");
            assert!(!fits(format, bad), "{format} {bad}");
        }
        assert!(fits("hostname", "???"));
        assert!(fits_integer("int32", -2_147_483_648));
        assert!(!fits_integer("int32", 2_147_483_648));
        assert!(fits_integer("uint64", 18_446_744_073_709_551_615));
    }
}
