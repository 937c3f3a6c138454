//! Types that would have a hundred thousand bytes have boxes in them.

use crate::cases::large_types::models::{BoxSchema, Folder, Line, Sheet, Shelf, ShelfFound};
use crate::round_trip;
use serde_json::{Value, json};

fn folder() -> Value {
    json!({"first": {"first": {"a": "x"}}, "second": {"first": {"a": "y"}, "seventh": {"a": "z"}}})
}

fn a_box() -> Value {
    json!({"first": folder(), "fourth": folder(), "pair": [folder(), folder()], "label": "l"})
}

#[test]
fn no_type_is_large() {
    let sizes = [
        size_of::<Line>(),
        size_of::<Sheet>(),
        size_of::<Folder>(),
        size_of::<BoxSchema>(),
        size_of::<Shelf>(),
    ];
    // What is small has none: seven lines are in a sheet, and four of six sheets in a folder.
    assert_eq!(sizes[1], 7 * sizes[0]);
    assert_eq!(sizes[2], 4 * sizes[1] + 2 * size_of::<Box<Sheet>>());
    assert!(sizes.iter().all(|size| *size <= 4096), "{sizes:?}");
}

#[test]
fn a_box_is_read_written_and_filled() {
    let value = json!({
        "top": a_box(), "middle": a_box(), "bottom": null, "number": 1, "found": folder(),
    });
    let shelf: Shelf = round_trip(value);
    assert_eq!(shelf.top.first.first.first.a, "x");
    assert!(matches!(
        shelf.found.as_deref(),
        Some(ShelfFound::Folder(_))
    ));
    let sheet = || Sheet::builder().first(Line::builder().a("x"));
    let folder = || Folder::builder().first(sheet()).second(sheet());
    let built = BoxSchema::builder().first(folder()).second(folder());
    let built = Shelf::builder()
        .top(built)
        .build()
        .expect("nothing is missing");
    let second = built.top.second.as_ref();
    let second = second.and_then(|folder| folder.second.as_ref());
    assert_eq!(second.map(|sheet| sheet.first.a.as_str()), Some("x"));
}

/// In a debug build a value is moved some times over while it is read.
#[test]
fn a_small_stack_is_enough() {
    const STACK: usize = 256 * 1024;
    let text = json!({"top": a_box(), "middle": a_box(), "bottom": a_box(), "found": a_box()});
    let text = text.to_string();
    let read =
        move || serde_json::from_str::<Shelf>(&text).map(|shelf| shelf.top.first.first.first.a);
    let reader = std::thread::Builder::new().stack_size(STACK).spawn(read);
    let read = reader
        .expect("there is a thread")
        .join()
        .expect("it has room");
    assert_eq!(read.expect("it is a shelf"), "x");
}
