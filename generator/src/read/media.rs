//! Media types as they are compared.
//!
//! May not judge what a media type is for: [`swagger2`](super::swagger2) and `lower::media` do.

/// A media type without its parameters, in lower case.
pub fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}
