//! The cases as modules, one per folder. They are what the generator wrote: nothing formats them.

macro_rules! cases {
    ($($name:ident = $path:literal,)*) => {
        $(
            // A case is driven only where it shows something.
            #[allow(dead_code, unused_imports)]
            #[path = $path]
            pub mod $name;
        )*

        #[test]
        fn every_folder_is_compiled() {
            let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/cases");
            let entries = std::fs::read_dir(folder).expect("there are cases");
            let entries = entries.map(|entry| entry.expect("the folder can be listed").path());
            let mut found: Vec<String> = entries
                .filter(|path| path.is_dir())
                .filter_map(|path| Some(path.file_name()?.to_str()?.to_owned()))
                .collect();
            found.sort();
            assert_eq!(found, [$(stringify!($name)),*]);
        }
    };
}

cases! {
    absent_null_value = "../../cases/absent_null_value/expected.rs",
    alias_cycles = "../../cases/alias_cycles/expected.rs",
    alike_keys = "../../cases/alike_keys/expected.rs",
    all_of = "../../cases/all_of/expected.rs",
    answer_enums = "../../cases/answer_enums/expected.rs",
    answer_media = "../../cases/answer_media/expected.rs",
    beside_unions = "../../cases/beside_unions/expected.rs",
    big_numbers = "../../cases/big_numbers/expected.rs",
    compositions = "../../cases/compositions/expected.rs",
    conditions = "../../cases/conditions/expected.rs",
    constants = "../../cases/constants/expected.rs",
    defaults = "../../cases/defaults/expected.rs",
    deprecated = "../../cases/deprecated/expected.rs",
    discriminators = "../../cases/discriminators/expected.rs",
    empty_answers = "../../cases/empty_answers/expected.rs",
    extending_alternatives = "../../cases/extending_alternatives/expected.rs",
    failures = "../../cases/failures/expected.rs",
    formats = "../../cases/formats/expected.rs",
    further_members = "../../cases/further_members/expected.rs",
    inheritance = "../../cases/inheritance/expected.rs",
    keyword_names = "../../cases/keyword_names/expected.rs",
    large_types = "../../cases/large_types/expected.rs",
    maps = "../../cases/maps/expected.rs",
    media_types = "../../cases/media_types/expected.rs",
    mixed_enums = "../../cases/mixed_enums/expected.rs",
    names = "../../cases/names/expected.rs",
    nullable_enums = "../../cases/nullable_enums/expected.rs",
    number_enums = "../../cases/number_enums/expected.rs",
    numbered_components = "../../cases/numbered_components/expected.rs",
    obstacle = "../../cases/obstacle/expected.rs",
    one_type = "../../cases/one_type/expected.rs",
    operation_ids = "../../cases/operation_ids/expected.rs",
    operations = "../../cases/operations/expected.rs",
    other_side = "../../cases/other_side/expected.rs",
    own_members = "../../cases/own_members/expected.rs",
    paging = "../../cases/paging/expected.rs",
    paging_kinds = "../../cases/paging_kinds/expected.rs",
    parameters = "../../cases/parameters/expected.rs",
    part_styles = "../../cases/part_styles/expected.rs",
    paths = "../../cases/paths/expected.rs",
    query_objects = "../../cases/query_objects/expected.rs",
    read_write_only = "../../cases/read_write_only/expected.rs",
    recursion = "../../cases/recursion/expected.rs",
    references = "../../cases/references/expected.rs",
    request_bodies = "../../cases/request_bodies/expected.rs",
    samples = "../../cases/samples/expected.rs",
    security = "../../cases/security/expected.rs",
    selection = "../../cases/selection/expected.rs",
    servers = "../../cases/servers/expected.rs",
    several_files = "../../cases/several_files/expected.rs",
    sharing = "../../cases/sharing/expected.rs",
    single_values = "../../cases/single_values/expected.rs",
    streams = "../../cases/streams/expected.rs",
    swagger_parameters = "../../cases/swagger_parameters/expected.rs",
    told_apart = "../../cases/told_apart/expected.rs",
    tuples = "../../cases/tuples/expected.rs",
    type_arrays = "../../cases/type_arrays/expected.rs",
    unions = "../../cases/unions/expected.rs",
    validation = "../../cases/validation/expected.rs",
    validation_old = "../../cases/validation_old/expected.rs",
    webhooks = "../../cases/webhooks/expected.rs",
}
