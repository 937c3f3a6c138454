//! Some of `tests/cases`, as modules: what the generator wrote, for [`wire::decode`](crate::wire::decode).

macro_rules! cases {
    ($($name:ident = $path:literal,)*) => {
        $(
            #[allow(dead_code, unused_imports, missing_docs, clippy::all)]
            #[path = $path]
            pub mod $name;
        )*
    };
}

cases! {
    absent_null_value = "../../cases/absent_null_value/expected.rs",
    all_of = "../../cases/all_of/expected.rs",
    big_numbers = "../../cases/big_numbers/expected.rs",
    constants = "../../cases/constants/expected.rs",
    discriminators = "../../cases/discriminators/expected.rs",
    formats = "../../cases/formats/expected.rs",
    further_members = "../../cases/further_members/expected.rs",
    inheritance = "../../cases/inheritance/expected.rs",
    maps = "../../cases/maps/expected.rs",
    mixed_enums = "../../cases/mixed_enums/expected.rs",
    nullable_enums = "../../cases/nullable_enums/expected.rs",
    number_enums = "../../cases/number_enums/expected.rs",
    one_type = "../../cases/one_type/expected.rs",
    recursion = "../../cases/recursion/expected.rs",
    tuples = "../../cases/tuples/expected.rs",
    unions = "../../cases/unions/expected.rs",
}
