//! JSON as it goes out.

use crate::runtime::{self, Map, Value};

crate::runtime::record! {
    #[derive(Default)]
    #[builder(PointBuilder)]
    pub struct Point {
        #[json(optional, "x")]
        pub x: Option<f64>,
        #[json(optional, "path")]
        pub path: Option<Vec<Point>>,
        #[extra]
        pub extra: Map<f64>,
    }
}

crate::runtime::union! {
    #[tag("kind")]
    pub enum Place {
        Point(Point) = "point",
        #[unknown]
        Unknown(Value),
    }
}

fn point(x: f64) -> Point {
    Point {
        x: Some(x),
        ..Point::default()
    }
}

fn refused(value: &impl serde::Serialize) -> String {
    runtime::to_vec(value).unwrap_err().to_string()
}

#[test]
fn whole_numbers_have_no_fraction() {
    let point = Point {
        path: Some(vec![point(-0.25), point(1e300)]),
        ..point(30.0)
    };
    let json = String::from_utf8(runtime::to_vec(&point).unwrap()).unwrap();
    assert_eq!(json, r#"{"x":30,"path":[{"x":-0.25},{"x":1e+300}]}"#);
}

#[test]
fn what_json_cannot_say_is_refused_with_its_place() {
    let deep = Point {
        path: Some(vec![point(1.0), point(f64::NAN)]),
        ..Point::default()
    };
    assert_eq!(
        refused(&deep),
        "`$.path[1].x` is NaN, which JSON cannot say"
    );
    let mut extra = Point::default();
    extra.extra.insert("far".to_owned(), f64::INFINITY);
    assert_eq!(refused(&extra), "`$.far` is inf, which JSON cannot say");
    assert_eq!(
        refused(&vec![f64::NEG_INFINITY]),
        "`$[0]` is -inf, which JSON cannot say"
    );
    let tagged = vec![Place::Point(point(f64::NAN))];
    assert_eq!(refused(&tagged), "`$[0].x` is NaN, which JSON cannot say");
}
