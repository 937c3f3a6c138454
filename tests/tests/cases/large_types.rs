//! Types that would have a hundred thousand bytes have boxes in them.

use crate::cases::large_types::models::{
    BoxSchema, Drawer, Folder, Line, Sheet, Shelf, ShelfFound,
};
use crate::round_trip;
use serde::de::DeserializeOwned;
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

/// Reads a text on a stack of so many bytes.
fn read_on<T: DeserializeOwned + Send + 'static>(stack: usize, text: String) -> Result<T, String> {
    let read = move || serde_json::from_str(&text).map_err(|error| error.to_string());
    let reader = std::thread::Builder::new().stack_size(stack).spawn(read);
    let read = reader.expect("there is a thread").join();
    read.expect("it has room")
}

/// In a debug build a value is moved some times over while it is read.
#[test]
fn a_small_stack_is_enough() {
    let text = json!({"top": a_box(), "middle": a_box(), "bottom": a_box(), "found": a_box()});
    let shelf: Shelf = read_on(512 * 1024, text.to_string()).expect("it is a shelf");
    assert_eq!(shelf.top.first.first.first.a, "x");
}

/// The stack that a thread has where nobody says more.
const USUAL: usize = 2 * 1024 * 1024;

fn nested(open: &str, depth: usize, close: &str) -> String {
    open.repeat(depth) + "{}" + &close.repeat(depth)
}

/// What a server sends does not end the program, as deep as JSON may be.
#[test]
fn what_is_too_deep_is_an_error() {
    for (open, close, deepest) in [(r#"{"inner":"#, "}", 120), (r#"{"inners":["#, "]}", 60)] {
        let read = |depth| read_on::<Drawer>(USUAL, nested(open, depth, close));
        assert!(read(10).is_ok(), "{open}");
        let error = read(deepest).expect_err("it is too deep");
        assert!(
            error.starts_with("objects are within each other too often"),
            "{open} {error}"
        );
    }
}

/// Where a union is, what is too deep for a form of it is kept as it came.
#[test]
fn what_is_too_deep_for_a_form_is_kept() {
    let text = nested(r#"{"either":"#, 60, "}");
    let read: Drawer = read_on(USUAL, text.clone()).expect("it is kept");
    assert_eq!(serde_json::to_string(&read).ok(), Some(text));
}
