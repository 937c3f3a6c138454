//! Diagnostics: collected by every stage, sorted by place, rendered as text, JSON or GitHub annotations.
