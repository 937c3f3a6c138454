//! Makes `lamps.rs` of the document whenever that changes.

fn main() {
    restwright::embed::build_script("../lamps.openapi.yaml", "lamps", &["mock"]);
}
